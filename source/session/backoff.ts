/** The longest wait, in ms. */
const longestMs = 5000;

/**
 * By how much each wait is longer than the one before: so it is a third of the time since the break, as a rule. A host that
 * is started anew is back soon, and who doubled the waits would stay away for as long again.
 */
const growth = 1.3;

/**
 * How long to wait before the next try, in ms: 0.2 s growing to 5 s, each drawn from the upper half of its span so that
 * many clients of one host do not come back in step.
 *
 * @param attempt how many tries have failed since the connection broke
 * @param random a number from 0 to 1
 */
export function backoffMs(attempt: number, random = Math.random()): number {
	const span = Math.min(longestMs, 200 * growth ** attempt);
	return Math.round(span / 2 + (span / 2) * random);
}
