// Makes a store of a host, of one of the kinds below, with the host's own writer. By hand:
// node bench/stores/make.ts --kind history --store FOLDER
import {mkdirSync, renameSync, rmSync} from 'node:fs';
import {parseArgs} from 'node:util';
import {conversationOf} from '../../source/broker/extended/addressees.ts';
import {storeKind} from '../../source/broker/store/sqlite/schema.ts';
import {Writer} from '../../source/broker/store/sqlite/writer.ts';
import type {Account, Entry} from '../../source/broker/store/store.ts';
import {openDatabase} from '../../source/database/open.ts';
import {identityOf} from '../load/extended/identity.ts';
import {content, messageAt, personOf, roomOf} from './content.ts';
import type {StoreKind} from './kinds.ts';

type Change = Parameters<Writer['take']>[1][number];

// In one transaction.
const messagesAtOnce = 20_000;
const pagesAtOnce = 1000;

/** Makes a store in `folder`, which must not be there. */
function makeStore(kind: StoreKind, folder: string): void {
	const database = openDatabase(folder, storeKind);
	const writer = new Writer(database);
	const people = Array.from({length: content.people}, (_, i) => {
		const login = personOf(i);
		return writer.open(login, login, identityOf(login).pub);
	});
	const rooms = Array.from({length: kind === 'room' ? 1 : content.rooms}, (_, i) =>
		writer.makeRoom(roomOf(i), roomOf(i)),
	);
	writer.take([], membership(people, rooms));
	if (kind === 'history') {
		for (let first = 0; first < content.messages; first += messagesAtOnce) {
			const length = Math.min(messagesAtOnce, content.messages - first);
			const entries = Array.from({length}, (_, i) => entryAt(first + i, people, rooms));
			writer.take(entries, []);
			writer.take(
				[],
				people.map(({id}): Change => ({type: 'confirm', account: id, n: first + length})),
			);
		}
		while (writer.index(messagesAtOnce));
		while (writer.keeper.merge('small', pagesAtOnce));
	}
	database.exec('PRAGMA wal_checkpoint(TRUNCATE)');
	database.close();
}

function membership(people: readonly Account[], rooms: readonly number[]): Change[] {
	return people.map(({id}, i) => {
		const room = rooms[i % rooms.length] as number;
		return {type: 'member', account: id, room, isMember: true};
	});
}

function entryAt(i: number, people: readonly Account[], rooms: readonly number[]): Entry {
	const {from, to, room, text} = messageAt(i);
	const [sender, recipient] = [people[from] as Account, to === undefined ? undefined : people[to]];
	const id = i.toString(36).padStart(16, '0');
	return {
		id,
		sender: sender.id,
		from: sender.login,
		to: [recipient === undefined ? roomOf(room ?? 0) : recipient.login],
		isLong: false,
		isAction: false,
		text,
		key: id,
		recipients: recipient === undefined ? [] : [recipient.id],
		isPartial: false,
		away: [],
		handed: [],
		rooms: room === undefined ? [] : [rooms[room] as number],
		conversation: recipient && conversationOf(new Set([sender.key, recipient.key])),
	};
}

const {values} = parseArgs({options: {kind: {type: 'string'}, store: {type: 'string', default: ''}}});
// All or nothing: who finds the folder finds a whole store.
const fresh = `${values.store}.new`;
rmSync(fresh, {recursive: true, force: true});
mkdirSync(fresh, {recursive: true});
makeStore(values.kind === 'room' ? 'room' : 'history', fresh);
renameSync(fresh, values.store);
