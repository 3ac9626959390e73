/** How often what others do may change the frame, in ms. What the person at the keyboard does changes it at once. */
const flushMs = 16;

/** The same while nothing is shown. */
const heldFlushMs = 250;

/**
 * State outside React, changed by a pure reducer. `dispatch` tells the listeners at once; `dispatchSoon` in the
 * next turn, and then gathers what comes within 16 ms, so that a flood of messages costs a new state and a frame each time,
 * and not one a message.
 */
export class Store<State, Action> {
	readonly #reducer: (state: State, action: Action) => State;
	readonly #merge: (action: Action, next: Action) => Action | undefined;
	/** What is to change the state soon, in order. */
	#gathered: Action[] = [];
	readonly #listeners = new Set<() => void>();
	#state: State;
	/** What the listeners were told last: nobody must see a state that was not announced. */
	#published: State;
	#timer: NodeJS.Timeout | undefined;
	#immediate: NodeJS.Immediate | undefined;
	#publishedAt = Number.NEGATIVE_INFINITY;
	#isHeld = false;

	/** @param merge makes one action of two that follow each other, where it can */
	constructor(
		reducer: (state: State, action: Action) => State,
		initial: State,
		merge: (action: Action, next: Action) => Action | undefined = () => undefined,
	) {
		this.#reducer = reducer;
		this.#merge = merge;
		this.#state = initial;
		this.#published = initial;
	}

	/** The newest state, announced or not. */
	get current(): State {
		for (const action of this.#gathered.splice(0)) this.#state = this.#reducer(this.#state, action);
		return this.#state;
	}

	readonly getSnapshot = (): State => this.#published;

	readonly subscribe = (listener: () => void): (() => void) => {
		this.#listeners.add(listener);
		return () => this.#listeners.delete(listener);
	};

	dispatch(action: Action): void {
		this.#state = this.#reducer(this.current, action);
		this.publish();
	}

	dispatchSoon(action: Action): void {
		const last = this.#gathered.at(-1);
		const merged = last === undefined ? undefined : this.#merge(last, action);
		if (merged !== undefined) this.#gathered.pop();
		this.#gathered.push(merged ?? action);
		if (this.#timer || this.#immediate) return;
		// What is not shown is taken in now and then: each time costs a copy of the list of all lines.
		const wait = this.#isHeld ? heldFlushMs : this.#publishedAt + flushMs - performance.now();
		// Never within the event itself: the rest of what a socket has to say belongs into the same frame.
		if (wait > 0) this.#timer = setTimeout(() => this.publish(), wait);
		else this.#immediate = setImmediate(() => this.publish());
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
		clearImmediate(this.#immediate);
		this.#timer = undefined;
		this.#immediate = undefined;
		const {current} = this;
		if (this.#isHeld || this.#published === current) return;
		this.#published = current;
		this.#publishedAt = performance.now();
		for (const listener of this.#listeners) listener();
	}
}
