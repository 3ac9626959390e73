import {cpus} from 'node:os';
import {performance} from 'node:perf_hooks';
import {setTimeout as sleep} from 'node:timers/promises';
import type {Client} from './client.ts';
import {addExample, type Faults} from './faults.ts';
import type {Flow} from './flow.ts';
import type {Inbox} from './inbox.ts';
import {readUsage} from './usage.ts';

/** A client that receives a flow, with what checks it. */
export type Reception = {readonly client: Client; readonly flow: Flow; readonly inbox: Inbox};

export type Plan = {
	readonly clients: readonly Client[];
	readonly flows: readonly Flow[];
	readonly receptions: readonly Reception[];
	/** Who writes at the start, once for each batch that may be under way. */
	readonly first: readonly Flow[];
	readonly faults: Faults;
};

export type Timing = {
	/** Seconds before the clock starts, and while it runs. */
	readonly warmUp: number;
	readonly seconds: number;
	/** The clock runs on until so many messages have been delivered. */
	readonly atLeast: number;
};

/** What was measured while the clock ran. */
export type Exchange = {
	readonly delivered: number;
	readonly seconds: number;
	/** CPU seconds of the server per million messages delivered. */
	readonly cpuPerMillion: number | undefined;
	readonly peakBytes: number | undefined;
	/** CPU that the server took, in cores. */
	readonly serverLoad: number | undefined;
	/** CPU that this process took, in cores. Near 1 it was itself the limit, and the server could do more. */
	readonly ownLoad: number;
	/** CPU that everybody else took, in cores. */
	readonly otherLoad: number;
};

// A server that delivers nothing for so long has lost what is still missing.
const quietMs = 1000;
// A message that comes a second time comes right behind the first.
const surplusMs = 50;

/** Lets the flows of `plan` run against the server in process group `group`, then waits until all has come. */
export async function exchange(plan: Plan, timing: Timing, group: number): Promise<Exchange> {
	const {flows, receptions, faults} = plan;
	let delivered = 0;
	for (const {client, flow, inbox} of receptions) {
		client.onBytes = (chunk, length) => {
			const before = inbox.accounted;
			inbox.receive(chunk, length);
			const after = inbox.accounted;
			if (after === before) return;
			delivered += after - before;
			flow.arrived(before, after);
		};
	}
	for (const client of plan.clients) {
		client.onCut = () => {
			faults.cut++;
			addExample(faults, `${client.login} was cut`);
		};
	}

	for (const flow of flows) flow.isRunning = true;
	for (const flow of plan.first) flow.write();
	const look = () => ({
		delivered,
		time: performance.now(),
		own: process.cpuUsage(),
		everybody: machineSeconds(),
		usage: readUsage(group),
	});
	await sleep(timing.warmUp * 1000);
	const start = look();
	await sleep(timing.seconds * 1000);
	await until(
		() => delivered - start.delivered >= timing.atLeast,
		() => delivered,
	);
	const end = look();

	for (const flow of flows) flow.isRunning = false;
	await until(
		() => receptions.every(({flow, inbox}) => inbox.accounted === flow.sent),
		() => delivered,
	);
	await sleep(surplusMs);
	for (const {flow, inbox} of receptions) inbox.close(flow.sent);

	const seconds = (end.time - start.time) / 1000;
	const count = end.delivered - start.delivered;
	const cpu = start.usage && end.usage && end.usage.cpuSeconds - start.usage.cpuSeconds;
	const own = (end.own.user + end.own.system - start.own.user - start.own.system) / 1e6;
	const others = end.everybody - start.everybody - own - (cpu ?? 0);
	return {
		delivered: count,
		seconds,
		cpuPerMillion: cpu && (cpu / count) * 1e6,
		peakBytes: end.usage?.peakBytes,
		serverLoad: cpu && cpu / seconds,
		ownLoad: own / seconds,
		otherLoad: Math.max(0, others) / seconds,
	};
}

/** CPU seconds that all processes together have used. */
function machineSeconds(): number {
	return cpus().reduce((sum, {times}) => sum + times.user + times.nice + times.sys, 0) / 1000;
}

/** Resolves when `isDone`, or when `progress` has stood still for a second. */
async function until(isDone: () => boolean, progress: () => number): Promise<void> {
	let last = progress();
	let since = performance.now();
	while (!isDone() && performance.now() - since < quietMs) {
		await sleep(10);
		if (progress() !== last) {
			last = progress();
			since = performance.now();
		}
	}
}
