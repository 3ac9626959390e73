import type {DatabaseSync, StatementSync} from 'node:sqlite';
import {prepareAll} from '../../../database/statements.ts';
import type {Message, Page, PageQuery} from '../store.ts';
import type {Taken} from './age.ts';
import {numberOf} from './rows.ts';

/** Messages that a search answers with, and hits in the index that it looks at for them. */
const searched = {hits: 50, rows: 5000};

/** Words that a search may have. */
const maxWords = 16;

/** Reads from the database beside the writer, so that no reading delays a commit. It blocks; it runs in a worker. */
export class Reader {
	readonly #sql: Record<keyof typeof statements, StatementSync>;
	readonly #database: DatabaseSync;

	constructor(database: DatabaseSync) {
		this.#database = database;
		this.#sql = prepareAll(database, statements);
	}

	replay(account: number, rooms: readonly number[], after: number, limit: number): Page {
		const ids = JSON.stringify(rooms);
		return pageOf(this.#sql.replay.all(account, after, limit + 1, ids, after, limit + 1, limit + 1), limit);
	}

	page({account, since, where, before, after, limit}: PageQuery): Page {
		const isDown = after === undefined;
		const bound = after ?? before ?? Number.MAX_SAFE_INTEGER;
		const rows =
			'room' in where
				? this.#sql[isDown ? 'roomDown' : 'roomUp'].all(where.room, bound, limit + 1)
				: this.#sql[isDown ? 'talkDown' : 'talkUp'].all(
						...[numberOf(where.conversation), bound, since, account, limit + 1],
					);
		const page = pageOf(rows, limit);
		return isDown ? {...page, messages: page.messages.toReversed()} : page;
	}

	search(account: number, since: number, rooms: readonly number[], words: string): Page {
		const phrases = words.match(/[\p{L}\p{N}\p{M}]+/gu)?.slice(0, maxWords) ?? [];
		if (phrases.length === 0) return {messages: [], hasMore: false};
		// Each word is a phrase in quotes, so none of it is read as an operator.
		const query = phrases.map(word => `"${word}"`).join(' ');
		const {hits, rows} = searched;
		return pageOf(this.#sql.search.all(query, rows, account, since, JSON.stringify(rooms), hits + 1), hits);
	}

	/** See `Store.confirmedMeanwhile`. */
	confirmedMeanwhile(account: number): {id: string; by: number}[] {
		return this.#sql.confirmedMeanwhile.all(account, account, account) as {id: string; by: number}[];
	}

	/** When the next messages behind `after` were taken, at most so many. */
	taken(after: number, most: number): Taken[] {
		return this.#sql.taken.all(after, most) as Taken[];
	}

	/** Moves what was committed from the log beside the database into it, without making the writer wait. */
	checkpoint(): void {
		this.#database.exec('PRAGMA wal_checkpoint(PASSIVE)');
	}
}

const columns = 'm.n, m.id, m.ts, m.sender, m.login, m.addressed, m.flags, m.body';

const statements = {
	replay: `
		SELECT ${columns} FROM (
			SELECT * FROM (SELECT n FROM inbox WHERE account = ? AND n > ? ORDER BY n LIMIT ?)
			UNION
			SELECT * FROM (
				SELECT room_log.n FROM json_each(?) AS mine JOIN room_log ON room_log.room = mine.value
				WHERE room_log.n > ? ORDER BY room_log.n LIMIT ?
			)
			ORDER BY n LIMIT ?
		) AS wanted JOIN messages AS m ON m.n = wanted.n ORDER BY m.n`,
	roomDown: `SELECT ${columns} FROM room_log JOIN messages AS m ON m.n = room_log.n
		WHERE room = ? AND room_log.n < ? ORDER BY room_log.n DESC LIMIT ?`,
	roomUp: `SELECT ${columns} FROM room_log JOIN messages AS m ON m.n = room_log.n
		WHERE room = ? AND room_log.n > ? ORDER BY room_log.n LIMIT ?`,
	talkDown: `SELECT ${columns} FROM messages AS m WHERE conversation = ? AND m.n < ? AND m.n > ?
		AND EXISTS (SELECT 1 FROM inbox WHERE account = ? AND inbox.n = m.n) ORDER BY m.n DESC LIMIT ?`,
	talkUp: `SELECT ${columns} FROM messages AS m WHERE conversation = ? AND m.n > ? AND m.n > ?
		AND EXISTS (SELECT 1 FROM inbox WHERE account = ? AND inbox.n = m.n) ORDER BY m.n LIMIT ?`,
	search: `
		SELECT ${columns} FROM (
			SELECT rowid AS n FROM words WHERE words MATCH ? ORDER BY rowid DESC LIMIT ?
		) AS hit JOIN messages AS m ON m.n = hit.n
		WHERE EXISTS (SELECT 1 FROM inbox WHERE account = ? AND inbox.n = m.n AND m.n > ?)
			OR EXISTS (SELECT 1 FROM json_each(?) AS mine JOIN room_log ON room_log.room = mine.value AND room_log.n = m.n)
		ORDER BY m.n DESC LIMIT ?`,
	taken: 'SELECT n, ts FROM messages WHERE n > ? ORDER BY n LIMIT ?',
	confirmedMeanwhile: `
		SELECT m.id, other.account AS "by" FROM inbox AS own JOIN messages AS m ON m.n = own.n
		JOIN inbox AS other ON other.n = own.n AND other.account <> own.account
		JOIN accounts AS reader ON reader.id = other.account
		WHERE own.account = ? AND own.sender = ? AND reader.confirmed >= own.n
			AND reader.confirmed_at >= (SELECT left_at FROM accounts WHERE id = ?)
		ORDER BY m.n DESC LIMIT 1000`,
} as const;

const pageOf = (rows: readonly Record<string, unknown>[], limit: number): Page => ({
	messages: rows.slice(0, limit).map(toMessage),
	hasMore: rows.length > limit,
});

type Row = {
	readonly n: number;
	readonly id: string;
	readonly ts: number;
	readonly sender: number;
	readonly login: string;
	readonly addressed: string;
	readonly flags: number;
	readonly body: string;
};

const toMessage = (row: Record<string, unknown>): Message => {
	const {n, id, ts, sender, login, addressed, flags, body} = row as Row;
	const to = addressed.split(',');
	return {
		n,
		id,
		ts,
		sender,
		from: login,
		to,
		isLong: (flags & 1) === 1,
		isAction: (flags & 2) === 2,
		text: body,
	};
};
