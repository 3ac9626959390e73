const name = 'UsageError';

/** Wrong use of the command line: one sentence that says what to do, exit code 2. */
export class UsageError extends Error {
	override readonly name = name;
}

/** By its name: what is loaded on demand has a class of its own in the built program. */
export const isUsageError = (error: unknown): boolean => error instanceof Error && error.name === name;
