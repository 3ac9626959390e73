import type {Socket} from 'node:net';
import {performance} from 'node:perf_hooks';
import type {Stream} from './inbox.ts';
import {type Percentiles, percentiles} from './percentiles.ts';
import type {Ring} from './ring.ts';

/** Messages of one sender that are written when they are due, whatever has become of earlier ones. */
export class PacedStream implements Stream {
	sent = 0;
	onArrived: (before: number, after: number) => void = () => {};
	readonly #socket: Socket;
	readonly #ring: Ring;

	constructor(socket: Socket, ring: Ring) {
		this.#socket = socket;
		this.#ring = ring;
	}

	arrived(before: number, after: number): void {
		this.onArrived(before, after);
	}

	write(): void {
		const {bytes, unit, period} = this.#ring;
		const start = (this.sent % period) * unit;
		this.#socket.write(bytes.subarray(start, start + unit));
		this.sent++;
	}
}

/**
 * Writes the messages of several streams at a fixed rate, spread over the streams, and takes the time that each took
 * from the moment when it was due until it had come. It keeps its process busy all the time: a timer would be late by
 * more than what is measured.
 */
export class Pacer {
	/** Called again and again while the pacer runs. */
	onTurn: (now: number) => void = () => {};
	readonly #streams: readonly PacedStream[];
	readonly #intervalMs: number;
	/** By the number of a message over all streams. */
	readonly #tookMs: Float64Array;
	readonly #lateMs: Float64Array;
	#start = 0;
	#next = 0;
	#isRunning = false;

	/** @param rate messages per second of all streams, for `mostSeconds` at most */
	constructor(streams: readonly PacedStream[], rate: number, mostSeconds: number) {
		this.#streams = streams.map((_, i) => streams[(i * stride) % streams.length] as PacedStream);
		if (new Set(this.#streams).size < streams.length) throw new RangeError(`not ${streams.length} streams`);
		this.#intervalMs = 1000 / rate;
		this.#tookMs = new Float64Array(Math.ceil(rate * mostSeconds));
		this.#lateMs = new Float64Array(this.#tookMs.length);
		for (const [position, stream] of this.#streams.entries()) {
			stream.onArrived = (before, after) => {
				const now = performance.now();
				for (let number = before; number < after; number++) {
					const overall = number * streams.length + position;
					this.#tookMs[overall] = now - this.#dueMs(overall);
				}
			};
		}
	}

	/** How many messages have become due. */
	get count(): number {
		return this.#next;
	}

	start(): void {
		this.#start = performance.now();
		this.#isRunning = true;
		setImmediate(this.#turn);
	}

	stop(): void {
		this.#isRunning = false;
	}

	/** What the messages took that became due from number `first` up to `end`. */
	took(first: number, end: number): Percentiles {
		return percentiles(this.#tookMs.slice(first, end));
	}

	/** How late they were written. */
	late(first: number, end: number): Percentiles {
		return percentiles(this.#lateMs.slice(first, end));
	}

	#dueMs(overall: number): number {
		return this.#start + overall * this.#intervalMs;
	}

	readonly #turn = (): void => {
		if (!this.#isRunning) return;
		const now = performance.now();
		// Whoever is far behind has to read as well.
		const end = Math.min(this.#tookMs.length, this.#next + mostPerTurn);
		while (this.#next < end && this.#dueMs(this.#next) <= now) {
			this.#lateMs[this.#next] = performance.now() - this.#dueMs(this.#next);
			this.#streams[this.#next % this.#streams.length]?.write();
			this.#next++;
		}
		this.onTurn(now);
		setImmediate(this.#turn);
	};
}

const mostPerTurn = 64;

// Neighbours are partners: their turns come far from each other.
const stride = 617;
