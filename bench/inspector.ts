type Answer = {
	readonly id?: number;
	readonly result?: unknown;
	readonly error?: {readonly message: string};
};

/** Talks to the inspector of another Node process (the Chrome DevTools Protocol over a WebSocket). */
export class Inspector {
	readonly #socket: WebSocket;
	readonly #waiting = new Map<number, {resolve(result: unknown): void; reject(error: Error): void}>();
	#lastId = 0;

	/** Connects to where the inspector says that it listens; rejects when nobody answers. */
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
		socket.addEventListener('message', ({data}) => this.#receive(JSON.parse(String(data)) as Answer));
		socket.addEventListener('close', () => {
			for (const {reject} of this.#waiting.values())
				reject(new Error('the program ended while it was inspected'));
			this.#waiting.clear();
		});
	}

	/** Calls a method of the protocol; rejects with its error, and when the process ends. */
	send<Result>(method: string, params: object = {}): Promise<Result> {
		const id = ++this.#lastId;
		return new Promise((resolve, reject) => {
			if (this.#socket.readyState !== WebSocket.OPEN)
				return reject(new Error('the inspected program has ended'));
			this.#waiting.set(id, {resolve: result => resolve(result as Result), reject});
			this.#socket.send(JSON.stringify({id, method, params}));
		});
	}

	/** The value of an expression in the process, as JSON would carry it; rejects when the expression throws. */
	async evaluate<Value>(expression: string): Promise<Value> {
		const {result, exceptionDetails} = await this.send<{
			readonly result: {readonly value: Value};
			readonly exceptionDetails?: unknown;
		}>('Runtime.evaluate', {expression, returnByValue: true});
		if (exceptionDetails !== undefined)
			throw new Error(`The program threw: ${JSON.stringify(exceptionDetails)}`);
		return result.value;
	}

	/** Ends the session; settles when the process can have noticed. */
	async close(): Promise<void> {
		if (this.#socket.readyState === WebSocket.CLOSED) return;
		const closed = new Promise<void>(resolve => {
			this.#socket.addEventListener('close', () => resolve(), {once: true});
		});
		this.#socket.close();
		await closed;
	}

	#receive({id, result, error}: Answer): void {
		const waiting = id === undefined ? undefined : this.#waiting.get(id);
		if (id === undefined || waiting === undefined) return;
		this.#waiting.delete(id);
		if (error === undefined) waiting.resolve(result);
		else waiting.reject(new Error(error.message));
	}
}
