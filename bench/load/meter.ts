import {cpus} from 'node:os';
import {performance} from 'node:perf_hooks';
import {readUsage, type Usage} from './usage.ts';

/** What was measured while the clock ran. */
export type Exchange = {
	/** Messages; where clients connect, those who got in. */
	readonly delivered: number;
	readonly seconds: number;
	/** CPU seconds of the server per million of them. */
	readonly cpuPerMillion: number | undefined;
	readonly peakBytes: number | undefined;
	/** CPU that the server took, in cores. */
	readonly serverLoad: number | undefined;
	/** CPU that this process took, in cores. Near 1 it was itself the limit, and the server could do more. */
	readonly ownLoad: number;
	/** CPU that everybody else took, in cores. */
	readonly otherLoad: number;
};

/** The state of the clocks at a moment. */
export type Look = {
	readonly time: number;
	readonly own: NodeJS.CpuUsage;
	/** CPU seconds that all processes together have used. */
	readonly everybody: number;
	readonly usage: Usage | undefined;
};

/** Looks at the clocks of this process, of the machine and of the server in process group `group`. */
export function look(group: number): Look {
	const everybody = cpus().reduce((sum, {times}) => sum + times.user + times.nice + times.sys, 0) / 1000;
	return {time: performance.now(), own: process.cpuUsage(), everybody, usage: readUsage(group)};
}

/** What it took to deliver `delivered` messages between two looks. */
export function between(start: Look, end: Look, delivered: number): Exchange {
	const seconds = (end.time - start.time) / 1000;
	const cpu = start.usage && end.usage && end.usage.cpuSeconds - start.usage.cpuSeconds;
	const own = (end.own.user + end.own.system - start.own.user - start.own.system) / 1e6;
	const others = end.everybody - start.everybody - own - (cpu ?? 0);
	return {
		delivered,
		seconds,
		cpuPerMillion: cpu && (cpu / delivered) * 1e6,
		peakBytes: end.usage?.peakBytes,
		serverLoad: cpu && cpu / seconds,
		ownLoad: own / seconds,
		otherLoad: Math.max(0, others) / seconds,
	};
}
