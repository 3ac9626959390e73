import {setTimeout as sleep} from 'node:timers/promises';
import type {Client} from './client.ts';
import {clock} from './clock.ts';
import type {Faults} from './faults.ts';
import type {Flow} from './flow.ts';
import {between, type Exchange, look} from './meter.ts';
import {blameCuts, type Reception, settle, until} from './settle.ts';

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
	/** A server that delivers nothing for so many seconds has lost what is still missing. */
	readonly quiet: number;
};

/** Lets the flows of `plan` run against the server in process group `group`, then waits until all has come. */
export async function exchange(plan: Plan, timing: Timing, group: number): Promise<Exchange> {
	const {flows, receptions} = plan;
	let delivered = 0;
	for (const {client, inbox} of receptions) {
		client.onBytes = (chunk, length) => {
			delivered += inbox.receive(chunk, length);
		};
	}
	blameCuts(plan.clients, plan.faults);

	for (const flow of flows) flow.isRunning = true;
	for (const flow of plan.first) flow.write();
	await sleep(timing.warmUp * 1000);
	const start = look(group);
	const before = delivered;
	await clock(timing.seconds);
	await until(
		() => delivered - before >= timing.atLeast,
		() => delivered,
		timing.quiet,
	);
	const end = look(group);
	const count = delivered - before;

	for (const flow of flows) flow.isRunning = false;
	await settle(receptions, () => delivered, timing.quiet);
	return between(start, end, count);
}
