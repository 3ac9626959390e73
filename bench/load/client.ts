import {once} from 'node:events';
import {connect, type Socket} from 'node:net';
import type {Dialect} from './dialect.ts';

export type Target = {
	readonly port: number;
	readonly dialect: Dialect;
};

type Receiver = (chunk: Buffer, length: number) => void;

// Every socket of the process reads into this one: what has come is dealt with before the next read.
const readBuffer = Buffer.allocUnsafeSlow(256 * 1024);

/** One logged-in connection. */
export class Client {
	readonly login: string;
	readonly socket: Socket;
	onBytes: Receiver = () => {};
	onCut: () => void = () => {};
	#isLeaving = false;

	private constructor(target: Target, login: string) {
		this.login = login;
		this.socket = connect({
			host: '127.0.0.1',
			port: target.port,
			noDelay: true,
			onread: {
				buffer: readBuffer,
				callback: length => {
					this.onBytes(readBuffer, length);
					return true;
				},
			},
		});
		this.socket.on('error', () => this.socket.destroy());
		this.socket.on('close', () => {
			if (!this.#isLeaving) this.onCut();
		});
	}

	/**
	 * Connects and logs in. As nobody confirms a login, the client writes to itself and waits for that line, `patience`
	 * ms at most. Rejects with a sentence if anything else comes.
	 */
	static async open(target: Target, login: string, patience = 10_000): Promise<Client> {
		const client = new Client(target, login);
		try {
			await client.#logIn(target.dialect, patience);
			return client;
		} catch (error) {
			client.#isLeaving = true;
			client.socket.destroy();
			throw error;
		}
	}

	/** Connects and writes its login, but nothing else: whether that was taken shows at the first `echo`. */
	static async openSilently(target: Target, login: string): Promise<Client> {
		const client = new Client(target, login);
		await once(client.socket, 'connect');
		client.socket.write(target.dialect.login(login));
		return client;
	}

	/** Writes to itself and resolves when the line is back; rejects after `patience` ms or with the connection. */
	echo(dialect: Dialect, patience: number, before = ''): Promise<void> {
		return new Promise((resolve, reject) => {
			const expected = dialect.received(this.login, this.login, 'ready');
			let received = '';
			const fail = (what: string) => {
				clearTimeout(timer);
				reject(new Error(`${this.login} ${what}${received && `: ${JSON.stringify(received.slice(0, 80))}`}`));
			};
			const timer = setTimeout(() => fail(`got no answer in ${patience} ms`), patience);
			this.onCut = () => fail('was cut');
			this.onBytes = (chunk, length) => {
				received += chunk.toString('latin1', 0, length);
				if (received.length < expected.length) return;
				if (received !== expected) return fail('was answered otherwise');
				clearTimeout(timer);
				this.onCut = () => {};
				this.onBytes = () => {};
				resolve();
			};
			this.socket.write(before + dialect.message([this.login], 'ready'));
		});
	}

	/** Half-closes and waits until the server has closed as well. */
	async leave(): Promise<void> {
		this.#isLeaving = true;
		if (this.socket.closed) return;
		const closed = once(this.socket, 'close');
		this.socket.end();
		await closed;
	}

	/** Closes at once. */
	drop(): void {
		this.#isLeaving = true;
		this.socket.destroy();
	}

	#logIn(dialect: Dialect, patience: number): Promise<void> {
		return this.echo(dialect, patience, dialect.login(this.login));
	}
}

/** Opens `count` clients with logins of equal length, no more than 100 at a time on their way. */
export async function openMany(
	target: Target,
	prefix: string,
	count: number,
	open: (target: Target, login: string) => Promise<Client> = Client.open,
): Promise<Client[]> {
	const clients: Client[] = [];
	for (let start = 0; start < count; start += 100) {
		const some = Array.from({length: Math.min(100, count - start)}, (_, i) =>
			open(target, `${prefix}${String(start + i).padStart(5, '0')}`),
		);
		clients.push(...(await Promise.all(some)));
	}
	return clients;
}
