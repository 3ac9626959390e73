import {createHash, randomBytes} from 'node:crypto';
import type {DatabaseSync, StatementSync} from 'node:sqlite';
import {isOfDisk} from '../../../database/open.ts';
import {inTransaction, prepareAll} from '../../../database/statements.ts';
import {guestIdentity} from '../../../protocol/extended/message-id.ts';
import {Mailboxes} from '../mailboxes.ts';
import {bytesOf} from '../memory-log.ts';
import type {Account, Entry, Outcome, Room} from '../store.ts';

/** What the rest of the store knows after each commit. */
export type Counters = {readonly newest: number; readonly oldest: number; readonly commits: number};

export type Contents = Counters & {
	readonly srv: string;
	readonly accounts: readonly Account[];
	readonly rooms: readonly Room[];
};

/** Changes that nobody waits for; they go with the next commit. */
export type Change =
	| {readonly type: 'confirm'; readonly account: number; readonly n: number}
	| {readonly type: 'leave'; readonly account: number}
	| {readonly type: 'member'; readonly room: number; readonly account: number; readonly isMember: boolean};

/** Writes to the database: the one place where messages get their numbers. All of it blocks; it runs in a worker. */
export class Writer {
	readonly #database: DatabaseSync;
	readonly #mailboxes: Mailboxes;
	readonly #sql: Record<keyof typeof statements, StatementSync>;
	#newest: number;
	#oldest: number;
	#commits: number;

	constructor(database: DatabaseSync) {
		this.#database = database;
		this.#sql = prepareAll(database, statements);
		this.#mailboxes = new Mailboxes(account => this.#sql.waiting.all(account, account) as never);
		const meta = Object.fromEntries(this.#sql.meta.all().map(row => [row.key, row.value]));
		this.#commits = Number(meta.commits);
		this.#newest = Number(meta.newest);
		this.#oldest = Number(this.#sql.oldest.get()?.n ?? this.#newest + 1);
	}

	get counters(): Counters {
		return {newest: this.#newest, oldest: this.#oldest, commits: this.#commits};
	}

	/** All that is known at the start. Guests of an earlier host have left their rooms. */
	contents(): Contents {
		this.#commit(() => {
			for (const {id} of this.#sql.guests.all()) this.#sql.dropMember.run(Number(id));
			this.#sql.setMeta.run('srv', randomBytes(9).toString('base64url'));
		});
		const members = this.#sql.members.all() as {room: number; account: number}[];
		const rooms = (this.#sql.rooms.all() as {id: number; name: string; key: string}[]).map(room => ({
			...room,
			members: members.filter(({room: id}) => id === room.id).map(({account}) => account),
		}));
		const accounts = this.#sql.accounts.all().map(toAccount);
		const srv = String(this.#sql.oneMeta.get('srv')?.value);
		return {...this.counters, srv, accounts, rooms};
	}

	/** Takes entries and makes changes in one commit; a row that cannot be written spoils no other. */
	take(entries: readonly Entry[], changes: readonly Change[]): Outcome[] {
		try {
			return this.#commit(() => this.#takeAll(entries, changes));
		} catch (error) {
			if (entries.length < 2 || isOfDisk(error)) throw error;
			return entries.map((entry, at) => {
				try {
					return this.#commit(() => this.#takeAll([entry], at === 0 ? changes : []))[0] as Outcome;
				} catch {
					return {ok: false, code: 'UNAVAILABLE'};
				}
			});
		}
	}

	open(login: string, key: string, pub: string | undefined): Account {
		return this.#commit(() => {
			const {lastInsertRowid} = this.#sql.addAccount.run(
				...[
					login,
					key,
					pub ?? null,
					pub ?? guestIdentity(key),
					this.#newest,
					this.#newest,
					this.#commits,
					this.#commits,
					Date.now(),
				],
			);
			return toAccount(this.#sql.account.get(lastInsertRowid) ?? {});
		});
	}

	drop(account: number): void {
		this.#commit(() => this.#forget(account));
	}

	makeRoom(name: string, key: string): number {
		return this.#commit(() => Number(this.#sql.addRoom.run(name, key).lastInsertRowid));
	}

	/** Fills the search index with what was taken since the last time, at most `most`; says whether there is more. */
	index(most: number): boolean {
		const from = Number(this.#sql.oneMeta.get('indexed')?.value);
		const to = Math.min(from + most, this.#newest);
		if (to === from) return false;
		this.#commit(() => {
			this.#sql.index.run(from, to);
			this.#sql.setMeta.run('indexed', to);
		});
		return to < this.#newest;
	}

	#takeAll(entries: readonly Entry[], changes: readonly Change[]): Outcome[] {
		for (const change of changes) this.#change(change);
		return entries.map(entry => this.#take(entry));
	}

	#take(entry: Entry): Outcome {
		const known = entry.key === undefined ? undefined : this.#sql.known.get(entry.id);
		if (known !== undefined) {
			if (known.hash !== entry.hash) return {ok: false, code: 'KEY_REUSED'};
			const {n, ts, addressed, handed} = known as {n: number; ts: number; addressed: string; handed: string};
			return {ok: true, n, id: entry.id, ts, known: {to: parts(addressed), handed: parts(handed)}};
		}
		const bytes = bytesOf(entry);
		const full = entry.away.filter(account => !this.#mailboxes.hasRoom(account, entry.sender, bytes));
		if (full[0] !== undefined && !entry.isPartial)
			return {ok: false, code: 'MAILBOX_FULL', recipient: full[0]};
		const recipients = entry.recipients.filter(account => !full.includes(account));
		const n = ++this.#newest;
		const ts = Date.now();
		const {id, sender, from, to, isLong, isAction, text, handed, conversation, hash} = entry;
		const flags = (isLong ? 1 : 0) + (isAction ? 2 : 0);
		const about = conversation === undefined ? null : numberOf(conversation);
		this.#sql.add.run(n, id, ts, sender, from, to.join(','), flags, text, handed.join(','), about);
		for (const account of recipients) {
			this.#sql.addToInbox.run(account, n, sender, account === sender ? 0 : bytes);
			this.#mailboxes.put(account, {n, sender, bytes});
		}
		if (sender !== 0 && !recipients.includes(sender)) this.#sql.addToInbox.run(sender, n, sender, 0);
		for (const room of entry.rooms) this.#sql.addToRoom.run(room, n);
		if (entry.key !== undefined) this.#sql.addKey.run(id, n, hash);
		return {ok: true, n, id, ts, known: undefined};
	}

	#change(change: Change): void {
		switch (change.type) {
			case 'confirm':
				this.#sql.confirm.run(change.n, this.#commits, change.account, change.n);
				this.#mailboxes.confirm(change.account, change.n);
				break;
			case 'leave':
				this.#sql.leave.run(this.#commits, Date.now(), change.account);
				break;
			case 'member':
				if (change.isMember) this.#sql.enter.run(change.room, change.account);
				else this.#sql.exit.run(change.room, change.account);
		}
	}

	#forget(account: number): void {
		this.#sql.dropInbox.run(account);
		this.#sql.dropMember.run(account);
		this.#sql.dropAccount.run(account);
		this.#mailboxes.drop(account);
	}

	/** Runs something in a transaction; when it fails, nothing of it has happened. */
	#commit<T>(run: () => T): T {
		const newest = this.#newest;
		try {
			return inTransaction(this.#database, () => {
				this.#commits++;
				const result = run();
				this.#sql.setMeta.run('commits', this.#commits);
				if (this.#newest !== newest) this.#sql.setMeta.run('newest', this.#newest);
				return result;
			});
		} catch (error) {
			this.#newest = newest;
			this.#mailboxes.clear();
			throw error;
		}
	}
}

const statements = {
	meta: 'SELECT key, value FROM meta',
	oneMeta: 'SELECT value FROM meta WHERE key = ?',
	setMeta:
		"INSERT INTO meta VALUES (?, ?) ON CONFLICT DO UPDATE SET value = excluded.value WHERE key <> 'srv'",
	oldest: 'SELECT min(n) AS n FROM messages',
	accounts: 'SELECT * FROM accounts',
	account: 'SELECT * FROM accounts WHERE id = ?',
	guests: 'SELECT id FROM accounts WHERE pub IS NULL',
	rooms: 'SELECT id, name, key FROM rooms',
	members: 'SELECT room, account FROM members',
	known:
		'SELECT keys.n, hash, ts, addressed, handed FROM keys JOIN messages ON messages.n = keys.n WHERE keys.id = ?',
	waiting: `SELECT n, sender, bytes FROM inbox WHERE account = ? AND bytes > 0
		AND n > (SELECT confirmed FROM accounts WHERE id = ?) ORDER BY n`,
	add: 'INSERT INTO messages VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)',
	addToInbox: 'INSERT INTO inbox VALUES (?, ?, ?, ?)',
	addToRoom: 'INSERT INTO room_log VALUES (?, ?)',
	addKey: 'INSERT INTO keys VALUES (?, ?, ?)',
	addAccount: `INSERT INTO accounts
		(login, key, pub, identity, since, confirmed, confirmed_at, left_at, used_ms) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)`,
	addRoom: 'INSERT INTO rooms (name, key) VALUES (?, ?)',
	confirm: 'UPDATE accounts SET confirmed = ?, confirmed_at = ? WHERE id = ? AND confirmed < ?',
	leave: 'UPDATE accounts SET left_at = ?, used_ms = ? WHERE id = ?',
	enter: 'INSERT OR IGNORE INTO members VALUES (?, ?)',
	exit: 'DELETE FROM members WHERE room = ? AND account = ?',
	dropInbox: 'DELETE FROM inbox WHERE account = ?',
	dropMember: 'DELETE FROM members WHERE account = ?',
	dropAccount: 'DELETE FROM accounts WHERE id = ?',
	index: 'INSERT INTO words (rowid, body) SELECT n, body FROM messages WHERE n > ? AND n <= ?',
} as const;

/** Names hold no comma. */
const parts = (joined: string): string[] => (joined === '' ? [] : joined.split(','));

/** A conversation as a number, so that an index of it is small; who may read is not decided by it. */
export const numberOf = (conversation: string): number =>
	createHash('sha256').update(conversation).digest().readUIntBE(0, 6);

const toAccount = (row: Record<string, unknown>): Account => ({
	id: Number(row.id),
	login: String(row.login),
	key: String(row.key),
	pub: row.pub === null ? undefined : String(row.pub),
	identity: String(row.identity),
	since: Number(row.since),
	confirmed: Number(row.confirmed),
	confirmedAt: Number(row.confirmed_at),
	leftAt: Number(row.left_at),
});
