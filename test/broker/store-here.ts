import {Reader} from '../../source/broker/store/sqlite/reader.ts';
import {fileName, migrations} from '../../source/broker/store/sqlite/schema.ts';
import {type Change, Writer} from '../../source/broker/store/sqlite/writer.ts';
import type {Store} from '../../source/broker/store/store.ts';
import {openDatabase, openToRead} from '../../source/database/open.ts';

/** A store on disk whose database is in this thread, and not in workers: a step that goes wrong shows where. */
export const openHere = (folder: string): Store => {
	const database = openDatabase(folder, fileName, migrations);
	const writer = new Writer(database);
	const {srv, accounts, rooms} = writer.contents();
	const readable = openToRead(folder, fileName);
	const reader = new Reader(readable);
	const change = (one: Change) => {
		writer.take([], [one]);
	};
	return {
		kind: 'disk',
		srv,
		accounts,
		rooms,
		get newest() {
			return writer.counters.newest;
		},
		get oldest() {
			return writer.counters.oldest;
		},
		get commits() {
			return writer.counters.commits;
		},
		async take(entries) {
			const outcomes = writer.take(entries, []);
			while (writer.index(2)) {}
			return outcomes;
		},
		open: async (login, key, pub) => writer.open(login, key, pub),
		drop: async account => writer.drop(account),
		confirm: (account, n) => change({type: 'confirm', account, n}),
		leave: (account, at) => change({type: 'leave', account, at}),
		makeRoom: async (name, key) => writer.makeRoom(name, key),
		setMember: (room, account, isMember) => change({type: 'member', room, account, isMember}),
		replay: async (...args) => reader.replay(...args),
		page: async query => reader.page(query),
		search: async (...args) => reader.search(...args),
		confirmedMeanwhile: async account => reader.confirmedMeanwhile(account),
		async close() {
			reader.checkpoint();
			readable.close();
			database.close();
		},
	};
};
