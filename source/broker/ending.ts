import type {Socket} from 'node:net';
import type {Settings} from './options.ts';
import type {Outbox} from './outbox.ts';

/**
 * Ends a connection in good order: the last sentence, what waits before it, then FIN.
 *
 * Closing a socket that holds unread input, or gets more, sends a RST, which may cost the peer what it has not read
 * yet. So its input is read and thrown away for a while; at last, and in size, that is bounded.
 */
export class Ending {
	readonly #socket: Socket;
	readonly #settings: Settings;
	#lingerMs: number;
	#discardedBytes = 0;
	#timer: NodeJS.Timeout | undefined;

	/** @param lastLine says why, with its LF; nothing when the peer ended by itself */
	constructor(socket: Socket, outbox: Outbox, lastLine: Buffer | undefined, settings: Settings) {
		this.#socket = socket;
		this.#settings = settings;
		this.#lingerMs = settings.lingerMs;
		socket.once('finish', this.#linger);
		outbox.finish(lastLine);
		socket.resume();
	}

	/** Takes input that does not count any more. */
	discard(chunk: Buffer): void {
		this.#discardedBytes += chunk.length;
		if (this.#discardedBytes > this.#settings.lingerBytes) this.#socket.pause();
	}

	/** The broker shuts down, and waits less. */
	hurry(): void {
		this.#lingerMs = this.#settings.shutdownLingerMs;
		if (this.#socket.writableFinished) this.#linger();
	}

	/** The socket has closed. */
	stop(): void {
		clearTimeout(this.#timer);
	}

	readonly #linger = (): void => {
		clearTimeout(this.#timer);
		if (!this.#socket.destroyed) this.#timer = setTimeout(() => this.#socket.destroy(), this.#lingerMs);
	};
}
