import {once} from 'node:events';
import {createServer} from 'node:net';
import {portOf} from '../reference/stand.ts';

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

	private constructor(socket: WebSocket) {
		this.#socket = socket;
		socket.addEventListener('message', ({data}) => this.#receive(JSON.parse(String(data)) as Answer));
		socket.addEventListener('close', () => {
			for (const {reject} of this.#waiting.values()) reject(new Error('the server ended while profiled'));
			this.#waiting.clear();
		});
	}

	/** Attaches to the process whose inspector listens on `port` of 127.0.0.1; rejects if there is none. */
	static async attach(port: number): Promise<Inspector> {
		const failure = new Error('the server has no inspector: only a command that runs Node can be profiled');
		try {
			const targets = (await (await fetch(`http://127.0.0.1:${port}/json/list`)).json()) as {
				readonly webSocketDebuggerUrl: string;
			}[];
			const socket = new WebSocket(targets[0]?.webSocketDebuggerUrl ?? '');
			await new Promise((resolve, reject) => {
				socket.addEventListener('open', resolve);
				socket.addEventListener('error', reject);
			});
			return new Inspector(socket);
		} catch {
			throw failure;
		}
	}

	/** Calls a method of the protocol; rejects with its error, and when the process ends. */
	send<Result>(method: string, params: object = {}): Promise<Result> {
		const id = ++this.#lastId;
		return new Promise((resolve, reject) => {
			if (this.#socket.readyState !== WebSocket.OPEN) return reject(new Error('the server has ended'));
			this.#waiting.set(id, {resolve: result => resolve(result as Result), reject});
			this.#socket.send(JSON.stringify({id, method, params}));
		});
	}

	/** The value of an expression in the process, as JSON would carry it. */
	async evaluate<Value>(expression: string): Promise<Value> {
		const {result} = await this.send<{readonly result: {readonly value: Value}}>('Runtime.evaluate', {
			expression,
			returnByValue: true,
		});
		return result.value;
	}

	close(): void {
		this.#socket.close();
	}

	#receive({id, result, error}: Answer): void {
		const waiting = id === undefined ? undefined : this.#waiting.get(id);
		if (id === undefined || waiting === undefined) return;
		this.#waiting.delete(id);
		if (error === undefined) waiting.resolve(result);
		else waiting.reject(new Error(error.message));
	}
}

/** Calls `start`; a Node that is started in it has an inspector on `port`. Resolves with what `start` resolves with. */
export async function withInspector<Started>(start: () => Promise<Started>): Promise<{
	readonly port: number;
	readonly started: Started;
}> {
	const port = await freePort();
	const {NODE_OPTIONS: options} = process.env;
	process.env.NODE_OPTIONS = `${options ?? ''} --inspect=127.0.0.1:${port}`;
	try {
		return {port, started: await start()};
	} finally {
		if (options === undefined) delete process.env.NODE_OPTIONS;
		else process.env.NODE_OPTIONS = options;
	}
}

async function freePort(): Promise<number> {
	const server = createServer().listen(0, '127.0.0.1');
	await once(server, 'listening');
	const port = portOf(server);
	server.close();
	await once(server, 'close');
	return port;
}
