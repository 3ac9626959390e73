import type {Inspector} from '../../bench/inspector.ts';

/** Memory and handles of a program, after garbage collection. */
export type Inside = {
	/** Bytes of JavaScript objects, and of them with the buffers that they hold. */
	readonly objectBytes: number;
	readonly heapBytes: number;
	/** What keeps the event loop going: sockets, timers, servers. */
	readonly resources: readonly string[];
};

const lookInside = `(() => {
	const {heapUsed, external} = process.memoryUsage();
	return {objectBytes: heapUsed, heapBytes: heapUsed + external, resources: process.getActiveResourcesInfo()};
})()`;

/** Collects garbage in a program, and looks at what is left. */
export const look = async (inspector: Inspector): Promise<Inside> => {
	// What the first collection finalises, the second one frees.
	await inspector.send('HeapProfiler.collectGarbage');
	await inspector.send('HeapProfiler.collectGarbage');
	return inspector.evaluate(lookInside);
};
