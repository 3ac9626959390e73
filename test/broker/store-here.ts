import {knownKeysMs} from '../../source/broker/store/known-keys.ts';
import {Chores} from '../../source/broker/store/sqlite/chores.ts';
import type {Change, Contents, State, Told} from '../../source/broker/store/sqlite/exchange.ts';
import {ReadingSide} from '../../source/broker/store/sqlite/reading-side.ts';
import {WritingSide} from '../../source/broker/store/sqlite/writing-side.ts';
import type {Store} from '../../source/broker/store/store.ts';

type Methods = Readonly<Record<string, (...args: never[]) => unknown>>;

/** Both sides of a store in this thread, and not in workers: a step that goes wrong shows where. */
export class SidesHere {
	readonly writing: WritingSide;
	readonly reading: ReadingSide;
	state: State = {newest: 0, oldest: 1, commits: 0, usedBytes: 0, logBytes: 0, removedTs: 0, tookMs: 0};
	contents: Contents;

	constructor(folder: string) {
		this.writing = new WritingSide(folder);
		this.reading = new ReadingSide(folder);
		this.contents = this.now('contents');
	}

	/** Has the writing side do something at once. */
	now<T>(method: keyof WritingSide['methods'], ...args: readonly unknown[]): T {
		this.writing.methods.mend();
		const call = (this.writing.methods as Methods)[method] as (...args: readonly unknown[]) => Told<T>;
		const {result, state} = call(...args);
		this.state = state;
		return result;
	}

	async write<T>(method: string, ...args: readonly unknown[]): Promise<T> {
		return this.now(method as keyof WritingSide['methods'], ...args);
	}

	async read<T>(method: string, ...args: readonly unknown[]): Promise<T> {
		const call = (this.reading.methods as Methods)[method] as (...args: readonly unknown[]) => T;
		return call(...args);
	}

	close(): void {
		this.reading.methods.close();
		this.writing.methods.close();
	}
}

/** A store on disk in this thread. */
export const openHere = (folder: string, sides = new SidesHere(folder)): Store => {
	const {srv, accounts, rooms} = sides.contents;
	const chores = new Chores(sides, {keepMs: Number.POSITIVE_INFINITY, keepBytes: Number.POSITIVE_INFINITY});
	const change = (one: Change) => {
		sides.now('take', [], [one]);
	};
	return {
		kind: 'disk',
		srv,
		accounts,
		rooms,
		get newest() {
			return sides.state.newest;
		},
		get oldest() {
			return sides.state.oldest;
		},
		get commits() {
			return sides.state.commits;
		},
		get keysMs() {
			return knownKeysMs(Number.POSITIVE_INFINITY, sides.state.removedTs, Date.now());
		},
		listen() {},
		async take(entries) {
			const outcomes = sides.now('take', entries, []);
			while (await chores.step(Date.now())) {}
			return outcomes as never;
		},
		open: (login, key, pub) => sides.write('open', login, key, pub),
		drop: account => sides.write('drop', account),
		confirm: (account, n) => change({type: 'confirm', account, n}),
		leave: (account, at) => change({type: 'leave', account, at}),
		makeRoom: (name, key, instead) => sides.write('makeRoom', name, key, instead),
		setMember: async (room, account, isMember) => change({type: 'member', room, account, isMember}),
		replay: (...args) => sides.read('replay', ...args),
		page: query => sides.read('page', query),
		search: (...args) => sides.read('search', ...args),
		confirmedMeanwhile: account => sides.read('confirmedMeanwhile', account),
		close: async () => sides.close(),
	};
};
