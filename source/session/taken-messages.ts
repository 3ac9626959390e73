type Given = {readonly n: number; isTaken: boolean};

/** Up to which number of a host's log everything was taken, whatever order that happens in. */
export class TakenMessages {
	/** What came and was not taken, or stands behind such. */
	readonly #given: Given[] = [];
	/** The newest number that came. */
	#newest: number;
	#seen: number;

	/** @param seen what was taken before */
	constructor(seen: number) {
		this.#seen = seen;
		this.#newest = seen;
	}

	get seen(): number {
		return this.#given.length === 0 ? this.#newest : this.#seen;
	}

	/** A message came. Returns what to call when it is taken. */
	give(n: number): () => void {
		this.#seen = this.seen;
		const given = {n, isTaken: false};
		this.#given.push(given);
		this.#newest = Math.max(this.#newest, n);
		return () => {
			given.isTaken = true;
			while (this.#given[0]?.isTaken) this.#seen = this.#given.shift()?.n ?? this.#seen;
		};
	}

	/** Something came that nobody has to take. */
	pass(n: number): void {
		this.#newest = Math.max(this.#newest, n);
	}

	/** It begins anew after this number. */
	restart(n: number): void {
		this.#given.length = 0;
		this.#newest = n;
		this.#seen = n;
	}
}
