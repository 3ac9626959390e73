/** Numbers of messages in order, of which old ones are forgotten together. */
export class Numbers {
	#all: number[] = [];

	get isEmpty(): boolean {
		return this.#all.length === 0;
	}

	add(n: number): void {
		if (this.#all.at(-1) !== n) this.#all.push(n);
	}

	/** Forgets those below `oldest`, when they are many enough. */
	forgetBelow(oldest: number): void {
		const half = Math.max(64, this.#all.length >> 1);
		if ((this.#all[half] ?? oldest) < oldest) this.#all = this.#all.slice(this.#find(oldest));
	}

	/** Those above `n`, upwards. */
	*above(n: number): Generator<number, void, void> {
		for (let at = this.#find(n + 1); at < this.#all.length; at++) yield this.#all[at] as number;
	}

	/** Those below `n`, downwards. */
	*below(n: number): Generator<number, void, void> {
		for (let at = this.#find(n) - 1; at >= 0; at--) yield this.#all[at] as number;
	}

	/** Where the first one is that is not below `n`. */
	#find(n: number): number {
		let [low, high] = [0, this.#all.length];
		while (low < high) {
			const middle = (low + high) >> 1;
			if ((this.#all[middle] as number) < n) low = middle + 1;
			else high = middle;
		}
		return low;
	}
}

/** Several rising sequences as one, each number once. */
export function* merge(sources: readonly Iterator<number, void, void>[]): Generator<number, void, void> {
	const heads = sources.map(source => ({source, next: source.next()}));
	for (;;) {
		let least = Number.POSITIVE_INFINITY;
		for (const {next} of heads) if (!next.done && next.value < least) least = next.value;
		if (least === Number.POSITIVE_INFINITY) return;
		yield least;
		for (const head of heads)
			if (!head.next.done && head.next.value === least) head.next = head.source.next();
	}
}
