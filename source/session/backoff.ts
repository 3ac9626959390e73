/** The longest wait, in ms. */
const longestMs = 5000;

/**
 * How long to wait before the next try, in ms: 0.2 s doubling up to 5 s, each drawn from the upper half of its span so
 * that many clients of one host do not come back in step.
 *
 * @param attempt how many tries have failed since the connection broke
 * @param random a number from 0 to 1
 */
export function backoffMs(attempt: number, random = Math.random()): number {
	const span = Math.min(longestMs, 200 * 2 ** attempt);
	return Math.round(span / 2 + (span / 2) * random);
}
