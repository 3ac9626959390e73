import {setImmediate as endOfTick} from 'node:timers/promises';
import {StoreError} from '../../../database/store-error.ts';
import type {Keeping} from '../keeping.ts';
import {knownKeysMs} from '../known-keys.ts';
import {inOne, Slices} from '../slices.ts';
import type {Account, Entry, Outcome, Page, PageQuery, Room, Store, StoreListener} from '../store.ts';
import {Chores} from './chores.ts';
import type {Change, Contents} from './exchange.ts';
import {PendingChanges} from './pending-changes.ts';
import {Sides} from './sides.ts';

/** How long changes that nobody waits for gather, unless a commit takes them along; and after one that failed, in ms. */
const gatherMs = 50;
const retryMs = 1000;
/** Time from a commit to the index and other chores, in ms. */
const choresMs = 300;
/** Time between two counts of the time that the host has run, in ms. */
const usualCountMs = 600_000;

/** How a store is opened. */
export type Opening = Keeping & {
	/** Called if another process has it; then this waits until that ends. Left out, it does not wait. */
	readonly onWait?: (() => void) | undefined;
	/** Called before all of a store is read that was brought here as a file. */
	readonly onCheck?: (() => void) | undefined;
	/** Time between two counts of the time that the host has run, in ms. Default 600,000. */
	readonly countMs?: number;
};

/**
 * Opens a store in a folder, which is made if there is none.
 *
 * @throws {StoreError} if it cannot be used; `LOCKED` if it does not wait
 */
export const openSqliteStore = async (
	folder: string,
	{onWait, onCheck, countMs, ...keeping}: Opening,
): Promise<Store> => {
	const told: {listener?: StoreListener} = {};
	const sides = new Sides(folder, {
		onWait,
		onCheck,
		onFailure: why => told.listener?.log('warning', 'STORE_FAILED', `Nothing can be kept: ${why}`),
		onRecovery: () => told.listener?.log('info', 'STORE_WORKS', 'What is said is kept again'),
		onDeath: () =>
			told.listener?.log('warning', 'STORE_RESTARTED', 'A part of the store has died and is started anew'),
	});
	try {
		const contents = await sides.open();
		const chores = new Chores(sides, keeping);
		return new SqliteStore(sides, contents, chores, told, keeping.keepMs, countMs);
	} catch (error) {
		await sides.stop();
		throw error;
	}
};

class SqliteStore implements Store {
	readonly kind = 'disk';
	readonly srv: string;
	readonly accounts: readonly Account[];
	readonly rooms: readonly Room[];
	readonly #sides: Sides;
	readonly #chores: Chores;
	readonly #keepMs: number;
	readonly #countMs: number;
	readonly #told: {listener?: StoreListener};
	readonly #changes = new PendingChanges();
	readonly #searches = new Slices();
	/** Settles when what was last given away is written. */
	#written: Promise<unknown> = Promise.resolve();
	#isFlushingSoon = false;
	#changesTimer: NodeJS.Timeout | undefined;
	#choresTimer: NodeJS.Timeout | undefined;
	#countTimer: NodeJS.Timeout | undefined;
	#countedAt = performance.now();
	#isClosed = false;

	constructor(
		sides: Sides,
		{srv, accounts, rooms}: Contents,
		chores: Chores,
		told: {listener?: StoreListener},
		keepMs: number,
		countMs = usualCountMs,
	) {
		this.#sides = sides;
		this.srv = srv;
		this.accounts = accounts;
		this.rooms = rooms;
		this.#told = told;
		this.#chores = chores;
		this.#keepMs = keepMs;
		this.#countMs = countMs;
		this.#choresSoon();
		this.#countLater();
	}

	get newest(): number {
		return this.#sides.state.newest;
	}

	get oldest(): number {
		return this.#sides.state.oldest;
	}

	get commits(): number {
		return this.#sides.state.commits;
	}

	get keysMs(): number {
		return knownKeysMs(this.#keepMs, this.#sides.state.removedTs, Date.now());
	}

	listen(listener: StoreListener): void {
		this.#told.listener = listener;
	}

	async take(entries: readonly Entry[]): Promise<readonly Outcome[]> {
		const outcomes = await this.#takeWithChanges(entries);
		this.#choresSoon();
		return outcomes;
	}

	async open(login: string, key: string, pub: string | undefined): Promise<Account> {
		return this.#sides.write('open', login, key, pub);
	}

	async drop(account: number): Promise<void> {
		this.#changes.drop(account);
		await this.#sides.write('drop', account);
	}

	async makeRoom(name: string, key: string, instead?: number): Promise<number> {
		return this.#sides.write('makeRoom', name, key, instead);
	}

	confirm(account: number, n: number): void {
		this.#change({type: 'confirm', account, n});
	}

	leave(account: number, at: number): void {
		this.#change({type: 'leave', account, at});
	}

	async setMember(room: number, account: number, isMember: boolean): Promise<void> {
		if (this.#isClosed) throw new StoreError('CLOSED', 'The store is closed');
		const written = this.#changes.addAwaited({type: 'member', room, account, isMember});
		void this.#flushSoon();
		await written;
	}

	async replay(account: number, rooms: readonly number[], after: number, limit: number): Promise<Page> {
		return this.#sides.read('replay', account, rooms, after, limit);
	}

	async page(query: PageQuery): Promise<Page> {
		return this.#sides.read('page', query);
	}

	async search(
		account: number,
		since: number,
		rooms: readonly number[],
		words: string,
		isAwaited = () => true,
	): Promise<Page> {
		// One at a time, so that a login never waits behind more than one.
		const search = inOne(() => this.#sides.read<Page>('search', account, since, rooms, words));
		return (await this.#searches.run(account, search, isAwaited)) ?? {messages: [], hasMore: false};
	}

	async confirmedMeanwhile(account: number): Promise<readonly {readonly id: string; readonly by: number}[]> {
		// Who was confirmed in this moment counts.
		await this.#flush();
		return this.#sides.read('confirmedMeanwhile', account);
	}

	async close(): Promise<void> {
		this.#isClosed = true;
		clearTimeout(this.#choresTimer);
		clearTimeout(this.#countTimer);
		await this.#flush().catch(() => {});
		// No pass now: whoever waits for the store is not to wait for that.
		await this.#sides.write('ran', this.#passedMs()).catch(() => {});
		await this.#sides.close();
	}

	#change(change: Change): void {
		if (this.#isClosed) return;
		this.#changes.add(change);
		this.#flushLater(gatherMs);
	}

	#flushLater(ms: number): void {
		this.#changesTimer ??= setTimeout(() => void this.#flush().catch(() => {}), ms).unref();
	}

	/** Writes what somebody waits for, unless the commit behind the one that is under way takes it along. */
	async #flushSoon(): Promise<void> {
		if (this.#isFlushingSoon) return;
		this.#isFlushingSoon = true;
		await this.#written.catch(() => {});
		// With all that comes in the same tick.
		await endOfTick();
		this.#isFlushingSoon = false;
		await this.#flush().catch(() => {});
	}

	/** Settles when all changes are written, also those that are on their way. */
	async #flush(): Promise<void> {
		if (!this.#changes.isEmpty) await this.#takeWithChanges([]);
		else await this.#written;
	}

	async #takeWithChanges(entries: readonly Entry[]): Promise<Outcome[]> {
		clearTimeout(this.#changesTimer);
		this.#changesTimer = undefined;
		const gathered = this.#changes.take();
		try {
			const taking = this.#sides.write<Outcome[]>('take', entries, gathered.changes);
			this.#written = taking;
			const outcomes = await taking;
			for (const {resolve} of gathered.waiters) resolve();
			return outcomes;
		} catch (error) {
			this.#changes.putBack(gathered, error);
			if (!this.#isClosed && !this.#changes.isEmpty) this.#flushLater(retryMs);
			throw error;
		}
	}

	/** Has the index brought up to date, and what is too much removed, soon or at once. */
	#choresSoon(ms: number = choresMs): void {
		if (this.#isClosed) return;
		this.#choresTimer ??= setTimeout(async () => {
			const hasMore = await this.#chores.step(Date.now()).catch(() => undefined);
			this.#choresTimer = undefined;
			if (hasMore !== false) this.#choresSoon(hasMore ? 0 : retryMs);
		}, ms).unref();
	}

	#countLater(): void {
		this.#countTimer = setTimeout(async () => {
			await this.#count().catch(() => {});
			if (this.#isClosed) return;
			this.#choresSoon();
			this.#countLater();
		}, this.#countMs).unref();
	}

	async #count(): Promise<void> {
		for (const account of await this.#chores.count(this.#passedMs(), Date.now())) {
			// Its name is free again, unless somebody sits there and says nothing.
			if (this.#told.listener?.free(account) === false) this.#change({type: 'use', account});
		}
	}

	/** Since it was asked for the last time, in ms. */
	#passedMs(): number {
		const now = performance.now();
		const ms = now - this.#countedAt;
		this.#countedAt = now;
		return ms;
	}
}
