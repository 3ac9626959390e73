import {once} from 'node:events';
import {connect, type Socket} from 'node:net';
import {converse} from './converse.ts';
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
	/** The number in its login. */
	readonly number: number;
	/** Who it is to those who read its messages; known from its first `echo` on. */
	origin: string;
	onBytes: Receiver = () => {};
	onCut: () => void = () => {};
	readonly #dialect: Dialect;
	#isLeaving = false;

	private constructor(target: Target, login: string) {
		this.login = login;
		this.number = Number(login.slice(-digits));
		this.origin = login;
		this.#dialect = target.dialect;
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
			const {dialect} = target;
			client.origin = await converse(client, dialect, dialect.login(login), !dialect.isQuick, patience);
			return client;
		} catch (error) {
			client.drop();
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
	async echo(patience: number): Promise<void> {
		this.origin = await converse(this, this.#dialect, '', false, patience);
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

	/** Closes with a reset, which leaves no port waiting behind. */
	reset(): void {
		this.#isLeaving = true;
		this.socket.resetAndDestroy();
	}
}

/** Opens `count` clients with logins of equal length, numbered from `first` on, `atOnce` on their way at most. */
export async function openMany(
	target: Target,
	prefix: string,
	count: number,
	{first = 0, atOnce = 100, open = Client.open as (target: Target, login: string) => Promise<Client>} = {},
): Promise<Client[]> {
	const clients: Client[] = [];
	let next = 0;
	const openNext = async () => {
		while (next < count) {
			const i = next++;
			clients[i] = await open(target, loginAt(prefix, first + i));
		}
	};
	await Promise.all(Array.from({length: Math.min(atOnce, count)}, openNext));
	return clients;
}

const digits = 5;

/** The login `number` of those that begin with `prefix`. */
export function loginAt(prefix: string, number: number): string {
	return `${prefix}${String(number).padStart(digits, '0')}`;
}
