/** An answer, or an event, which has a method instead of an id. */
type Answer = {
	readonly id?: number;
	readonly result?: unknown;
	readonly error?: {readonly message: string};
	readonly method?: string;
	readonly params?: {readonly sessionId?: string; readonly message?: string};
};

/** Talks to the inspector of another Node process (the Chrome DevTools Protocol over a WebSocket), or of a thread of it. */
export class Inspector {
	readonly #post: (text: string) => void;
	readonly #end: () => Promise<void>;
	readonly #threads = new Map<string, Inspector>();
	#isOpen = true;
	readonly #waiting = new Map<number, {resolve(result: unknown): void; reject(error: Error): void}>();
	#lastId = 0;

	/** Connects to where the inspector says that it listens; rejects when nobody answers. */
	static async connect(url: string): Promise<Inspector> {
		const socket = new WebSocket(url);
		await new Promise<void>((resolve, reject) => {
			socket.addEventListener('open', () => resolve(), {once: true});
			socket.addEventListener('error', () => reject(new Error(`${url} does not answer`)), {once: true});
		});
		const inspector = new Inspector(
			text => socket.send(text),
			() => closeSocket(socket),
		);
		socket.addEventListener('message', ({data}) => inspector.#receive(JSON.parse(String(data)) as Answer));
		socket.addEventListener('close', () => inspector.#stop());
		return inspector;
	}

	private constructor(post: (text: string) => void, end: () => Promise<void>) {
		this.#post = post;
		this.#end = end;
	}

	/** The worker threads that the process has now. */
	async threads(): Promise<readonly Inspector[]> {
		await this.send('NodeWorker.enable', {waitForDebuggerOnStart: false});
		return [...this.#threads.values()];
	}

	/** Calls a method of the protocol; rejects with its error, and when the process ends. */
	send<Result>(method: string, params: object = {}): Promise<Result> {
		const id = ++this.#lastId;
		return new Promise((resolve, reject) => {
			if (!this.#isOpen) return reject(new Error('the inspected program has ended'));
			this.#waiting.set(id, {resolve: result => resolve(result as Result), reject});
			this.#post(JSON.stringify({id, method, params}));
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
		await this.#end();
	}

	#stop(): void {
		this.#isOpen = false;
		for (const {reject} of this.#waiting.values())
			reject(new Error('the program ended while it was inspected'));
		this.#waiting.clear();
	}

	#receive({id, result, error, method, params}: Answer): void {
		if (method !== undefined) this.#notice(method, params ?? {});
		const waiting = id === undefined ? undefined : this.#waiting.get(id);
		if (id === undefined || waiting === undefined) return;
		this.#waiting.delete(id);
		if (error === undefined) waiting.resolve(result);
		else waiting.reject(new Error(error.message));
	}

	/** Threads are talked to through the inspector of their process. */
	#notice(method: string, {sessionId = '', message = ''}: NonNullable<Answer['params']>): void {
		const thread = this.#threads.get(sessionId);
		if (thread !== undefined) {
			if (method === 'NodeWorker.receivedMessageFromWorker') thread.#receive(JSON.parse(message) as Answer);
			if (method === 'NodeWorker.detachedFromWorker') thread.#stop();
		} else if (method === 'NodeWorker.attachedToWorker') {
			const post = (text: string) => {
				this.send('NodeWorker.sendMessageToWorker', {sessionId, message: text}).catch(() => {});
			};
			this.#threads.set(sessionId, new Inspector(post, async () => {}));
		}
	}
}

async function closeSocket(socket: WebSocket): Promise<void> {
	if (socket.readyState === WebSocket.CLOSED) return;
	const closed = new Promise<void>(resolve => {
		socket.addEventListener('close', () => resolve(), {once: true});
	});
	socket.close();
	await closed;
}
