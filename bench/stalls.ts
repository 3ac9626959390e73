import {performance} from 'node:perf_hooks';

/** How the machine takes a processor away from a program that never lets go of it. */
export type Stalls = {
	/** Part of the time that was taken away in pieces of more than `leastMs`. */
	readonly share: number;
	/** The longest piece, in ms. */
	readonly longestMs: number;
};

const lookMs = 500;
const leastMs = 0.1;

/**
 * Looks at the clock as quickly as it can. What it misses is what other programs, the kernel or the hypervisor of a
 * virtual machine took: a latency near its share of the time and its length says nothing about a server.
 */
export function lookForStalls(): Stalls {
	const start = performance.now();
	let [taken, longestMs, last] = [0, 0, start];
	while (last - start < lookMs) {
		const now = performance.now();
		const gap = now - last;
		if (gap > leastMs) {
			taken += gap;
			longestMs = Math.max(longestMs, gap);
		}
		last = now;
	}
	return {share: taken / (last - start), longestMs};
}

/** The same in words. */
export function describeStalls({share, longestMs}: Stalls): string {
	return `the processor was away for ${(share * 100).toFixed(1)} % of the time, up to ${longestMs.toFixed(1)} ms at once`;
}
