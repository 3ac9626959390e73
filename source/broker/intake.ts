import type {Socket} from 'node:net';
import {limits} from '../protocol/limits.ts';
import {type LineFault, LineReader} from '../protocol/line-reader.ts';

/** Whoever takes the lines. */
export type Taker = {
	/** Takes the current line of the reader. */
	onLine(reader: LineReader): void;
	/** There will be no more lines. */
	onFault(fault: LineFault): void;
	/** The peer has ended its side, and all its lines have been taken. */
	onEnd(): void;
};

const readerOptions = {maxBytes: limits.plainLineBytes, overflow: 'refuse', isStrict: true} as const;

/** The lines of a socket, taken one after the other, unless they are held back for a while. */
export class Intake {
	readonly #socket: Socket;
	readonly #taker: Taker;
	readonly #reader = new LineReader(readerOptions);
	/** Whether lines are taken; otherwise they are held, and the socket is paused. */
	#isTaking = true;
	#isHurried = false;
	/** How many things hold it back, each until it says so. */
	#halts = 0;
	#isRestDropped = false;
	#isStopped = false;
	/** A hold that was asked for while something else held. */
	#owedMs: number | undefined;
	#hasEnded = false;
	#timeout: NodeJS.Timeout | undefined;
	#immediate: NodeJS.Immediate | undefined;

	constructor(socket: Socket, taker: Taker) {
		this.#socket = socket;
		this.#taker = taker;
	}

	/** Takes what the socket has read. */
	push(chunk: Buffer): void {
		this.#reader.push(chunk);
		this.#take();
	}

	/** The peer has ended its side; a last line without LF counts. */
	end(): void {
		this.#hasEnded = true;
		this.#take();
	}

	/** Holds lines back until `then`, which comes after `ms`, or at the end of this tick for 0; left out, it goes on. */
	hold(ms: number, then?: () => void): void {
		if (this.#halts > 0 && then === undefined) this.#owedMs = Math.max(ms, this.#owedMs ?? 0);
		if (!this.#isTaking || this.#isHurried) return;
		this.#isTaking = false;
		this.#socket.pause();
		const goOn = then ?? (() => this.goOn());
		if (ms === 0) this.#immediate = setImmediate(goOn);
		else this.#timeout = setTimeout(goOn, ms);
	}

	/** Holds lines back until `release` was called as often, whatever else holds them. */
	halt(): void {
		if (this.#isHurried) return;
		this.#halts++;
		this.#isTaking = false;
		this.#socket.pause();
	}

	release(): void {
		if (this.#halts === 0) return;
		this.#halts--;
		const owedMs = this.#owedMs;
		if (this.#halts > 0 || owedMs === undefined) {
			this.goOn();
			return;
		}
		this.#owedMs = undefined;
		this.#isTaking = !this.#isStopped;
		this.hold(owedMs);
	}

	/** From now on a line has at most `maxBytes`, and one without its end is none, even the last. */
	tighten(maxBytes: number): void {
		this.#reader.maxBytes = maxBytes;
		this.#isRestDropped = true;
	}

	/** Whether lines are held back, and so nothing is read. */
	get isHolding(): boolean {
		return !this.#isTaking;
	}

	/** While nothing is read a reset goes unnoticed; a write of nothing finds it. */
	feelForReset(): void {
		if (this.isHolding && this.#socket.writableLength === 0) this.#socket.write('');
	}

	/** Takes lines again, first of all those that were held back. */
	goOn(): void {
		this.#cancel();
		if (this.#halts > 0 || this.#isStopped) return;
		this.#isTaking = true;
		this.#take();
		if (this.#isTaking && !this.#isHurried) this.#socket.resume();
	}

	/** Reads nothing more, and holds nothing back any more. */
	hurry(): void {
		this.#isHurried = true;
		this.#halts = 0;
		this.#socket.pause();
	}

	/** Takes what was held back, and what the socket has read ahead; after `hurry`. */
	drain(): void {
		this.goOn();
		// It comes through 'data'.
		this.#socket.read();
	}

	/** Takes no more lines at all. */
	stop(): void {
		this.#cancel();
		this.#isStopped = true;
		this.#isTaking = false;
	}

	#cancel(): void {
		clearTimeout(this.#timeout);
		clearImmediate(this.#immediate);
	}

	#take(): void {
		while (this.#isTaking && this.#reader.next()) this.#taker.onLine(this.#reader);
		if (this.#isTaking && this.#hasEnded && !this.#isRestDropped && this.#reader.finish())
			this.#taker.onLine(this.#reader);
		if (!this.#isTaking) return;
		const {fault} = this.#reader;
		if (fault !== undefined) this.#taker.onFault(fault);
		else if (this.#hasEnded) this.#taker.onEnd();
	}
}
