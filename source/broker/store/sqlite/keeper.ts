import type {DatabaseSync, StatementSync} from 'node:sqlite';
import {inTransaction, prepareAll, withoutFlush} from '../../../database/statements.ts';
import type {Mailboxes} from '../mailboxes.ts';

/** Running time between two passes, in ms. What both of them found too old is removed. */
const passMs = 86_400_000;

/** How long a name that is bound to a key may be unused before it is free again, in ms: 180 days. */
const unusedMs = 15_552_000_000;

/** Free pages of the file that stay there for what comes next, in bytes. */
const spareBytes = 4_194_304;

/**
 * Parts of the search index are only written anew when `merge` is called: else SQLite does so by itself when rows are added or
 * removed, hundreds of pages at once, and a commit waits for half a second.
 */
const indexSettings = {automerge: 0} as const;

/**
 * How many parts of one size are joined, and how much of one has to be removed, in percent, before it is written anew. What
 * is not to be done has the most that SQLite takes, or 0.
 */
const mergeSettings = {
	small: {usermerge: 4, deletemerge: 0},
	removed: {usermerge: 16, deletemerge: 25},
} as const;

/** What a pass says may go. */
export type Passed = {
	/** Messages up to here, which were found too old by this pass and the one before. */
	readonly upTo: number;
	/** Accounts whose names nobody has used for long, by this pass and the one before. */
	readonly unused: readonly number[];
};

/** What is not to be kept any more goes, in small steps. All of it blocks; it runs in a worker. */
export class Keeper {
	/** The oldest message that is kept. */
	oldest: number;
	/** When the newest message was taken that was removed, in ms since 1970; 0 if none was. */
	removedTs: number;
	readonly #database: DatabaseSync;
	readonly #mailboxes: Mailboxes;
	readonly #sql: Record<keyof typeof statements, StatementSync>;
	readonly #pageBytes: number;
	#merging: 'small' | 'removed' | undefined;

	constructor(database: DatabaseSync, mailboxes: Mailboxes, newest: number) {
		this.#database = database;
		this.#mailboxes = mailboxes;
		this.#sql = prepareAll(database, statements);
		this.#pageBytes = Number(this.#sql.pageBytes.get()?.page_size);
		this.oldest = Number(this.#sql.oldest.get()?.n ?? newest + 1);
		this.removedTs = this.#meta('latest');
		// A number of JavaScript is no integer to it.
		if (Number(this.#sql.wordsSetting.get('automerge')?.v) !== indexSettings.automerge)
			this.#set(indexSettings);
	}

	/** What the file takes, without its free pages, in bytes. */
	get usedBytes(): number {
		return this.#pageBytes * (this.#pages - this.#freePages);
	}

	/**
	 * Counts the time that a host has run, in ms, and says whether a pass is due; then also the latest time of a message
	 * that was removed, in ms since 1970.
	 */
	ran(ms: number): {readonly isDue: boolean; readonly latest: number} {
		return withoutFlush(this.#database, () => {
			const ran = this.#meta('ran') + Math.round(ms);
			this.#sql.setMeta.run(ran, 'ran');
			return {isDue: ran - this.#meta('passed') >= passMs, latest: this.#meta('latest')};
		});
	}

	/**
	 * Marks what this pass has found, and says what it and the last one have both found.
	 *
	 * @param found all messages up to this one are too old now
	 * @param now in ms since 1970
	 */
	pass(found: number, now: number): Passed {
		return inTransaction(this.#database, () => {
			const upTo = Math.min(found, this.#meta('found'));
			this.#sql.setMeta.run(found, 'found');
			this.#sql.setMeta.run(this.#meta('ran'), 'passed');
			const unused = this.#sql.unused.all(now - unusedMs).map(({id}) => Number(id));
			this.#sql.markUnused.run(now - unusedMs);
			return {upTo, unused};
		});
	}

	/**
	 * Removes the oldest messages, at most `most` and none above `upTo`; says whether there are more of these.
	 *
	 * @param now in ms since 1970
	 */
	remove(upTo: number, most: number, now: number): boolean {
		const last = Math.min(upTo, this.oldest + most - 1);
		if (last < this.oldest) return false;
		const accounts = withoutFlush(this.#database, () => {
			const touched = this.#sql.touched.all(last);
			const latest = Number(this.#sql.latest.get(last, now)?.ts ?? 0);
			this.#sql.setMeta.run(Math.max(latest, this.removedTs), 'latest');
			this.#sql.removeWords.run(last);
			this.#sql.removeKeys.run(last, last);
			this.#sql.removeInbox.run(last);
			this.#sql.removeFromRooms.run(last);
			this.#sql.removeMessages.run(last);
			return touched;
		});
		this.oldest = last + 1;
		this.removedTs = this.#meta('latest');
		for (const {account} of accounts) this.#mailboxes.confirm(Number(account), last);
		return last < upTo;
	}

	/**
	 * Writes parts of the search index anew: joins those of about one size, or leaves out what was removed. That has to be
	 * asked for by itself, as it comes last: a part of which all is removed is read to its end at once. Says whether there may
	 * be more to do.
	 *
	 * @param pages as much as is written, about
	 */
	merge(what: 'small' | 'removed', pages: number): boolean {
		return withoutFlush(this.#database, () => {
			if (this.#merging !== what) this.#set(mergeSettings[what]);
			this.#merging = what;
			const before = this.#changes;
			this.#sql.setWords.run('merge', pages);
			// One is the command itself.
			return this.#changes - before > 1;
		});
	}

	/** Takes back messages above `n`, which nobody was told of. Their numbers stay used: somebody may have read them. */
	takeBack(n: number): void {
		inTransaction(this.#database, () => {
			this.#sql.takeBackWords.run(n);
			this.#sql.takeBackKeys.run(n);
			this.#sql.takeBackInbox.run(n);
			this.#sql.takeBackFromRooms.run(n);
			this.#sql.takeBackMessages.run(n);
		});
		this.#mailboxes.clear();
	}

	/** Gives free pages back to the disk, at most so many; says whether there are more that are not needed. */
	giveBack(most: number): boolean {
		const surplus = this.#freePages - Math.ceil(spareBytes / this.#pageBytes);
		if (surplus <= 0) return false;
		this.#database.exec(`PRAGMA incremental_vacuum(${Math.min(surplus, most)})`);
		return surplus > most;
	}

	get #pages(): number {
		return Number(this.#sql.pages.get()?.page_count);
	}

	get #freePages(): number {
		return Number(this.#sql.freePages.get()?.freelist_count);
	}

	/** Sets how the index is kept, which SQLite remembers with it. */
	#set(settings: Readonly<Record<string, number>>): void {
		// A number of JavaScript is no integer to it.
		for (const [name, value] of Object.entries(settings)) this.#sql.setWords.run(name, BigInt(value));
	}

	get #changes(): number {
		return Number(this.#sql.changes.get()?.changes);
	}

	#meta(key: string): number {
		return Number(this.#sql.meta.get(key)?.value);
	}
}

const statements = {
	meta: 'SELECT value FROM meta WHERE key = ?',
	setMeta: 'UPDATE meta SET value = ? WHERE key = ?',
	pageBytes: 'PRAGMA page_size',
	pages: 'PRAGMA page_count',
	freePages: 'PRAGMA freelist_count',
	oldest: 'SELECT min(n) AS n FROM messages',
	unused: 'SELECT id FROM accounts WHERE pub IS NOT NULL AND unused = 1 AND used_ms < ?',
	markUnused: 'UPDATE accounts SET unused = used_ms < ? WHERE pub IS NOT NULL',
	touched: 'SELECT DISTINCT account FROM inbox INDEXED BY inbox_by_message WHERE n <= ?',
	latest: 'SELECT max(ts) AS ts FROM messages WHERE n <= ? AND ts <= ?',
	removeWords: `DELETE FROM words WHERE rowid IN (
		SELECT n FROM messages WHERE n <= ? AND n <= (SELECT value FROM meta WHERE key = 'indexed')
	)`,
	setWords: 'INSERT INTO words (words, rank) VALUES (?, ?)',
	wordsSetting: 'SELECT v FROM words_config WHERE k = ?',
	changes: 'SELECT total_changes() AS changes',
	removeKeys: 'DELETE FROM keys WHERE id IN (SELECT id FROM messages WHERE n <= ?) AND n <= ?',
	removeInbox: 'DELETE FROM inbox WHERE n <= ?',
	removeFromRooms: 'DELETE FROM room_log WHERE n <= ?',
	removeMessages: 'DELETE FROM messages WHERE n <= ?',
	takeBackWords: `DELETE FROM words WHERE rowid IN (
		SELECT n FROM messages WHERE n > ? AND n <= (SELECT value FROM meta WHERE key = 'indexed')
	)`,
	takeBackKeys: 'DELETE FROM keys WHERE n > ?',
	takeBackInbox: 'DELETE FROM inbox WHERE n > ?',
	takeBackFromRooms: 'DELETE FROM room_log WHERE n > ?',
	takeBackMessages: 'DELETE FROM messages WHERE n > ?',
} as const;
