import type {MessagePort, Worker} from 'node:worker_threads';
import {StoreError} from './store-error.ts';

/** A call to the other side of a worker, and what comes back. */
type Call = {readonly id: number; readonly method: string; readonly args: readonly unknown[]};
type Answer = {
	readonly id: number;
	readonly result?: unknown;
	readonly error?: {readonly code: string; readonly message: string};
};

/** Answers calls with what the methods return; they may block. `onNews` of the other side gets what `tell` is given. */
export const serve = (
	port: MessagePort,
	methods: Readonly<Record<string, (...args: never[]) => unknown>>,
): void => {
	port.on('message', ({id, method, args}: Call) => {
		try {
			port.postMessage({id, result: methods[method]?.(...(args as never[]))} satisfies Answer);
		} catch (error) {
			const {code = 'UNREADABLE', message} = error as {code?: string; message: string};
			port.postMessage({id, error: {code, message}} satisfies Answer);
		}
	});
};

type Pending = {readonly resolve: (result: never) => void; readonly reject: (error: Error) => void};

/** The calling side of a worker. */
export class Caller {
	readonly #worker: Worker;
	readonly #pending = new Map<number, Pending>();
	#last = 0;
	#end: StoreError | undefined;

	/**
	 * @param onNews gets what the worker posts without being asked
	 * @param onEnd called when the worker ends, whatever the reason
	 */
	constructor(worker: Worker, onNews: (news: unknown) => void = () => {}, onEnd: () => void = () => {}) {
		this.#worker = worker;
		worker.on('message', (message: Answer) => {
			if (message.id === undefined) onNews(message);
			else this.#settle(message);
		});
		worker.on('error', error => this.#break(error));
		worker.on('exit', () => {
			this.#break();
			onEnd();
		});
	}

	/** Calls a method of the worker. Rejects with a `StoreError`. */
	call<T>(method: string, ...args: readonly unknown[]): Promise<T> {
		if (this.#end !== undefined) return Promise.reject(this.#end);
		return new Promise((resolve, reject) => {
			const id = ++this.#last;
			this.#pending.set(id, {resolve, reject});
			this.#worker.postMessage({id, method, args} satisfies Call);
		});
	}

	async stop(): Promise<void> {
		await this.#worker.terminate();
	}

	#settle({id, result, error}: Answer): void {
		const pending = this.#pending.get(id);
		this.#pending.delete(id);
		if (error === undefined) pending?.resolve(result as never);
		else pending?.reject(new StoreError(error.code as StoreError['code'], error.message));
	}

	#break(cause?: unknown): void {
		this.#end ??= new StoreError('CLOSED', 'The worker of the store has ended', {cause});
		for (const {reject} of this.#pending.values()) reject(this.#end);
		this.#pending.clear();
	}
}

/** Time after which a worker that has died is started anew, in ms: longer than one that dies at once may take. */
const restartMs = 1000;

/** The calling side of a worker that is started anew when it has died; until then calls are rejected. */
export class LastingCaller {
	readonly #start: () => Worker;
	readonly #onDeath: () => void;
	#caller: Caller | undefined;
	#diedAt = Number.NEGATIVE_INFINITY;
	#isStopped = false;

	/** @param onDeath called when a worker has died without having been asked to */
	constructor(start: () => Worker, onDeath: () => void, onNews?: (news: unknown) => void) {
		this.#start = start;
		this.#onDeath = onDeath;
		this.#caller = this.#make(onNews);
	}

	async call<T>(method: string, ...args: readonly unknown[]): Promise<T> {
		if (this.#isStopped || performance.now() - this.#diedAt < restartMs)
			throw new StoreError('CLOSED', 'The worker of the store has ended');
		this.#caller ??= this.#make();
		return this.#caller.call(method, ...args);
	}

	async stop(): Promise<void> {
		this.#isStopped = true;
		await this.#caller?.stop();
	}

	#make(onNews?: (news: unknown) => void): Caller {
		return new Caller(this.#start(), onNews, () => {
			if (this.#isStopped) return;
			this.#caller = undefined;
			this.#diedAt = performance.now();
			this.#onDeath();
		});
	}
}
