/** Wakes whoever waits for anything to be different. */
export class Signal {
	#next = Promise.withResolvers<void>();

	/** Settles with the next `notify`. */
	get promise(): Promise<void> {
		return this.#next.promise;
	}

	readonly notify = (): void => {
		this.#next.resolve();
		this.#next = Promise.withResolvers();
	};
}
