import {performance} from 'node:perf_hooks';
import {setTimeout as sleep} from 'node:timers/promises';
import {Client, openMany, type Target} from './client.ts';
import {addExample, type Faults, noFaults} from './faults.ts';
import {readUsage} from './usage.ts';

export type Idle = {
	readonly clients: number;
	/** Growth of the server's resident memory by one connection that is logged in and does nothing. */
	readonly bytesPerConnection: number | undefined;
	readonly peakBytes: number | undefined;
};

const stepMs = 250;
const mostMs = 15_000;

/** Measures what `count` idle connections cost the server in process group `group`, each of which must answer after. */
export async function idle(target: Target, count: number, group: number): Promise<Idle & {faults: Faults}> {
	const faults = noFaults();
	const before = await settledBytes(group);
	const clients = await openMany(target, 'i', count, {open: Client.openSilently});
	for (const client of clients) client.onCut = () => faults.cut++;
	const after = await settledBytes(group);
	const peakBytes = readUsage(group)?.peakBytes;

	for (const client of clients) {
		try {
			await client.echo(5000);
		} catch (error) {
			faults.lost++;
			addExample(faults, String((error as Error).message));
		}
		if (faults.lost > 3) break;
	}
	for (const client of clients) client.drop();
	const bytesPerConnection = before && after && (after - before) / count;
	return {clients: count, bytesPerConnection, peakBytes, faults};
}

/** The group's resident memory once it has moved by less than 0.2 % for two seconds, or after 15 s. */
async function settledBytes(group: number): Promise<number | undefined> {
	const start = performance.now();
	let reference = readUsage(group)?.residentBytes;
	for (let calm = 0; calm < 8 && performance.now() - start < mostMs; ) {
		await sleep(stepMs);
		const now = readUsage(group)?.residentBytes;
		if (now === undefined || reference === undefined) return undefined;
		if (Math.abs(now - reference) < reference * 0.002) calm++;
		else {
			calm = 0;
			reference = now;
		}
	}
	return reference;
}
