import {env} from 'node:process';
import fc from 'fast-check';
import {losePatience} from './client.ts';

const number = (name: string): number | undefined =>
	env[name] === undefined ? undefined : Number(env[name]);

const times = number('MODEL_TIMES') ?? 1;
const seed = number('MODEL_SEED');
const path = env.MODEL_PATH;

/** Milliseconds after which an ordinary run tries nothing more, so that a busy machine has tests that end. */
const enoughMs = times > 1 ? Number.POSITIVE_INFINITY : 6000;

/** Milliseconds for finding the smallest value that fails. */
const shrinkingMs = 10_000 * Math.max(1, times);

/**
 * Holds a property against `runs` random values, and prints the smallest that fails. `MODEL_TIMES` tries so many times as
 * much, however long it takes; `MODEL_SEED` and `MODEL_PATH` play again what a failure tells.
 */
export const check = async <Value>(
	values: fc.Arbitrary<Value>,
	runs: number,
	property: (value: Value) => Promise<void>,
): Promise<void> => {
	let deadline = performance.now() + enoughMs;
	let hasFailed = false;
	// Not the time limits of fast-check: to them a run that hangs is one that was not tried.
	const bounded = async (value: Value): Promise<void> => {
		if (performance.now() > deadline) return;
		try {
			await property(value);
		} catch (error) {
			if (!hasFailed) deadline = performance.now() + shrinkingMs;
			hasFailed = true;
			losePatience();
			throw error;
		}
	};
	await fc.assert(fc.asyncProperty(values, bounded), {
		numRuns: Math.ceil(runs * times),
		...(seed === undefined ? {} : {seed}),
		...(path === undefined ? {} : {path}),
	});
};

/** How long a test may take. */
export const timeout = 60_000 * Math.max(1, times);
