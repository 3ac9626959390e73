import type {DatabaseSync, StatementSync} from 'node:sqlite';
import type {DatabaseKind} from '../../database/open.ts';
import {inTransaction, prepareAll} from '../../database/statements.ts';
import type {Cursor, Held, HeldMessage, KeptPost, ToldOfMessage} from './held.ts';

const migrations: readonly string[] = [
	`
	CREATE TABLE meta (key TEXT PRIMARY KEY, value) WITHOUT ROWID;

	-- at: the order in which it was written; flags: 1 for several lines, 2 for an action.
	CREATE TABLE outbox (
		at INTEGER PRIMARY KEY AUTOINCREMENT, key TEXT NOT NULL UNIQUE, recipients TEXT NOT NULL, flags INTEGER NOT NULL,
		body TEXT NOT NULL
	);

	CREATE TABLE messages (
		at INTEGER PRIMARY KEY AUTOINCREMENT, id TEXT NOT NULL UNIQUE, n INTEGER, ts INTEGER NOT NULL, sender TEXT NOT NULL,
		recipients TEXT NOT NULL, flags INTEGER NOT NULL, body TEXT NOT NULL, own INTEGER NOT NULL
	);
	`,
	`
	-- When it was written, in ms since 1970: a host may have forgotten that it has it. Of these nobody knows.
	ALTER TABLE outbox ADD COLUMN written INTEGER NOT NULL DEFAULT 0;
	`,
	`
	-- Whose number n is, as each host counts anew. Of these nobody knows.
	ALTER TABLE messages ADD COLUMN srv TEXT;
	`,
	`
	-- What recipients have of an own one, as an object of JSON by their names. Of these nobody knows.
	ALTER TABLE messages ADD COLUMN told TEXT;
	`,
];

/** The database of a session, in its folder. What is added stands at its end: it is no slower with a small cache. */
export const sessionKind: DatabaseKind = {name: 'session.db', migrations, cacheKibibytes: 2048};

/** Messages that a session starts with, and that it keeps in all; the host has the others. */
const recentMessages = 100;
const keptMessages = 100_000;

/** What a session keeps on disk. It blocks; it runs in a worker. */
export class SessionDatabase {
	readonly #database: DatabaseSync;
	readonly #sql: Record<keyof typeof statements, StatementSync>;

	constructor(database: DatabaseSync) {
		this.#database = database;
		this.#sql = prepareAll(database, statements);
	}

	held(): Held {
		const [srv, seen] = ['srv', 'seen'].map(key => this.#sql.meta.get(key)?.value);
		return {
			cursor: srv === undefined ? undefined : {srv: String(srv), seen: Number(seen)},
			outbox: this.#sql.outbox.all().map(row => toPost(row as PostRow)),
			messages: this.earlier(undefined, recentMessages),
		};
	}

	/** Adds own messages that wait, in their order, in place of others. */
	add(posts: readonly KeptPost[], instead: readonly string[] = []): void {
		this.#commit(() => {
			for (const key of instead) this.#sql.removePost.run(key);
			for (const {key, to, text, isLong, isAction, at} of posts)
				this.#sql.addPost.run(key, JSON.stringify(to), flagsOf(isLong, isAction), text, at);
		});
	}

	/** Removes own messages that a host has, has refused for good, or that were taken back. */
	remove(keys: readonly string[]): void {
		this.#commit(() => {
			for (const key of keys) this.#sql.removePost.run(key);
		});
	}

	/** Keeps messages and what was told of others, and then moves the cursor, in one commit. Returns which of them are new. */
	keep(
		messages: readonly HeldMessage[],
		cursor: Cursor | undefined,
		acknowledged: readonly string[],
		told: ReadonlyMap<string, ToldOfMessage> = new Map(),
	): boolean[] {
		return this.#commit(() => {
			const areNew = messages.map(({id, n, ts, from, to, text, isLong, isAction, isOwn, told}) => {
				const flags = flagsOf(isLong, isAction);
				const values = [id, n ?? null, ts, from, JSON.stringify(to), flags, text, isOwn ? 1 : 0] as const;
				const words = told === undefined ? null : JSON.stringify(told);
				return this.#sql.addMessage.run(...values, cursor?.srv ?? null, words).changes > 0;
			});
			for (const [id, those] of told) this.#sql.addTold.run(JSON.stringify(those), id);
			for (const key of acknowledged) this.#sql.removePost.run(key);
			if (cursor !== undefined) {
				this.#sql.setMeta.run('srv', cursor.srv);
				this.#sql.setMeta.run('seen', cursor.seen);
			}
			if (messages.length > 0) this.#sql.forget.run(keptMessages);
			return areNew;
		});
	}

	/** See `SessionStore.earlier`. */
	earlier(id: string | undefined, limit: number): HeldMessage[] {
		const rows = id === undefined ? this.#sql.recent.all(limit) : this.#sql.earlier.all(id, limit);
		return rows.map(row => toMessage(row as MessageRow)).toReversed();
	}

	/** See `SessionStore.lowest`. */
	lowest(srv: string): number | undefined {
		const lowest = this.#sql.lowest.get(srv, srv)?.n ?? undefined;
		return lowest === undefined ? undefined : Number(lowest);
	}

	/** See `SessionStore.has`. */
	has(ids: readonly string[]): boolean[] {
		return ids.map(id => this.#sql.has.get(id) !== undefined);
	}

	#commit<T>(run: () => T): T {
		return inTransaction(this.#database, run);
	}
}

const statements = {
	meta: 'SELECT value FROM meta WHERE key = ?',
	setMeta: 'INSERT INTO meta VALUES (?, ?) ON CONFLICT DO UPDATE SET value = excluded.value',
	outbox: 'SELECT key, recipients, flags, body, written FROM outbox ORDER BY at',
	addPost: 'INSERT OR IGNORE INTO outbox (key, recipients, flags, body, written) VALUES (?, ?, ?, ?, ?)',
	removePost: 'DELETE FROM outbox WHERE key = ?',
	recent: 'SELECT * FROM messages ORDER BY at DESC LIMIT ?',
	earlier:
		'SELECT * FROM messages WHERE at < (SELECT at FROM messages WHERE id = ?) ORDER BY at DESC LIMIT ?',
	lowest: `SELECT min(n) AS n FROM messages
		WHERE srv = ? AND at > coalesce((SELECT max(at) FROM messages WHERE srv IS NOT ?), 0)`,
	addMessage: `INSERT OR IGNORE INTO messages (id, n, ts, sender, recipients, flags, body, own, srv, told)
		VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)`,
	addTold: `UPDATE messages SET told = json_patch(coalesce(told, '{}'), ?) WHERE id = ?`,
	has: 'SELECT 1 FROM messages WHERE id = ?',
	forget: 'DELETE FROM messages WHERE at <= (SELECT max(at) FROM messages) - ?',
} as const;

type PostRow = {
	readonly key: string;
	readonly recipients: string;
	readonly flags: number;
	readonly body: string;
	readonly written: number;
};
type MessageRow = Omit<PostRow, 'key' | 'written'> & {
	readonly id: string;
	readonly n: number | null;
	readonly ts: number;
	readonly sender: string;
	readonly own: number;
	readonly told: string | null;
};

const flagsOf = (isLong = false, isAction = false): number => (isLong ? 1 : 0) + (isAction ? 2 : 0);

const meaning = (flags: number) => ({isLong: (flags & 1) === 1, isAction: (flags & 2) === 2});

const toPost = ({key, recipients, flags, body, written: at}: PostRow): KeptPost => ({
	...{key, to: JSON.parse(recipients) as string[], text: body, at},
	...meaning(flags),
});

const toMessage = ({id, n, ts, sender, recipients, flags, body, own, told}: MessageRow): HeldMessage => ({
	...{
		id,
		n: n ?? undefined,
		ts,
		from: sender,
		to: JSON.parse(recipients) as string[],
		text: body,
		isOwn: own === 1,
		told: told === null ? undefined : (JSON.parse(told) as ToldOfMessage),
	},
	...meaning(flags),
});
