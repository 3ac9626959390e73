import {createHash} from 'node:crypto';
import {storeKind} from '../../source/broker/store/sqlite/schema.ts';
import {openDatabase} from '../../source/database/open.ts';
import {prepareAll} from '../../source/database/statements.ts';

/** A message from one login to another, and the key that the sender gave it. */
export type Sent = {readonly from: string; readonly to: string; readonly key: string; readonly text: string};

const statements = {
	begin: 'BEGIN IMMEDIATE',
	commit: 'COMMIT',
	message: 'INSERT INTO messages VALUES (?, ?, ?, ?, ?, ?, 0, ?, ?, ?)',
	inbox: 'INSERT INTO inbox VALUES (?, ?, ?, ?)',
	key: 'INSERT INTO keys VALUES (?, ?, ?)',
	newest: "UPDATE meta SET value = ? WHERE key = 'newest'",
	commits: "UPDATE meta SET value = value + 1 WHERE key = 'commits'",
	account: `INSERT INTO accounts (login, key, identity, since, confirmed, confirmed_at, left_at, used_ms)
		VALUES (?, ?, '', 0, 0, 0, 0, 0)`,
	confirm: 'UPDATE accounts SET confirmed = ?, confirmed_at = ? WHERE id = ?',
} as const;

const rowBytes = 400;

/**
 * Writes the rows that our host writes for a message, into the same tables, each message in a commit of its own: the
 * message, who got and who sent it, its key, the counters, and that the recipient has confirmed the one before.
 */
export class Rows {
	readonly #sql: ReturnType<typeof prepareAll<keyof typeof statements>>;
	readonly #accounts = new Map<string, number>();
	#n = 0;

	/** The database is flushed at each commit: WAL, synchronous=FULL. */
	constructor(folder: string) {
		this.#sql = prepareAll(openDatabase(folder, storeKind), statements);
	}

	/** Returns number, id and time of the message once it is on the disk. */
	commit({from, to, key, text}: Sent): {readonly n: number; readonly id: string; readonly ts: number} {
		const sql = this.#sql;
		const n = ++this.#n;
		const ts = Date.now();
		const id = hash(`guest ${from} ${key}`).slice(0, 16);
		sql.begin.run();
		const [sender, recipient] = [this.#account(from), this.#account(to)];
		sql.message.run(n, id, ts, sender, from, to, text, '', this.#conversation(from, to));
		sql.inbox.run(recipient, n, sender, rowBytes + text.length);
		if (sender !== recipient) sql.inbox.run(sender, n, sender, 0);
		sql.key.run(id, n, hash(`${to}\n\n${text}`));
		sql.confirm.run(n - 1, n, recipient);
		sql.commits.run();
		sql.newest.run(n);
		sql.commit.run();
		return {n, id, ts};
	}

	#account(login: string): number {
		const known = this.#accounts.get(login);
		if (known !== undefined) return known;
		const id = Number(this.#sql.account.run(login, login).lastInsertRowid);
		this.#accounts.set(login, id);
		return id;
	}

	#conversation(from: string, to: string): number {
		return createHash('sha256').update([from, to].sort().join(',')).digest().readUIntBE(0, 6);
	}
}

const hash = (text: string): string => createHash('sha256').update(text).digest('base64url');
