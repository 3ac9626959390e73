import {setTimeout as sleep} from 'node:timers/promises';
import {type Client, openMany, type Target} from './client.ts';
import {clock} from './clock.ts';
import type {Timing} from './exchange.ts';
import {type Faults, noFaults} from './faults.ts';
import {Inbox} from './inbox.ts';
import {between, type Exchange, look} from './meter.ts';
import {PacedStream, Pacer} from './pacer.ts';
import type {Percentiles} from './percentiles.ts';
import {makeRing} from './ring.ts';
import {blameCuts, type Reception, settle} from './settle.ts';

export type Latency = {
	/** From when a message was due until it had come. */
	readonly took: Percentiles;
	/** From when a message was due until this process wrote it: its own part of that. */
	readonly late: Percentiles;
};

// A machine that is in use lets timers be late.
const spareSeconds = 10;

export type PacedSize = {
	readonly clients: number;
	/** Bytes of a text. */
	readonly bytes: number;
	/** Messages per second of all clients together. */
	readonly rate: number;
};

/** Clients that write to their partners at a fixed rate. */
export type PacedPairs = {
	readonly clients: readonly Client[];
	readonly pacer: Pacer;
	readonly receptions: readonly Reception[];
	/** Messages that have come so far. */
	delivered(): number;
};

/** Pairs with `rate` messages a second over all clients; what counts is due while the clock runs. */
export async function latency(
	target: Target,
	size: PacedSize,
	timing: Timing,
	group: number,
): Promise<{faults: Faults; exchange: Exchange; latency: Latency}> {
	const faults = noFaults();
	const {pacer, receptions, delivered} = await pacePairs(
		target,
		size,
		timing.warmUp + timing.seconds + spareSeconds,
		faults,
	);
	pacer.start();
	await sleep(timing.warmUp * 1000);
	const start = look(group);
	const first = pacer.count;
	const before = delivered();
	await clock(timing.seconds);
	pacer.stop();
	const end = look(group);
	const exchange = between(start, end, delivered() - before);
	await settle(receptions, delivered, timing.quiet);
	const took = pacer.took(first, pacer.count);
	return {faults, exchange, latency: {took, late: pacer.late(first, pacer.count)}};
}

/** Opens the clients and makes their messages; nothing is sent before the pacer starts. */
export async function pacePairs(
	target: Target,
	{clients: count, bytes, rate}: PacedSize,
	mostSeconds: number,
	faults: Faults,
): Promise<PacedPairs> {
	const {dialect} = target;
	const clients = await openMany(target, 'p', count);
	// A second's messages of one client may be under way.
	const period = Math.max(250, Math.ceil((2 * rate) / count));
	const streams = clients.map((client, i) => {
		const to = [partnerOf(clients, i).login];
		return new PacedStream(
			client.socket,
			makeRing(period, bytes, text => dialect.message(to, text)),
		);
	});
	const pacer = new Pacer(streams, rate, mostSeconds);
	let delivered = 0;
	const receptions = clients.map((client, i) => {
		const {origin: from} = partnerOf(clients, i);
		const ring = makeRing(period, bytes, text => dialect.received(from, client.login, text));
		const inbox = new Inbox([{from, ring, stream: partnerOf(streams, i)}], dialect, faults);
		client.onBytes = (chunk, length) => {
			delivered += inbox.receive(chunk, length);
		};
		return {client, inbox};
	});
	blameCuts(clients, faults);
	return {clients, pacer, receptions, delivered: () => delivered};
}

function partnerOf<T>(all: readonly T[], i: number): T {
	const partner = all[i ^ 1];
	if (partner === undefined) throw new RangeError('an even number of clients is needed');
	return partner;
}
