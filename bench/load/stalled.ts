import {performance} from 'node:perf_hooks';
import {setTimeout as sleep} from 'node:timers/promises';
import {type Client, openMany, type Target} from './client.ts';
import type {Timing} from './exchange.ts';
import {type Faults, noFaults} from './faults.ts';
import {Feed} from './feed.ts';
import {Inbox} from './inbox.ts';
import {type Latency, type PacedSize, pacePairs} from './latency.ts';
import {between, type Exchange, look} from './meter.ts';
import {blameCuts, settle} from './settle.ts';

/** What became of a server that had a lot to write to one peer. */
export type Stalled = {
	/** Seconds from the first of it until the server ended the peer's connection; undefined if it did not. */
	readonly cutAfter: number | undefined;
	/** From the server's memory before to its peak. */
	readonly grownBytes: number | undefined;
	/** How long it took the server to take everything. */
	readonly seconds: number;
};

// A server may hold back those who write to a peer that does not read, until it knows better.
const mostSeconds = 45;
const probeMs = 50;

/**
 * Ten clients write `feedBytes` to one that reads, or never does, while others talk in pairs at a fixed rate. The clock
 * runs until the server has taken everything, or for 45 s.
 */
export async function stalled(
	target: Target,
	size: PacedSize,
	{reads, feedBytes}: {readonly reads: boolean; readonly feedBytes: number},
	timing: Timing,
	group: number,
): Promise<{faults: Faults; exchange: Exchange; latency: Latency; stalled: Stalled}> {
	const faults = noFaults();
	const talk = await pacePairs(target, size, timing.warmUp + mostSeconds + 5, faults);
	const [peer] = (await openMany(target, 'v', 1)) as [Client];
	const feed = await Feed.open(target, peer, feedBytes);
	blameCuts(feed.clients, faults);
	const inbox = new Inbox(feed.sources, target.dialect, faults);
	let fed = 0;
	peer.onBytes = (chunk, length) => {
		fed += inbox.receive(chunk, length);
	};
	let cutAt: number | undefined;
	if (reads) blameCuts([peer], faults);
	else {
		peer.socket.pause();
		peer.onCut = () => {
			cutAt = performance.now();
		};
	}

	const {pacer} = talk;
	pacer.start();
	await sleep(timing.warmUp * 1000);
	const start = look(group);
	const first = pacer.count;
	const before = talk.delivered();
	let nextProbe = 0;
	pacer.onTurn = now => {
		feed.write(now);
		// Who does not read does not see a reset either; writing tells.
		if (reads || now < nextProbe || cutAt !== undefined) return;
		nextProbe = now + probeMs;
		peer.socket.write(target.dialect.message(['nobody'], 'x'));
	};
	while (!feed.isDone && performance.now() - start.time < mostSeconds * 1000) await sleep(10);
	pacer.stop();
	const end = look(group);
	const exchange = between(start, end, talk.delivered() - before + fed);
	const grownBytes = start.usage && end.usage && end.usage.peakBytes - start.usage.residentBytes;

	const receptions = reads ? [...talk.receptions, {client: peer, inbox}] : talk.receptions;
	await settle(receptions, () => talk.delivered() + fed, timing.quiet);
	const cutAfter = cutAt === undefined ? undefined : (cutAt - start.time) / 1000;
	return {
		faults,
		exchange,
		latency: {took: pacer.took(first, pacer.count), late: pacer.late(first, pacer.count)},
		stalled: {cutAfter, grownBytes, seconds: exchange.seconds},
	};
}
