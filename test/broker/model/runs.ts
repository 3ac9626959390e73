import {env} from 'node:process';
import fc from 'fast-check';

const number = (name: string): number | undefined =>
	env[name] === undefined ? undefined : Number(env[name]);

const times = number('MODEL_TIMES') ?? 1;
const seed = number('MODEL_SEED');
const path = env.MODEL_PATH;

/** Milliseconds after which an ordinary run tries nothing more, so that a busy machine has tests that end. */
const enoughMs = 6000;

/**
 * Holds a property against `runs` random values, and prints the smallest that fails. `MODEL_TIMES` tries so many times as
 * much, however long it takes; `MODEL_SEED` and `MODEL_PATH` play again what a failure tells.
 */
export const check = async <Value>(
	values: fc.Arbitrary<Value>,
	runs: number,
	property: (value: Value) => Promise<void>,
): Promise<void> => {
	await fc.assert(fc.asyncProperty(values, property), {
		numRuns: Math.ceil(runs * times),
		...(seed === undefined ? {} : {seed}),
		...(path === undefined ? {} : {path}),
		...(times > 1 ? {} : {interruptAfterTimeLimit: enoughMs}),
	});
};

/** How long a test may take. */
export const timeout = 30_000 * Math.max(1, times);
