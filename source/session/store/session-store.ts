import {Caller} from '../../database/calls.ts';
import {startWorker} from '../../database/start-worker.ts';
import {RecentIds} from '../extended/recent-ids.ts';
import type {Cursor, Held, HeldMessage, KeptPost, ToldOfMessage} from './held.ts';
import type {WorkerData} from './worker.ts';

/** What a session keeps, so that nothing of it is lost when the program ends, however that happens. */
export type SessionStore = {
	readonly held: Held;
	/** Keeps own messages until a host has them; those with the keys `instead` are forgotten in the same moment. */
	add(posts: readonly KeptPost[], instead?: readonly string[]): Promise<void>;
	/** Forgets own messages. */
	remove(keys: readonly string[]): Promise<void>;
	/**
	 * Keeps messages, and forgets own ones that a host has acknowledged; the cursor moves with the same commit.
	 *
	 * @param told what was told of messages that are kept already, by their ids
	 * @returns for each whether it is new, and not held already
	 */
	keep(
		messages: readonly HeldMessage[],
		cursor: Cursor | undefined,
		acknowledged: readonly string[],
		told?: ReadonlyMap<string, ToldOfMessage>,
	): Promise<readonly boolean[]>;
	/** Up to `limit` messages that were kept before this one, or the last of all, oldest first. */
	earlier(id: string | undefined, limit: number): Promise<readonly HeldMessage[]>;
	/** The lowest number among the messages of this host since those of any other one; undefined if none has a number. */
	lowest(srv: string): Promise<number | undefined>;
	/** Which of these messages are kept, by their ids. */
	has(ids: readonly string[]): Promise<readonly boolean[]>;
	close(): Promise<void>;
};

/**
 * Opens what a login left behind with one host, in a folder of its own.
 *
 * @throws {StoreError} `LOCKED` if another program uses it
 */
export const openSessionStore = async (folder: string): Promise<SessionStore> => {
	const data: WorkerData = {folder};
	const caller = new Caller(startWorker(import.meta.url, 'session-worker', data));
	const close = async () => {
		await caller.call('close').catch(() => {});
		await caller.stop();
	};
	try {
		const held = await caller.call<Held>('held');
		return {
			held,
			add: (posts, instead) => caller.call('add', posts, instead),
			remove: keys => caller.call('remove', keys),
			keep: (...what) => caller.call('keep', ...what),
			earlier: (id, limit) => caller.call('earlier', id, limit),
			lowest: srv => caller.call('lowest', srv),
			has: ids => caller.call('has', ids),
			close,
		};
	} catch (error) {
		await close();
		throw error;
	}
};

/** The same where nothing can be kept on disk: it knows what it holds as long as the program runs. */
export const makePassingStore = (): SessionStore => {
	const ids = new RecentIds();
	return {
		held: {cursor: undefined, outbox: [], messages: []},
		add: async () => {},
		remove: async () => {},
		keep: async messages => messages.map(({id}) => ids.add(id)),
		earlier: async () => [],
		lowest: async () => undefined,
		has: async messages => messages.map(id => ids.has(id)),
		close: async () => {},
	};
};
