import {once} from 'node:events';
import {connect, type Socket} from 'node:net';
import type {Address} from '../../support/peer.ts';

/** A plain peer that keeps what it gets as the bytes that came. */
export class Client {
	readonly socket: Socket;
	/** How many bytes have come. */
	receivedBytes = 0;
	/** `FIN`, or the code of an error; empty while more may come. */
	ending = '';
	/** Whether nothing more is read until it is told to. */
	isPaused = false;
	/** Whether it has closed its writing side. */
	hasEnded = false;
	/** Whether it has ended with a RST. */
	hasReset = false;

	#received: Buffer[] = [];

	static async connect(address: Address): Promise<Client> {
		const socket = connect({...address, allowHalfOpen: true, noDelay: true});
		await once(socket, 'connect');
		return new Client(socket);
	}

	private constructor(socket: Socket) {
		this.socket = socket;
		socket.on('data', chunk => {
			this.receivedBytes += chunk.length;
			this.#received.push(chunk);
		});
		socket.on('end', () => {
			this.ending ||= 'FIN';
		});
		socket.on('error', (error: NodeJS.ErrnoException) => {
			this.ending ||= error.code ?? error.message;
		});
	}

	/** All that has come. */
	get received(): Buffer {
		const [first = Buffer.alloc(0), ...more] = this.#received;
		if (more.length === 0) return first;
		const all = Buffer.concat(this.#received);
		this.#received = [all];
		return all;
	}

	/** Whether nothing can be said with it any more. */
	get isOver(): boolean {
		return this.hasReset || (this.hasEnded && this.ending !== '');
	}

	write(bytes: Uint8Array): void {
		if (!this.hasEnded && !this.socket.destroyed) this.socket.write(bytes);
	}

	end(): void {
		this.hasEnded = true;
		this.socket.end();
	}

	/** Ends with a RST; nothing that comes later is seen. */
	reset(): void {
		this.hasEnded = true;
		this.hasReset = true;
		this.socket.resetAndDestroy();
	}

	/** Goes, if it can without a trace: what a FIN leaves behind fills the machine's table of connections in a long run. */
	forget(): void {
		// Node never closes a socket that is reset while a FIN is under way.
		if (this.hasEnded) this.socket.destroy();
		else this.socket.resetAndDestroy();
	}

	pause(): void {
		this.isPaused = true;
		this.socket.pause();
	}

	resume(): void {
		this.isPaused = false;
		this.socket.resume();
	}
}

/** Lets the sockets of this process have so many turns, so that what was written arrives before more is. */
export const turns = async (count: number): Promise<void> => {
	for (let turn = 0; turn < count; turn++) await new Promise(resolve => setImmediate(resolve));
};

/**
 * Longest time, and fewest turns of the event loop, without anything new after which nothing more is waited for. A kernel
 * that is short of memory drops segments, and repeats them after ever longer times.
 */
const patience = {ms: 5000, turns: 500};

/** Waits less from now on, as something has failed and only the smallest of what fails is looked for. */
export const losePatience = (): void => {
	patience.ms = 500;
};

/**
 * Waits until something is so, as long as bytes keep coming.
 *
 * @throws {Error} with the explanation when nothing has come for a while, and it is still not so
 */
export const until = async (
	isSo: () => boolean,
	clients: readonly Client[],
	explain: () => string,
): Promise<void> => {
	const bytes = () => clients.reduce((sum, client) => sum + client.receivedBytes, 0);
	let [since, idleTurns, seen] = [performance.now(), 0, bytes()];
	while (!isSo()) {
		if (idleTurns > patience.turns && performance.now() - since > patience.ms) throw new Error(explain());
		await turns(1);
		idleTurns++;
		if (bytes() !== seen) [since, idleTurns, seen] = [performance.now(), 0, bytes()];
	}
};
