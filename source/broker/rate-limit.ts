/** Addresses whose debts are remembered; beyond that the oldest are forgotten. */
const maxDebts = 10_000;

/**
 * Milliseconds that a delay has, so that several lines pass after it, unless all that may be sent at once is there earlier.
 * A delay for each line would cost five times the work: a timer, a look and a write for each.
 */
const delayMs = 50;

/** Lets a number of lines through at once and then so many a second (a token bucket). */
export class RateLimit {
	/** Whom it is for. */
	readonly address: string;
	/** Whether somebody was told of a delay; none is worth a word again until as much as in the beginning may be sent. */
	isTold = false;
	readonly #perMs: number;
	readonly #burst: number;
	#tokens: number;
	#countedAt: number;

	/**
	 * @param perSecond lines a second, above 0
	 * @param burst lines at once, 1 at least
	 * @param debt lines that count as sent already
	 */
	constructor(perSecond: number, burst: number, debt: number, address: string, now: number) {
		this.address = address;
		this.#perMs = perSecond / 1000;
		this.#burst = burst;
		this.#tokens = Math.max(0, burst - debt);
		this.#countedAt = now;
	}

	/** Counts a line that was sent at `now`. Returns milliseconds for which to wait before the next one, 0 for none. */
	take(now: number): number {
		this.#count(now);
		this.#tokens--;
		if (this.#tokens >= 1) return 0;
		const untilNextMs = (1 - this.#tokens) / this.#perMs;
		const untilFullMs = (this.#burst - this.#tokens) / this.#perMs;
		return Math.max(untilNextMs, Math.min(delayMs, untilFullMs));
	}

	/** How many lines it would take to have as many left as at the beginning. */
	debt(now: number): number {
		this.#count(now);
		return this.#burst - this.#tokens;
	}

	#count(now: number): void {
		this.#tokens = Math.min(this.#burst, this.#tokens + (now - this.#countedAt) * this.#perMs);
		this.#countedAt = now;
		if (this.#tokens === this.#burst) this.isTold = false;
	}
}

/** The limits of all peers. Who leaves and comes back from the same address goes on where it was. */
export class RateLimits {
	readonly #perSecond: number;
	readonly #burst: number;
	readonly #debts = new Map<string, RateLimit>();

	/** @param perSecond lines a second from each peer; 0 for no limit */
	constructor(perSecond: number, burst: number) {
		this.#perSecond = perSecond;
		this.#burst = Math.max(1, burst);
	}

	/** The limit of a new peer, undefined if there is none. */
	open(peer: {readonly remoteAddress?: string | undefined}): RateLimit | undefined {
		if (this.#perSecond === 0 || this.#perSecond === Number.POSITIVE_INFINITY) return undefined;
		// A closed socket does not tell its address any more.
		const address = peer.remoteAddress ?? '';
		const now = performance.now();
		const debt = this.#debts.get(address)?.debt(now) ?? 0;
		this.#debts.delete(address);
		return new RateLimit(this.#perSecond, this.#burst, debt, address, now);
	}

	/** Takes the limit of a peer that is gone. */
	close(limit: RateLimit): void {
		const {address} = limit;
		const now = performance.now();
		const debt = limit.debt(now) + (this.#debts.get(address)?.debt(now) ?? 0);
		if (debt < 1) return;
		// Put at the end again: the first of the map is the oldest.
		this.#debts.delete(address);
		this.#debts.set(address, new RateLimit(this.#perSecond, this.#burst, debt, address, now));
		const [oldest] = this.#debts.keys();
		if (this.#debts.size > maxDebts && oldest !== undefined) this.#debts.delete(oldest);
	}
}
