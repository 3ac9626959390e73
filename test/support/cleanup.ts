/** How long something that a test started may live: to the end of that test, or of its file. */
export type Lifetime = 'test' | 'file';

type Cleanup = () => void | Promise<void>;

const pending: Record<Lifetime, Cleanup[]> = {test: [], file: []};

/**
 * Registers what has to be undone. `setup.ts` runs these after each test and each file; the scripts in `media/`,
 * which use the same helpers without a test runner, call `runCleanups` themselves.
 */
export const onCleanup = (lifetime: Lifetime, cleanup: Cleanup): void => {
	pending[lifetime].push(cleanup);
};

/** Undoes in reverse order. One failing cleanup does not keep the others from running; the first error is thrown. */
export const runCleanups = async (lifetime: Lifetime): Promise<void> => {
	const errors: unknown[] = [];
	for (const cleanup of pending[lifetime].splice(0).reverse()) {
		try {
			await cleanup();
		} catch (error) {
			errors.push(error);
		}
	}

	if (errors.length > 0) {
		throw errors[0];
	}
};
