/** What V8's inspector answers, as far as it is used here. */
type Reply = {
	readonly id?: number;
	readonly result?: {readonly result?: {readonly value?: unknown}; readonly exceptionDetails?: unknown};
	readonly error?: {readonly message: string};
};

type Waiting = {readonly resolve: (value: unknown) => void; readonly reject: (error: Error) => void};

/** Memory and handles of a program, after garbage collection. */
export type Inside = {
	/** Bytes of JavaScript objects, and of them with the buffers that they hold. */
	readonly objectBytes: number;
	readonly heapBytes: number;
	/** What keeps the event loop going: sockets, timers, servers. */
	readonly resources: readonly string[];
};

const lookInside = `(() => {
	const {heapUsed, external} = process.memoryUsage();
	return {objectBytes: heapUsed, heapBytes: heapUsed + external, resources: process.getActiveResourcesInfo()};
})()`;

/** A session with a program that was started with `--inspect`, over the WebSocket that it named. */
export class Inspector {
	readonly #socket: WebSocket;
	readonly #waiting = new Map<number, Waiting>();
	#lastId = 0;

	/** Connects; rejects when the program does not answer. */
	static async connect(url: string): Promise<Inspector> {
		const socket = new WebSocket(url);
		await new Promise<void>((resolve, reject) => {
			socket.addEventListener('open', () => resolve(), {once: true});
			socket.addEventListener('error', () => reject(new Error(`${url} does not answer`)), {once: true});
		});
		return new Inspector(socket);
	}

	private constructor(socket: WebSocket) {
		this.#socket = socket;
		socket.addEventListener('message', ({data}) => this.#onReply(JSON.parse(String(data)) as Reply));
		socket.addEventListener('close', () => {
			for (const {reject} of this.#waiting.values()) reject(new Error('The program ended the inspection'));
			this.#waiting.clear();
		});
	}

	/** Collects garbage, and looks at what is left. */
	async look(): Promise<Inside> {
		// What the first collection finalises, the second one frees.
		await this.#send('HeapProfiler.collectGarbage');
		await this.#send('HeapProfiler.collectGarbage');
		return (await this.evaluate(lookInside)) as Inside;
	}

	/** Evaluates an expression in the program; rejects when that throws. */
	async evaluate(expression: string): Promise<unknown> {
		return this.#send('Runtime.evaluate', {expression, returnByValue: true});
	}

	/** Ends the session; settles when the program can have noticed. */
	async close(): Promise<void> {
		if (this.#socket.readyState === WebSocket.CLOSED) return;
		const closed = new Promise<void>(resolve => {
			this.#socket.addEventListener('close', () => resolve(), {once: true});
		});
		this.#socket.close();
		await closed;
	}

	#send(method: string, params: Readonly<Record<string, unknown>> = {}): Promise<unknown> {
		const id = ++this.#lastId;
		return new Promise((resolve, reject) => {
			this.#waiting.set(id, {resolve, reject});
			this.#socket.send(JSON.stringify({id, method, params}));
		});
	}

	#onReply({id = 0, result, error}: Reply): void {
		const waiting = this.#waiting.get(id);
		this.#waiting.delete(id);
		if (error !== undefined) waiting?.reject(new Error(error.message));
		else if (result?.exceptionDetails !== undefined)
			waiting?.reject(new Error(`The program threw: ${JSON.stringify(result.exceptionDetails)}`));
		else waiting?.resolve(result?.result?.value);
	}
}
