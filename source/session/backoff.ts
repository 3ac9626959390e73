/**
 * How long to wait before the next try, in ms: at once after a break, then 0.25 s doubling up to 15 s, each drawn from
 * the upper half of its span so that many clients of one host do not come back in step.
 *
 * @param attempt how many tries have failed since the connection broke
 * @param random a number from 0 to 1
 */
export function backoffMs(attempt: number, random = Math.random()): number {
	if (attempt === 0) return 0;
	const span = Math.min(15_000, 250 * 2 ** (attempt - 1));
	return Math.round(span / 2 + (span / 2) * random);
}
