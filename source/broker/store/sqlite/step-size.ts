/** How much is done in one step, so that it takes no longer than others may have to wait for it. */
export class StepSize {
	readonly #most: number;
	#amount: number;

	/** @param most as much as is ever done in one step */
	constructor(most: number, first: number) {
		this.#most = most;
		this.#amount = first;
	}

	/** As much as the next step should do: 1 at least. */
	get amount(): number {
		return this.#amount;
	}

	/**
	 * Learns from a step.
	 *
	 * @param done how much it did
	 * @param ms how long that took
	 * @param mayTakeMs how long it should take at most
	 */
	learn(done: number, ms: number, mayTakeMs: number): void {
		if (ms > mayTakeMs) this.#amount = Math.max(1, done >> 1);
		// Slowly, as a step may have been quick by chance.
		else if (ms < mayTakeMs / 2 && done >= this.#amount)
			this.#amount = Math.min(this.#most, done + Math.ceil(done / 3));
	}
}
