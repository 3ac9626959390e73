/** Counts what one peer has sent and the store has not taken yet; while that is much, the peer is not read. */
export class UnderWay {
	readonly #peer: {halt(): void; goOn(): void};
	readonly #most: number;
	readonly #isCrowded: () => boolean;
	#count = 0;
	#isHalted = false;
	#onIdle: (() => void) | undefined;

	/**
	 * @param most how much one peer may have under way
	 * @param isCrowded whether too much is under way though it is not as many
	 */
	constructor(peer: {halt(): void; goOn(): void}, most: number, isCrowded: () => boolean) {
		this.#peer = peer;
		this.#most = most;
		this.#isCrowded = isCrowded;
	}

	get isIdle(): boolean {
		return this.#count === 0;
	}

	add(): void {
		this.#count++;
		if (this.#isHalted || (this.#count < this.#most && !this.#isCrowded())) return;
		this.#isHalted = true;
		this.#peer.halt();
	}

	done(): void {
		this.#count--;
		if (this.#isHalted && this.#count <= this.#most >> 1 && (this.#count === 0 || !this.#isCrowded())) {
			this.#isHalted = false;
			this.#peer.goOn();
		}
		if (this.#count > 0) return;
		const onIdle = this.#onIdle;
		this.#onIdle = undefined;
		// What is answered right behind this still goes out.
		if (onIdle !== undefined) setImmediate(onIdle);
	}

	/** Calls `then` once nothing is under way. */
	whenIdle(then: () => void): void {
		if (this.isIdle) setImmediate(then);
		else this.#onIdle = then;
	}
}
