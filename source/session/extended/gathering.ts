/** What part of the time for which messages have poured in the next ones may gather. */
const part = 1 / 20;

/**
 * Lets what pours in gather before it is dealt with, the longer the longer that goes on: what comes alone, or is over soon,
 * waits for nothing.
 */
export class Gathering {
	readonly #mostMs: number;
	/** When it began to pour, and when it was dealt with last. */
	#since = 0;
	#dealtAt = Number.NEGATIVE_INFINITY;
	#goOn = (): void => {};

	/** @param mostMs how long anything waits at most; after a silence as long it is over. 0 for not at all */
	constructor(mostMs: number) {
		this.#mostMs = mostMs;
	}

	/** Something has come that is dealt with now. */
	begin(): void {
		const now = performance.now();
		if (now - this.#dealtAt > this.#mostMs) this.#since = now;
	}

	/** It was dealt with. Resolves when it is time for what comes next. */
	async wait(): Promise<void> {
		this.#dealtAt = performance.now();
		if (this.#mostMs === 0) return;
		const {promise, resolve} = Promise.withResolvers<void>();
		this.#goOn = resolve;
		const timer = setTimeout(resolve, Math.min(this.#mostMs, (this.#dealtAt - this.#since) * part));
		await promise;
		clearTimeout(timer);
	}

	/** It is time now. */
	cutShort(): void {
		this.#goOn();
	}
}
