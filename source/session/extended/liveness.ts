/** How often the clock is looked at, in ms, and how much later than due it shows that the machine has slept. */
const lookMs = 1000;
const sleptMs = 10_000;

/** How long a host may take to answer when the machine has slept: the connection is likely gone. In ms. */
const wakeMs = 2000;

export type LivenessOptions = {
	/** How long a host may be silent before it is asked whether it lives, in ms; it may take as long to answer. */
	readonly silentMs: number;
	readonly ask: () => void;
	/** Nothing came. */
	readonly onDead: () => void;
};

/** Notices that a host does not answer any more, also after the machine has slept. */
export class Liveness {
	readonly #options: LivenessOptions;
	readonly #timer: NodeJS.Timeout;
	#heardAt = performance.now();
	#lookedAt = clocks();
	#deadline: number | undefined;
	#isPaused = false;

	constructor(options: LivenessOptions) {
		this.#options = options;
		this.#timer = setInterval(() => this.#look(), lookMs).unref();
	}

	/** Something came. */
	hear(): void {
		this.#heardAt = performance.now();
		this.#deadline = undefined;
	}

	/** Nothing is read: a host that is not heard may well speak. */
	pause(): void {
		this.#isPaused = true;
	}

	resume(): void {
		this.#isPaused = false;
		this.hear();
	}

	stop(): void {
		clearInterval(this.#timer);
	}

	#look(): void {
		if (this.#isPaused) this.hear();
		const {silentMs, ask, onDead} = this.#options;
		const now = clocks();
		// While a machine sleeps one of the two stands still, by the system, and what is set by hand moves one only.
		const passed = Math.max(now.running - this.#lookedAt.running, now.wall - this.#lookedAt.wall);
		const hasSlept = passed > lookMs + sleptMs;
		this.#lookedAt = now;
		// What came while this process did not run is still to be read before it is missed.
		if (!hasSlept && this.#deadline !== undefined && now.running > this.#deadline) {
			this.stop();
			onDead();
			return;
		}
		const isSilent = now.running - this.#heardAt > silentMs;
		if (!hasSlept && (!isSilent || this.#deadline !== undefined)) return;
		this.#deadline = now.running + (hasSlept ? wakeMs : silentMs);
		ask();
	}
}

const clocks = () => ({running: performance.now(), wall: Date.now()});
