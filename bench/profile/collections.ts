import type {Inspector} from '../inspector.ts';

/** Garbage collections while the profile ran: how many, and ms. */
export type Collections = {
	/** Of the space for new objects. */
	readonly minor: number;
	readonly minorMs: number;
	readonly longestMinorMs: number;
	/** All others, their incremental steps included. */
	readonly major: number;
	readonly majorMs: number;
	readonly longestMajorMs: number;
	/** Those among them that were made because so much memory outside of the heap, such as that of buffers, hung on it. */
	readonly forBuffers: number;
};

// Kinds and flags: `constants.NODE_PERFORMANCE_GC_MINOR` and `…_GC_FLAGS_ALL_EXTERNAL_MEMORY` of `node:perf_hooks`.
const watch = `{
	const sums = {minor: 0, minorMs: 0, longestMinorMs: 0, major: 0, majorMs: 0, longestMajorMs: 0, forBuffers: 0};
	const {PerformanceObserver} = process.getBuiltinModule('node:perf_hooks');
	const observer = new PerformanceObserver(list => {
		for (const {duration, detail} of list.getEntries()) {
			if (detail.kind === 1) {
				sums.minor++;
				sums.minorMs += duration;
				sums.longestMinorMs = Math.max(sums.longestMinorMs, duration);
			} else {
				sums.major++;
				sums.majorMs += duration;
				sums.longestMajorMs = Math.max(sums.longestMajorMs, duration);
				if ((detail.flags & 32) !== 0) sums.forBuffers++;
			}
		}
	});
	observer.observe({entryTypes: ['gc']});
	globalThis[Symbol.for('profile')] = () => {
		observer.disconnect();
		return sums;
	};
}`;

/** Counts garbage collections in the process; calling the result ends that and tells what there was. */
export async function watchCollections(inspector: Inspector): Promise<() => Promise<Collections>> {
	await inspector.evaluate(watch);
	return () => inspector.evaluate<Collections>(`globalThis[Symbol.for('profile')]()`);
}
