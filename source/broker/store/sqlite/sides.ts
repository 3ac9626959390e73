import {LastingCaller} from '../../../database/calls.ts';
import type {Contents, Known, State, Told} from './exchange.ts';
import {startStoreWorker} from './start-worker.ts';
import type {News} from './worker.ts';

/** Bytes of the log of commits above which it is emptied, and above which commits wait for that. */
const logBytes = 8_388_608;
const mostLogBytes = 67_108_864;

type Listener = {
	/** Another process has the folder, and this one waits. Left out, it does not wait. */
	readonly onWait: (() => void) | undefined;
	/** All of it is read before it is opened. */
	readonly onCheck: (() => void) | undefined;
	/** Nothing can be written; with a sentence. */
	readonly onFailure: (why: string) => void;
	/** Something was written again. */
	readonly onRecovery: () => void;
	/** A worker has died. */
	readonly onDeath: () => void;
};

/** The two workers of a store, and who of them has to wait for the other. */
export class Sides {
	readonly #writer: LastingCaller;
	readonly #reader: LastingCaller;
	readonly #listener: Listener;
	#known: Known | undefined;
	#state: State = {newest: 0, oldest: 1, commits: 0, usedBytes: 0, logBytes: 0, removedTs: 0, tookMs: 0};
	/** Reads wait for it. */
	#mayRead: Promise<void> = Promise.resolve();
	#emptying: Promise<void> | undefined;
	/** Above it the log is emptied the next time: somebody outside may read it for long. */
	#emptyAt = logBytes;
	#hasFailed = false;
	#isClosed = false;

	constructor(folder: string, listener: Listener) {
		this.#listener = listener;
		const {onWait, onCheck} = listener;
		const onDeath = () => {
			this.#hasFailed = true;
			listener.onDeath();
		};
		const isPatient = onWait !== undefined;
		this.#writer = new LastingCaller(
			() => startStoreWorker({folder, role: 'writer', isPatient, known: this.#known}),
			onDeath,
			message => ({waiting: onWait, checking: onCheck})[(message as {news: News}).news]?.(),
		);
		this.#reader = new LastingCaller(() => startStoreWorker({folder, role: 'reader'}), listener.onDeath);
	}

	/** How the store was after the last call of the writer. */
	get state(): State {
		return this.#state;
	}

	/** Has the store opened; called first. */
	async open(): Promise<Contents> {
		const {result, state} = await this.#writer.call<Told<Contents>>('contents');
		this.#known = result;
		this.#state = state;
		return result;
	}

	async read<T>(method: string, ...args: readonly unknown[]): Promise<T> {
		await this.#mayRead;
		return this.#reader.call(method, ...args);
	}

	async write<T>(method: string, ...args: readonly unknown[]): Promise<T> {
		if (this.#state.logBytes > mostLogBytes) await this.#emptying;
		if (!this.#hasFailed) return this.#call(method, args);
		// The writer opens the store anew, and finds all of it only if nobody else has it open.
		return this.#alone(async () => {
			await this.#reader.call('close').catch(() => {});
			await this.#writer.call('mend').catch(() => {});
			return this.#call<T>(method, args);
		});
	}

	async close(): Promise<void> {
		this.#isClosed = true;
		await this.#reader.call('close').catch(() => {});
		await this.#writer.call('close').catch(() => {});
		await this.stop();
	}

	async stop(): Promise<void> {
		await Promise.all([this.#reader.stop(), this.#writer.stop()]);
	}

	async #call<T>(method: string, args: readonly unknown[]): Promise<T> {
		try {
			const {result, state} = await this.#writer.call<Told<T>>(method, ...args);
			this.#state = state;
			if (this.#known !== undefined) this.#known = {srv: this.#known.srv, newest: state.newest};
			if (this.#hasFailed) this.#listener.onRecovery();
			this.#hasFailed = false;
			if (state.logBytes > this.#emptyAt) this.#emptyLog();
			return result;
		} catch (error) {
			if (!this.#isClosed) this.#listener.onFailure((error as Error).message);
			this.#hasFailed = true;
			throw error;
		}
	}

	/** Most of it is moved while others go on writing and reading, and the rest while nobody reads. */
	#emptyLog(): void {
		this.#emptying ??= (async () => {
			await this.read('checkpoint');
			await this.#alone(async () => {
				await this.#reader.call('checkpoint');
				await this.#call('emptyLog', []);
			});
		})()
			.catch(() => {})
			.finally(() => {
				this.#emptyAt = this.#state.logBytes + logBytes;
				this.#emptying = undefined;
			});
	}

	/** Does something while nothing is read. */
	async #alone<T>(run: () => Promise<T>): Promise<T> {
		const before = this.#mayRead;
		const {promise, resolve} = Promise.withResolvers<void>();
		this.#mayRead = promise;
		await before;
		try {
			return await run();
		} finally {
			resolve();
		}
	}
}
