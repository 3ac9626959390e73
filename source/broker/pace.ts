import {longestMs, type Settings} from './options.ts';

/**
 * Bytes of lines after which a sender lets everybody else have a turn, and what a line counts beside its own: as it costs
 * about as much as so many bytes do, this is about a millisecond's work. Node reads up to 2 MiB from one socket before it looks
 * at the next.
 */
const turnBytes = 1_048_576;
const lineBytes = 256;

/** How fast a sender may go on, by what it sent and where that landed. */
export class Pace {
	readonly #settings: Settings;
	/** Bytes put in outboxes that fill up since the last rest; see `Router.deliver`. */
	#landedBytes = 0;
	/** What its lines counted since the last turn of others. */
	#turnBytes = 0;

	constructor(settings: Settings) {
		this.#settings = settings;
	}

	/**
	 * Counts a line.
	 *
	 * @param bytes its length, and what looking its destinations up cost in bytes; see `Router.lookUpBytes`
	 * @param landedBytes what `Router.deliver` said of it
	 * @returns milliseconds for which nothing more is taken from this sender, 0 for as long as the others need for a turn,
	 * or undefined if it may go on
	 */
	count(bytes: number, landedBytes: number): number | undefined {
		const {restBytes, restMs, maxRests} = this.#settings;
		this.#turnBytes += bytes + lineBytes;
		this.#landedBytes += landedBytes;
		if (this.#landedBytes > restBytes) {
			const rests = Math.min(this.#landedBytes / restBytes, maxRests);
			this.#landedBytes = 0;
			return Math.min(rests * restMs, longestMs);
		}
		if (this.#turnBytes <= turnBytes) return undefined;
		this.#turnBytes = 0;
		return 0;
	}
}
