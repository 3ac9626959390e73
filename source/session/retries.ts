import {backoffMs} from './backoff.ts';

/** A connection that held for longer than this is a success: after it the waits begin anew. In ms. */
const defaultSteadyMs = 2000;

/** How long a client may be asked to stay away for, in ms: longer is not believed. */
const mostMs = 60_000;

/** When to try again, after however many tries that failed. */
export class Retries {
	readonly #steadyMs: number;
	readonly #isAtOnce: boolean;
	#failures = 0;
	/** When the present connection settled. */
	#settledAt = Number.POSITIVE_INFINITY;
	/** Within which the host asked us to come back, spread. */
	#spreadMs = 0;

	/** @param isAtOnce whether the first try after a break follows at once: somebody has to host there, and be quick */
	constructor(steadyMs = defaultSteadyMs, isAtOnce = false) {
		this.#steadyMs = steadyMs;
		this.#isAtOnce = isAtOnce;
	}

	/** We are in. */
	settled(): void {
		this.#settledAt = performance.now();
		this.#spreadMs = 0;
	}

	/** The host ends, and does not want all of its clients back in the same moment. */
	spreadOver(ms: number): void {
		this.#spreadMs = Math.min(ms, mostMs);
	}

	/** The connection is gone. */
	closed(): void {
		// A host that lets us in and ends at once is no success to begin the waits anew with.
		if (performance.now() - this.#settledAt > this.#steadyMs) this.#failures = 0;
		this.#settledAt = Number.POSITIVE_INFINITY;
	}

	/** Whether nothing has failed since we were in. */
	get isFirst(): boolean {
		return this.#failures === 0;
	}

	/** Counts a failure, and says how long to wait before the next try, in ms. */
	nextMs(): number {
		const {isFirst} = this;
		this.#failures++;
		if (isFirst && this.#isAtOnce) return 0;
		const spreadMs = Math.random() * this.#spreadMs;
		this.#spreadMs = 0;
		return Math.round(backoffMs(this.#failures - 1) + spreadMs);
	}
}
