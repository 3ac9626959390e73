/** How often somebody is told that a draft goes on being written, in ms. */
const everyMs = 3000;

/** Tells others that a draft for them is being written, seldom enough that nobody is disturbed. */
export class TypingNotices {
	readonly #tell: (to: readonly string[], isActive: boolean) => void;
	#to: readonly string[] = [];
	#toldAt = Number.NEGATIVE_INFINITY;

	constructor(tell: (to: readonly string[], isActive: boolean) => void) {
		this.#tell = tell;
	}

	/** @param to whom the draft is for; nobody if there is none */
	write(to: readonly string[]): void {
		const isSame = to.join() === this.#to.join();
		const now = performance.now();
		if (isSame && (to.length === 0 || now - this.#toldAt < everyMs)) return;
		if (!isSame && this.#to.length > 0) this.#tell(this.#to, false);
		if (to.length > 0) this.#tell(to, true);
		this.#to = to;
		this.#toldAt = now;
	}

	/** It was sent: whoever gets it knows. */
	sent(): void {
		this.#to = [];
	}
}
