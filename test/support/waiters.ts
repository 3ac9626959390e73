/** How long anything in a test may take before it counts as hanging, in milliseconds. */
export const defaultTimeout = 20_000;

export type WaitOptions = {readonly timeout?: number};

type Waiter = {
	readonly check: () => boolean;
	readonly resolve: () => void;
	readonly reject: (why: string) => void;
};

/**
 * Conditions that are looked at again after each event, so that no test sleeps. `describe` gives what the error of a
 * failed wait shows besides its reason.
 */
export const createWaiters = (describe: () => string) => {
	const waiters = new Set<Waiter>();
	let over: string | undefined;

	const recheck = (): void => {
		for (const waiter of waiters) {
			if (waiter.check()) {
				waiter.resolve();
			} else if (over !== undefined) {
				waiter.reject(over);
			}
		}
	};

	return {
		recheck,

		/** No further event will come: what is not true now fails at once. */
		finish(reason: string): void {
			over = reason;
			recheck();
		},

		/** Resolves when `check` is true, at once or after an event; rejects after `timeout` ms. */
		wait(what: string, check: () => boolean, {timeout = defaultTimeout}: WaitOptions = {}): Promise<void> {
			// Made here, so that the stack shows the line of the test and not a timer.
			const error = new Error(what);
			return new Promise((resolve, reject) => {
				const end = (): void => {
					clearTimeout(timer);
					waiters.delete(waiter);
				};

				const waiter: Waiter = {
					check() {
						try {
							return check();
						} catch (thrown) {
							end();
							reject(thrown);
							return false;
						}
					},
					resolve() {
						end();
						resolve();
					},
					reject(why) {
						end();
						error.message = `${what}: ${why}\n${describe()}`;
						reject(error);
					},
				};

				const timer = setTimeout(() => waiter.reject(`not within ${timeout} ms`), timeout);
				waiters.add(waiter);
				recheck();
			});
		},
	};
};

/** Says what was waited for. */
export const conditionName = (condition: string | RegExp | ((...args: never[]) => unknown)): string =>
	typeof condition === 'function' ? condition.toString() : `waited for ${JSON.stringify(String(condition))}`;

/** Whether a text fulfils a condition; a sticky or global expression is looked at from the start each time. */
export const matches = (text: string, condition: string | RegExp): boolean =>
	typeof condition === 'string' ? text.includes(condition) : text.search(condition) >= 0;
