/** How often what others do may change the frame, in ms. What the person at the keyboard does changes it at once. */
const flushMs = 16;

/**
 * State outside React, changed by a pure reducer. `dispatch` tells the listeners at once; `dispatchSoon` gathers what
 * comes within 16 ms, so that a flood of messages costs a frame each time and not a frame a message.
 */
export class Store<State, Action> {
	readonly #reducer: (state: State, action: Action) => State;
	readonly #listeners = new Set<() => void>();
	#state: State;
	/** What the listeners were told last: React must not see a state that nobody announced. */
	#published: State;
	#timer: NodeJS.Timeout | undefined;
	#publishedAt = Number.NEGATIVE_INFINITY;
	#isHeld = false;

	constructor(reducer: (state: State, action: Action) => State, initial: State) {
		this.#reducer = reducer;
		this.#state = initial;
		this.#published = initial;
	}

	/** The newest state, announced or not. */
	get current(): State {
		return this.#state;
	}

	readonly getSnapshot = (): State => this.#published;

	readonly subscribe = (listener: () => void): (() => void) => {
		this.#listeners.add(listener);
		return () => this.#listeners.delete(listener);
	};

	dispatch(action: Action): void {
		this.#state = this.#reducer(this.#state, action);
		this.publish();
	}

	dispatchSoon(action: Action): void {
		this.#state = this.#reducer(this.#state, action);
		if (this.#timer) return;
		const wait = this.#publishedAt + flushMs - performance.now();
		// Never within the event itself: the rest of what a socket has to say belongs into the same frame.
		this.#timer = setTimeout(() => this.publish(), Math.max(0, wait));
	}

	/** While the terminal does not take frames none are made; `release` shows what came meanwhile. */
	hold(): void {
		this.#isHeld = true;
	}

	release(): void {
		if (!this.#isHeld) return;
		this.#isHeld = false;
		this.publish();
	}

	publish(): void {
		clearTimeout(this.#timer);
		this.#timer = undefined;
		if (this.#isHeld || this.#published === this.#state) return;
		this.#published = this.#state;
		this.#publishedAt = performance.now();
		for (const listener of this.#listeners) listener();
	}
}
