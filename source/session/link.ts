import {connect as connectTcp, type Socket} from 'node:net';
import type {Address} from './address.ts';
import {explainSocketError, foreignProtocol, notAChat} from './diagnosis.ts';
import {SessionError} from './session-error.ts';

export type LinkOptions = {
	readonly address: Address;
	/** How long a connection may take to come about, in ms. */
	readonly connectTimeoutMs?: number | undefined;
	readonly onOpen: () => void;
	/** Bytes as they come, at most 64 KiB a call; they are there only as long as it lasts. */
	readonly onData: (chunk: Buffer) => void;
	/** The server said FIN (no error), or the connection broke or never came about. Called exactly once, at the end. */
	readonly onClose: (error: SessionError | undefined) => void;
};

/** After 30 s of silence the kernel asks the peer, once a second, ten times: a dead one is noticed within 45 s. */
const keepAliveMs = 30_000;

const readBytes = 65_536;

/** One TCP connection to a server, as bytes. It neither knows lines nor tries again. */
export class Link {
	/** How long the connection took to come about, in ms: what a round trip costs. */
	connectMs = 0;

	readonly #options: LinkOptions;
	readonly #socket: Socket;
	readonly #startedAt = performance.now();
	#hasSpoken = false;
	#isClosed = false;
	#isFinReceived = false;

	constructor(options: LinkOptions) {
		this.#options = options;
		const {host, port} = options.address;
		this.#socket = connectTcp({
			host,
			port,
			allowHalfOpen: true,
			noDelay: true,
			keepAlive: true,
			keepAliveInitialDelay: keepAliveMs,
			// One buffer for all that comes: a flood would leave one behind with each read.
			onread: {
				buffer: Buffer.allocUnsafeSlow(readBytes),
				callback: (length, bytes) => {
					this.#received((bytes as Buffer).subarray(0, length));
					return true;
				},
			},
		});
		const timer = setTimeout(() => {
			this.#fail(Object.assign(new Error('connecting timed out'), {code: 'ETIMEDOUT'}));
		}, options.connectTimeoutMs ?? 10_000);
		this.#socket
			.on('connect', () => {
				clearTimeout(timer);
				this.#opened();
			})
			.on('end', () => {
				this.#isFinReceived = true;
				// Nobody reads us any more: what is still unwritten would only be answered with a reset.
				this.#socket.destroy();
			})
			.on('error', error => this.#fail(error))
			.on('close', () => {
				clearTimeout(timer);
				this.#close(this.#isFinReceived ? undefined : new SessionError('LOST', 'The connection was closed.'));
			});
	}

	/** False while the socket holds more than it should: wait for the callback of the last write. */
	get canTakeMore(): boolean {
		return !this.#socket.writableNeedDrain;
	}

	/** Writes whole lines. `onTaken` is called once the operating system has them all, with an error if it never will. */
	write(bytes: string | Uint8Array, onTaken?: (error?: Error | null) => void): void {
		// What comes to our mind behind our own FIN never gets there, and is no fault of the connection.
		if (this.#socket.writableEnded) onTaken?.(new Error('the connection is half-closed'));
		else this.#socket.write(bytes, onTaken);
	}

	/** Says FIN after everything written so far; reading goes on until the server says FIN too. */
	halfClose(): void {
		this.#socket.end();
	}

	/** Stops reading, so that the server's side fills up instead of ours. */
	pause(): void {
		this.#socket.pause();
	}

	resume(): void {
		this.#socket.resume();
	}

	/** Breaks off at once; `onClose` is still called. */
	destroy(): void {
		this.#socket.destroy();
	}

	#opened(): void {
		const {localPort, remotePort, localAddress, remoteAddress} = this.#socket;
		// Trying a free port of the ephemeral range again and again can end in a connection to oneself (TCP's
		// simultaneous open), which then keeps a broker from listening there.
		if (localPort === remotePort && localAddress === remoteAddress) {
			this.#socket.resetAndDestroy();
			this.#close(
				explainSocketError(
					Object.assign(new Error('connected to itself'), {code: 'ECONNREFUSED'}),
					this.#options.address,
				),
			);
			return;
		}
		this.connectMs = performance.now() - this.#startedAt;
		this.#options.onOpen();
	}

	#received(chunk: Buffer): void {
		if (this.#isClosed) return;
		if (!this.#hasSpoken) {
			this.#hasSpoken = true;
			const protocol = foreignProtocol(chunk);
			if (protocol) {
				this.#socket.destroy();
				this.#close(notAChat(protocol, this.#options.address));
				return;
			}
		}
		this.#options.onData(chunk);
	}

	#fail(error: NodeJS.ErrnoException): void {
		this.#socket.destroy();
		this.#close(explainSocketError(error, this.#options.address));
	}

	#close(error: SessionError | undefined): void {
		if (this.#isClosed) return;
		this.#isClosed = true;
		this.#options.onClose(error);
	}
}
