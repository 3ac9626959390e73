import {Worker} from 'node:worker_threads';
import {Caller} from '../../../database/calls.ts';
import type {Account, Entry, Outcome, Page, PageQuery, Room, Store} from '../store.ts';
import type {WorkerData} from './worker.ts';
import type {Change, Contents, Counters} from './writer.ts';

/** How long changes that nobody waits for gather, unless a commit takes them along. */
const gatherMs = 50;
/** Time between two looks of the indexer, and messages that it takes at once: a commit may have to wait for so many. */
const index = {everyMs: 300, most: 1000};
/** Commits after which what is in the log beside the database is moved into it. */
const checkpointCommits = 200;

type Result<T> = {readonly result: T; readonly counters: Counters};

/**
 * Opens a store in a folder, which is made if there is none.
 *
 * @param onWait called if another process has it; then this waits until that ends. Left out, it does not wait
 * @throws {StoreError} if it cannot be used; `LOCKED` if it does not wait
 */
export const openSqliteStore = async (folder: string, onWait?: () => void): Promise<Store> => {
	const isPatient = onWait !== undefined;
	const writer = new Caller(start({folder, role: 'writer', isPatient}), onWait);
	try {
		const {result} = await writer.call<Result<Contents>>('contents');
		return new SqliteStore(writer, new Caller(start({folder, role: 'reader', isPatient})), result);
	} catch (error) {
		await writer.stop();
		throw error;
	}
};

const start = (data: WorkerData): Worker => {
	// Built, it is a file of its own beside the others.
	const name = import.meta.url.endsWith('.ts') ? './worker.ts' : './store-worker.js';
	const worker = new Worker(new URL(name, import.meta.url), {workerData: data});
	worker.unref();
	return worker;
};

class SqliteStore implements Store {
	readonly kind = 'disk';
	readonly srv: string;
	readonly accounts: readonly Account[];
	readonly rooms: readonly Room[];
	readonly #writer: Caller;
	readonly #reader: Caller;
	#counters: Counters;
	#changes: Change[] = [];
	#timer: NodeJS.Timeout | undefined;
	#indexTimer: NodeJS.Timeout | undefined;
	#checkpointAt: number;
	#isClosed = false;

	constructor(writer: Caller, reader: Caller, {srv, accounts, rooms, ...counters}: Contents) {
		this.#writer = writer;
		this.#reader = reader;
		this.srv = srv;
		this.accounts = accounts;
		this.rooms = rooms;
		this.#counters = counters;
		this.#checkpointAt = counters.commits;
		this.#indexLater();
	}

	get newest(): number {
		return this.#counters.newest;
	}

	get oldest(): number {
		return this.#counters.oldest;
	}

	get commits(): number {
		return this.#counters.commits;
	}

	async take(entries: readonly Entry[]): Promise<readonly Outcome[]> {
		const outcomes = await this.#takeWithChanges(entries);
		this.#indexLater();
		return outcomes;
	}

	async open(login: string, key: string, pub: string | undefined): Promise<Account> {
		return this.#write('open', login, key, pub);
	}

	async drop(account: number): Promise<void> {
		await this.#write('drop', account);
	}

	async makeRoom(name: string, key: string): Promise<number> {
		return this.#write('makeRoom', name, key);
	}

	confirm(account: number, n: number): void {
		this.#change({type: 'confirm', account, n});
	}

	leave(account: number, at: number): void {
		this.#change({type: 'leave', account, at});
	}

	setMember(room: number, account: number, isMember: boolean): void {
		this.#change({type: 'member', room, account, isMember});
	}

	async replay(account: number, rooms: readonly number[], after: number, limit: number): Promise<Page> {
		return this.#reader.call('replay', account, rooms, after, limit);
	}

	async page(query: PageQuery): Promise<Page> {
		return this.#reader.call('page', query);
	}

	async search(account: number, since: number, rooms: readonly number[], words: string): Promise<Page> {
		return this.#reader.call('search', account, since, rooms, words);
	}

	async confirmedMeanwhile(account: number): Promise<readonly {readonly id: string; readonly by: number}[]> {
		// Who was confirmed in this moment counts.
		await this.#flush();
		return this.#reader.call('confirmedMeanwhile', account);
	}

	async close(): Promise<void> {
		this.#isClosed = true;
		clearTimeout(this.#indexTimer);
		await this.#flush().catch(() => {});
		await this.#reader.call('close').catch(() => {});
		await this.#writer.call('close').catch(() => {});
		await Promise.all([this.#reader.stop(), this.#writer.stop()]);
	}

	async #write<T>(method: string, ...args: readonly unknown[]): Promise<T> {
		const {result, counters} = await this.#writer.call<Result<T>>(method, ...args);
		this.#counters = counters;
		if (counters.commits - this.#checkpointAt > checkpointCommits) {
			this.#checkpointAt = counters.commits;
			void this.#reader.call('checkpoint').catch(() => {});
		}
		return result;
	}

	#change(change: Change): void {
		if (this.#isClosed) return;
		this.#changes.push(change);
		this.#timer ??= setTimeout(() => void this.#flush().catch(() => {}), gatherMs);
	}

	#takeChanges(): Change[] {
		const changes = this.#changes;
		this.#changes = [];
		clearTimeout(this.#timer);
		this.#timer = undefined;
		return changes;
	}

	async #flush(): Promise<void> {
		if (this.#changes.length > 0) await this.#takeWithChanges([]);
	}

	async #takeWithChanges(entries: readonly Entry[]): Promise<Outcome[]> {
		const changes = this.#takeChanges();
		try {
			return await this.#write('take', entries, changes);
		} catch (error) {
			// They come with the next commit that succeeds.
			this.#changes.unshift(...changes);
			throw error;
		}
	}

	/** Has the index brought up to date, soon or at once. */
	#indexLater(ms: number = index.everyMs): void {
		if (this.#isClosed) return;
		this.#indexTimer ??= setTimeout(async () => {
			const hasMore = await this.#write<boolean>('index', index.most).catch(() => undefined);
			this.#indexTimer = undefined;
			if (hasMore !== false) this.#indexLater(hasMore ? 0 : index.everyMs);
		}, ms).unref();
	}
}
