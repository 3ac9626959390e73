/**
 * One timer for all deadlines that need no precision, instead of one for each connection.
 *
 * Its clock stands still while the process does (SIGSTOP, a closed laptop), so that nobody is cut for having been
 * silent to a broker that did not listen.
 */
export class Housekeeper {
	/** Milliseconds that the broker has been awake, as of the last turn. */
	now = 0;

	readonly #everyMs: number;
	readonly #onTurn: () => void;
	readonly #timer: NodeJS.Timeout;
	#last = performance.now();

	/** Calls `onTurn` once in `everyMs`; the timer alone keeps no process alive. */
	constructor(everyMs: number, onTurn: () => void) {
		this.#everyMs = Math.max(1, everyMs);
		this.#onTurn = onTurn;
		this.#timer = setInterval(this.#turn, this.#everyMs).unref();
	}

	stop(): void {
		clearInterval(this.#timer);
	}

	readonly #turn = (): void => {
		const time = performance.now();
		this.now += Math.round(Math.min(time - this.#last, 2 * this.#everyMs));
		this.#last = time;
		this.#onTurn();
	};
}
