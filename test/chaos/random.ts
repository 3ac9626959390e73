/** Numbers that look random and are the same for the same seed, so that a run can be had again. */
export class Random {
	readonly seed: number;
	#state: number;

	constructor(seed: number) {
		this.seed = seed;
		this.#state = seed >>> 0;
	}

	/** From 0 up to 1. */
	next(): number {
		// Mulberry32: every seed has a period of 2^32.
		this.#state = (this.#state + 0x6d2b79f5) >>> 0;
		let mixed = this.#state;
		mixed = Math.imul(mixed ^ (mixed >>> 15), mixed | 1);
		mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
		return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
	}

	/** A whole number, both ends included. */
	between(least: number, most: number): number {
		return least + Math.floor(this.next() * (most - least + 1));
	}

	pick<T>(all: readonly T[]): T {
		return all[this.between(0, all.length - 1)] as T;
	}

	/** A generator of its own for a part, so that what one part draws changes nothing for another. */
	fork(part: string): Random {
		let seed = this.seed;
		for (const character of part) seed = Math.imul(seed ^ (character.codePointAt(0) ?? 0), 0x01000193);
		return new Random(seed);
	}
}
