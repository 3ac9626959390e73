import {describePlace, type Place} from './place.ts';

/** As the inspector gives it and DevTools reads it (`.cpuprofile`); times in µs. */
export type CpuProfile = {
	readonly nodes: readonly {readonly id: number; readonly callFrame: Place; readonly children?: number[]}[];
	readonly startTime: number;
	readonly endTime: number;
	readonly samples: readonly number[];
	readonly timeDeltas: readonly number[];
};

/** One function's time in ms: alone, and with all that it calls. */
export type FunctionTime = {
	readonly name: string;
	readonly where: string;
	readonly file: string;
	readonly selfMs: number;
	readonly totalMs: number;
};

export type CpuSummary = {
	/** Ordered by their own time. */
	readonly functions: readonly FunctionTime[];
	readonly busyMs: number;
	/** In the event loop's poll, which waits for sockets and also reads from them: V8 cannot tell the two apart. */
	readonly idleMs: number;
};

type Sum = {readonly place: Place; selfMs: number; totalMs: number};

/** Adds a profile up by function. */
export function summarizeCpu(profile: CpuProfile): CpuSummary {
	const selfMs = new Map<number, number>();
	profile.samples.forEach((id, i) => {
		// A sample stands for the time until the next one; a delta is the time since the one before.
		const delta = profile.timeDeltas[i + 1] ?? 0;
		selfMs.set(id, (selfMs.get(id) ?? 0) + Math.max(0, delta) / 1000);
	});

	const nodes = new Map(profile.nodes.map(node => [node.id, node]));
	const sums = new Map<string, Sum>();
	const add = (id: number, above: ReadonlySet<string>, caller: string): number => {
		const node = nodes.get(id);
		if (node === undefined) return 0;
		const place = namedPlace(node.callFrame, caller);
		const key = keyOf(place);
		const here = new Set(above).add(key);
		const self = selfMs.get(id) ?? 0;
		const total = (node.children ?? []).reduce(
			(sum, child) => sum + add(child, here, place.functionName),
			self,
		);
		const sum = sums.get(key) ?? {place, selfMs: 0, totalMs: 0};
		sum.selfMs += self;
		// A function that calls itself has that time only once.
		if (!above.has(key)) sum.totalMs += total;
		sums.set(key, sum);
		return total;
	};
	const root = profile.nodes[0];
	if (root !== undefined) add(root.id, new Set(), '');

	const all = [...sums.values()].map(({place, ...times}) => ({...describePlace(place), ...times}));
	const isIdle = ({name}: FunctionTime) => name === '(idle)';
	const functions = all.filter(one => !isIdle(one) && one.name !== '(root)');
	return {
		functions: functions.sort((a, b) => b.selfMs - a.selfMs),
		busyMs: functions.reduce((sum, one) => sum + one.selfMs, 0),
		idleMs: all.find(isIdle)?.selfMs ?? 0,
	};
}

/** Many native functions have no name; who calls them says what they are. */
function namedPlace(place: Place, caller: string): Place {
	if (place.functionName !== '' || place.url !== '') return place;
	return {...place, functionName: `native part of ${caller || '(anonymous)'}`};
}

function keyOf({functionName, url, lineNumber, columnNumber}: Place): string {
	return `${functionName}|${url}|${lineNumber}|${columnNumber}`;
}
