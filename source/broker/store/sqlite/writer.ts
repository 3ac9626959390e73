import {randomBytes} from 'node:crypto';
import type {DatabaseSync, StatementSync} from 'node:sqlite';
import {isOfDisk} from '../../../database/faults.ts';
import {inTransaction, prepareAll, withoutFlush} from '../../../database/statements.ts';
import {guestIdentity} from '../../../protocol/extended/message-id.ts';
import {isStillFor, Mailboxes, type Waiting} from '../mailboxes.ts';
import {bytesOf} from '../memory-log.ts';
import type {Account, Entry, Outcome} from '../store.ts';
import type {Change, Contents, Counters} from './exchange.ts';
import {Keeper} from './keeper.ts';
import {hashOf, numberOf, parts, toAccount} from './rows.ts';
import {writerStatements} from './writer-statements.ts';

/** Writes to the database: the one place where messages get their numbers. All of it blocks; it runs in a worker. */
export class Writer {
	/** What is not to be kept any more. */
	readonly keeper: Keeper;
	readonly #database: DatabaseSync;
	readonly #mailboxes: Mailboxes;
	readonly #sql: Record<keyof typeof writerStatements, StatementSync>;
	/** Accounts whose names are bound to keys. */
	readonly #bound: Set<number>;
	/** Accounts that were used since that was last written down. */
	readonly #used = new Set<number>();
	#newest: number;
	#commits: number;
	#isSpoiled = false;

	constructor(database: DatabaseSync) {
		this.#database = database;
		this.#sql = prepareAll(database, writerStatements);
		const accounts = this.#sql.accounts.all().map(toAccount);
		this.#bound = new Set(accounts.flatMap(({id, pub}) => (pub === undefined ? [] : [id])));
		this.#mailboxes = new Mailboxes(
			account => this.#sql.waiting.all(account, account) as Waiting[],
			account => this.#bound.has(account),
		);
		const meta = this.#meta();
		this.#commits = Number(meta.commits);
		this.#newest = Number(meta.newest);
		this.keeper = new Keeper(database, this.#mailboxes, this.#newest);
	}

	get counters(): Counters {
		return {newest: this.#newest, oldest: this.keeper.oldest, commits: this.#commits};
	}

	get srv(): string {
		return String(this.#meta().srv);
	}

	/** Whether the disk failed in the middle: then nobody knows what is written, until it is opened anew. */
	get isSpoiled(): boolean {
		return this.#isSpoiled;
	}

	/** All that is known at the start. Guests of an earlier host have left their rooms, and a copy is a store of its own. */
	contents(): Contents {
		this.#commit(() => {
			for (const {id} of this.#sql.guests.all()) this.#sql.dropMember.run(Number(id));
			const {srv, copied} = this.#meta();
			if (srv !== undefined && copied === undefined) return;
			this.#sql.setMeta.run('srv', randomBytes(9).toString('base64url'));
			this.#sql.deleteMeta.run('copied');
		});
		const members = this.#sql.members.all() as {room: number; account: number}[];
		const rooms = (this.#sql.rooms.all() as {id: number; name: string; key: string}[]).map(room => ({
			...room,
			members: members.filter(({room: id}) => id === room.id).map(({account}) => account),
		}));
		const accounts = this.#sql.accounts.all().map(toAccount);
		return {...this.counters, srv: this.srv, accounts, rooms};
	}

	/** Takes entries and makes changes in one commit; a row that cannot be written spoils none of another sender. */
	take(entries: readonly Entry[], changes: readonly Change[]): Outcome[] {
		try {
			return this.#commit(() => {
				for (const change of changes) this.#change(change);
				return entries.map(entry => this.#take(entry));
			});
		} catch (error) {
			if (entries.length < 2 || isOfDisk(error)) throw error;
		}
		if (changes.length > 0) this.take([], changes);
		return this.#takeSingly(entries);
	}

	/** After one of a sender that could not be taken, the later ones have to wait for it. */
	#takeSingly(entries: readonly Entry[]): Outcome[] {
		const failed = new Set<string>();
		return entries.map(entry => {
			const sender = `${entry.sender} ${entry.from}`;
			try {
				if (!this.#isSpoiled && !failed.has(sender)) return this.#commit(() => this.#take(entry));
			} catch (error) {
				this.#isSpoiled = isOfDisk(error);
			}
			failed.add(sender);
			return {ok: false, code: 'UNAVAILABLE'};
		});
	}

	open(login: string, key: string, pub: string | undefined): Account {
		return this.#commit(() => {
			// One that was made while nobody got to know it.
			const old = this.#sql.accountOf.get(key);
			if (old !== undefined) this.#forget(Number(old.id));
			const [newest, commits] = [this.#newest, this.#commits];
			const identity = pub ?? guestIdentity(key);
			const values = [
				login,
				key,
				pub ?? null,
				identity,
				newest,
				newest,
				commits,
				commits,
				Date.now(),
			] as const;
			const id = Number(this.#sql.addAccount.run(...values).lastInsertRowid);
			if (pub !== undefined) this.#bound.add(id);
			return toAccount(this.#sql.account.get(id) ?? {});
		});
	}

	drop(account: number): void {
		this.#commit(() => this.#forget(account));
	}

	/** Frees a name, by its folded login; false if nobody has it. */
	free(key: string): boolean {
		const id = this.#sql.accountOf.get(key)?.id;
		if (id === undefined) return false;
		this.drop(Number(id));
		return true;
	}

	makeRoom(name: string, key: string, instead?: number): number {
		return this.#commit(() => {
			// What was said there goes when it is too old.
			if (instead !== undefined) this.#sql.dropRoom.run(instead);
			this.#sql.addRoom.run(name, key);
			return Number(this.#sql.room.get(key)?.id);
		});
	}

	/** Fills the search index with what was taken since the last time, at most `most`; says whether there is more. */
	index(most: number): boolean {
		const from = Math.max(Number(this.#sql.indexed.get()?.value), this.keeper.oldest - 1);
		const to = Math.min(from + most, this.#newest);
		if (to === from) return false;
		withoutFlush(this.#database, () => {
			this.#sql.index.run(from, to);
			this.#sql.setMeta.run('indexed', to);
		});
		return to < this.#newest;
	}

	/** Counts time that a host has run, in ms; see `Keeper.ran`. */
	ran(ms: number): ReturnType<Keeper['ran']> {
		if (this.#used.size > 0)
			withoutFlush(this.#database, () => {
				for (const account of this.#used) this.#sql.use.run(Date.now(), account);
			});
		this.#used.clear();
		return this.keeper.ran(ms);
	}

	#take(entry: Entry): Outcome {
		const known = entry.key === undefined ? undefined : this.#sql.known.get(entry.id);
		if (known !== undefined) {
			if (known.hash !== hashOf(entry)) return {ok: false, code: 'KEY_REUSED'};
			const {n, ts, addressed, handed} = known as {n: number; ts: number; addressed: string; handed: string};
			return {ok: true, n, id: entry.id, ts, known: {to: parts(addressed), handed: parts(handed)}};
		}
		if (entry.isForbidden) return {ok: false, code: 'FORBIDDEN'};
		const bytes = bytesOf(entry);
		const full = entry.away.filter(account => !this.#mailboxes.hasRoom(account, entry.sender, bytes));
		const recipients = entry.recipients.filter(account => !full.includes(account));
		if (full[0] !== undefined && !isStillFor(entry, recipients))
			return {ok: false, code: 'MAILBOX_FULL', recipient: full[0]};
		const n = ++this.#newest;
		const ts = Date.now();
		const {id, sender, from, to, isLong, isAction, text, handed, conversation} = entry;
		const flags = (isLong ? 1 : 0) + (isAction ? 2 : 0);
		const about = conversation === undefined ? null : numberOf(conversation);
		this.#sql.add.run(n, id, ts, sender, from, to.join(','), flags, text, handed.join(','), about);
		for (const account of recipients) {
			this.#sql.addToInbox.run(account, n, sender, account === sender ? 0 : bytes);
			this.#mailboxes.put(account, {n, sender, bytes});
		}
		if (sender !== 0 && !recipients.includes(sender)) this.#sql.addToInbox.run(sender, n, sender, 0);
		for (const room of entry.rooms) this.#sql.addToRoom.run(room, n);
		if (entry.key !== undefined) this.#sql.addKey.run(id, n, hashOf(entry));
		if (sender !== 0) this.#used.add(sender);
		return {ok: true, n, id, ts, known: undefined};
	}

	#change(change: Change): void {
		const {account} = change;
		switch (change.type) {
			case 'confirm':
				this.#sql.confirm.run(change.n, this.#commits, account, change.n);
				this.#mailboxes.confirm(account, change.n);
				this.#used.add(account);
				break;
			case 'leave':
				this.#sql.leave.run(change.at, account);
				this.#sql.use.run(Date.now(), account);
				break;
			case 'use':
				this.#sql.use.run(Date.now(), account);
				break;
			case 'member':
				if (change.isMember) this.#sql.enter.run(change.room, account);
				else this.#sql.exit.run(change.room, account);
		}
	}

	#forget(account: number): void {
		this.#sql.dropInbox.run(account);
		this.#sql.dropMember.run(account);
		this.#sql.dropAccount.run(account);
		this.#mailboxes.drop(account);
		this.#bound.delete(account);
	}

	#meta(): Record<string, unknown> {
		return Object.fromEntries(this.#sql.meta.all().map(({key, value}) => [key, value]));
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
