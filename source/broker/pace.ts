import {longestMs, type Settings} from './options.ts';
import type {RateLimit} from './rate-limit.ts';
import {smallTurnBytes, type Turns} from './turns.ts';

/** What a line counts beside its own bytes, because it costs about as much as so many of them. */
const lineBytes = 128;

/** How fast a sender may go on, by what it sent and where that landed. */
export class Pace {
	readonly #settings: Settings;
	readonly #turns: Turns;
	readonly #rate: RateLimit | undefined;
	/** Bytes put in outboxes that fill up since the last rest; see `Router.deliver`. */
	#landedBytes = 0;
	/** What its lines counted in this turn, and at how much the turn may be over. */
	#turnBytes = 0;
	#turnEnd = smallTurnBytes;
	/** How long the limit of lines a second delays what comes behind the last line. */
	delayMs = 0;
	/** The tick in which it was last counted among those who send much, and the one in which its turn began. */
	#tick = -1;
	#begunAt = -1;

	/** @param rate how many lines a second this sender may send, if there is a limit */
	constructor(settings: Settings, turns: Turns, rate: RateLimit | undefined) {
		this.#settings = settings;
		this.#turns = turns;
		this.#rate = rate;
	}

	/** Something was read: what was sent in an earlier tick is no part of this turn. */
	begin(): void {
		const {ticks} = this.#turns;
		if (ticks === this.#begunAt) return;
		this.#begunAt = ticks;
		this.#turnBytes = 0;
		this.#turnEnd = smallTurnBytes;
	}

	/**
	 * Counts a line.
	 *
	 * @param bytes its length, and what else it cost in bytes; see `Router.extraBytes`
	 * @param landedBytes what `Router.deliver` said of it
	 * @returns milliseconds for which nothing more is taken from this sender, 0 for as long as the others need for a turn,
	 * or undefined if it may go on
	 */
	count(bytes: number, landedBytes: number): number | undefined {
		const ms = this.#rest(bytes, landedBytes);
		if (this.#rate === undefined) return ms;
		this.delayMs = this.#rate.take(performance.now());
		return this.delayMs > (ms ?? 0) ? Math.min(this.delayMs, longestMs) : ms;
	}

	/** Counts what came of a line later; returns the same. */
	countLanded(landedBytes: number): number | undefined {
		return this.#rest(0, landedBytes);
	}

	#rest(bytes: number, landedBytes: number): number | undefined {
		const {restBytes, restMs, maxRests} = this.#settings;
		this.#turnBytes += bytes + lineBytes;
		this.#landedBytes += landedBytes;
		if (this.#landedBytes > restBytes) {
			const rests = Math.min(this.#landedBytes / restBytes, maxRests);
			this.#landedBytes = 0;
			return Math.min(rests * restMs, longestMs);
		}
		return this.#turnBytes > this.#turnEnd && this.#isTurnOver() ? 0 : undefined;
	}

	#isTurnOver(): boolean {
		const turns = this.#turns;
		if (this.#tick !== turns.tick) {
			turns.join();
			this.#tick = turns.tick;
		}
		const isOver = this.#turnBytes > turns.share;
		if (isOver) this.#turnBytes = 0;
		this.#turnEnd = this.#turnBytes + smallTurnBytes;
		return isOver;
	}
}
