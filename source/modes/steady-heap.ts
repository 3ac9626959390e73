import {PerformanceObserver} from 'node:perf_hooks';
import {getHeapSpaceStatistics, setFlagsFromString} from 'node:v8';

/**
 * Keeps V8's space for new objects from growing beyond what is good. Left alone it grows to 64 MiB while messages pour in or
 * thousands of peers connect, and never shrinks again (docs/performance.md, "Memory"). A screen calls it once it has drawn:
 * growing quickly is what makes it start quickly.
 *
 * @param enoughBytes how far it may grow; left out, it stays as large as it is now
 */
export function steadyHeap(enoughBytes = 0): void {
	const keep = () => setFlagsFromString('--semi-space-growth-factor=1');
	if (enoughBytes <= newSpaceBytes()) {
		keep();
		return;
	}
	// It grows at the end of a collection only.
	const observer = new PerformanceObserver(() => {
		if (newSpaceBytes() < enoughBytes) return;
		observer.disconnect();
		keep();
	});
	observer.observe({entryTypes: ['gc']});
}

const newSpaceBytes = (): number =>
	getHeapSpaceStatistics().find(space => space.space_name === 'new_space')?.space_size ?? 0;
