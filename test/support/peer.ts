import {once} from 'node:events';
import {connect, type Socket} from 'node:net';
import {limits} from '../../source/protocol/limits.ts';
import {LineSplitter} from '../../source/protocol/line-splitter.ts';

/** Where a broker listens; a `Broker`'s `address` is one. */
export type Address = {readonly host: string; readonly port: number};

/** How a connection ended: with the FIN of the other end, or with an error such as ECONNRESET. */
export type Ending = 'FIN' | string;

/** Longest wait for something that a test expects; far above what it takes, so that only a defect ever meets it. */
const patienceMs = 10_000;

/** A peer as a test plays it: a real socket that writes what it is told and holds the lines that come. */
export class Peer {
	/** Lines that have come and were not taken by `line` yet. */
	readonly lines: string[] = [];
	readonly socket: Socket;
	/** Settles when the other end has said that nothing more comes, or the connection broke; never rejects. */
	readonly ended: Promise<Ending>;

	readonly #splitter = new LineSplitter({
		maxBytes: limits.serverLineBytes,
		overflow: 'truncate',
		isStrict: false,
	});
	#wake: (() => void) | undefined;
	#ending: Ending | undefined;

	/** Connects, and says nothing. */
	static async connect(address: Address): Promise<Peer> {
		const socket = connect({...address, allowHalfOpen: true, noDelay: true});
		await once(socket, 'connect');
		return new Peer(socket);
	}

	/** Connects and logs in; settles when the broker delivers to this name, which a word to oneself shows. */
	static async login(address: Address, login: string): Promise<Peer> {
		const peer = await Peer.connect(address);
		peer.send(login, `${login}: ready`);
		const line = await peer.line();
		if (line !== `from ${login}: ready`) throw new Error(`${login} could not log in: ${line}`);
		return peer;
	}

	private constructor(socket: Socket) {
		this.socket = socket;
		this.ended = new Promise(resolve => {
			const end = (ending: Ending) => {
				// What a reset cut off may be half a line.
				const last = ending === 'FIN' ? this.#splitter.end() : undefined;
				if (last !== undefined) this.lines.push(last);
				this.#ending ??= ending;
				resolve(this.#ending);
				this.#wake?.();
			};
			socket.on('end', () => end('FIN'));
			socket.on('error', (error: NodeJS.ErrnoException) => end(error.code ?? error.message));
			socket.on('close', () => end('closed here'));
		});
		socket.on('data', chunk => {
			this.lines.push(...this.#splitter.push(chunk));
			this.#wake?.();
		});
	}

	/** Writes lines, each with its LF, in one write. */
	send(...lines: string[]): void {
		this.write(lines.map(line => `${line}\n`).join(''));
	}

	/** Writes bytes or text as they are. */
	write(data: string | Uint8Array): void {
		this.socket.write(data);
	}

	/** The next line; rejects when the connection ends before it, or it does not come. */
	async line(): Promise<string> {
		await this.#until(() => this.lines.length > 0, 'a line');
		return this.lines.shift() ?? '';
	}

	/** The next lines, in the order in which they came. */
	async take(count: number): Promise<string[]> {
		await this.#until(() => this.lines.length >= count, `${count} lines`);
		return this.lines.splice(0, count);
	}

	/** Half-closes: nothing more is written, what comes is still read. */
	end(): void {
		this.socket.end();
	}

	/** Ends with a FIN, and waits until the other end has done so too. */
	async leave(): Promise<void> {
		this.socket.end();
		await this.ended;
		this.socket.destroy();
	}

	/** Ends with a RST. */
	reset(): void {
		this.socket.resetAndDestroy();
	}

	async #until(isDone: () => boolean, what: string): Promise<void> {
		const deadline = Date.now() + patienceMs;
		while (!isDone()) {
			if (this.#ending !== undefined)
				throw new Error(`The connection ended (${this.#ending}) before ${what}`);
			const left = deadline - Date.now();
			if (left <= 0) throw new Error(`Waited ${patienceMs} ms for ${what}, have ${this.lines.length}`);
			await new Promise<void>(resolve => {
				const timer = setTimeout(resolve, left);
				this.#wake = () => {
					clearTimeout(timer);
					resolve();
				};
			});
			this.#wake = undefined;
		}
	}
}
