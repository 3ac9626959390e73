import type {Socket} from 'node:net';
import type {Stream} from './inbox.ts';
import type {Ring} from './ring.ts';

/** One sender's messages on their way. Bounded: a batch is written only when an earlier one has come everywhere. */
export class Flow implements Stream {
	sent = 0;
	/** Who may write when a batch of this flow has come everywhere; for ping-pong the other side. */
	next: Flow = this;
	isRunning = false;
	readonly receivers: number;
	readonly #socket: Socket;
	readonly #ring: Ring;
	readonly #batch: number;
	/** How many receivers have each batch that is under way; a batch is found by its number modulo the length. */
	readonly #complete: number[];

	/** `window` batches of `batch` messages are under way at most, which must be less than half of the ring's period. */
	constructor(socket: Socket, ring: Ring, receivers: number, batch: number, window: number) {
		if (batch * window * 2 > ring.period) throw new RangeError('the ring is too short for this window');
		this.#socket = socket;
		this.#ring = ring;
		this.receivers = receivers;
		this.#batch = batch;
		this.#complete = new Array<number>(window + 1).fill(0);
	}

	arrived(before: number, after: number): void {
		const batch = this.#batch;
		for (let number = Math.floor(before / batch); (number + 1) * batch <= after; number++) {
			const slot = number % this.#complete.length;
			const complete = (this.#complete[slot] ?? 0) + 1;
			this.#complete[slot] = complete === this.receivers ? 0 : complete;
			if (complete === this.receivers) this.next.write();
		}
	}

	/** Writes one batch. */
	write(): void {
		if (!this.isRunning) return;
		const {bytes, unit, period} = this.#ring;
		const start = this.sent % period;
		const end = start + this.#batch;
		this.#socket.write(bytes.subarray(start * unit, Math.min(end, period) * unit));
		if (end > period) this.#socket.write(bytes.subarray(0, (end - period) * unit));
		this.sent += this.#batch;
	}
}
