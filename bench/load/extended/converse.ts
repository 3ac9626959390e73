import {setTimeout as sleep} from 'node:timers/promises';
import {loginAt} from '../client.ts';
import {clock} from '../clock.ts';
import type {Timing} from '../exchange.ts';
import {type Faults, noFaults} from '../faults.ts';
import {between, type Exchange, look} from '../meter.ts';
import {blameCuts, until} from '../settle.ts';
import type {Pipeline} from './outgoing.ts';
import {Speaker} from './speaker.ts';
import {openTalkers} from './talker.ts';

// What comes a second time comes right behind the first.
const surplusMs = 50;
// Those that are under way at the end are confirmed by then.
const confirmMs = 20;

/** Clients in pairs: each sends to its partner in a pipeline and confirms what comes. Messages are counted at their acknowledgement. */
export async function extendedPairs(
	port: number,
	count: number,
	pipeline: Pipeline,
	timing: Timing,
	group: number,
): Promise<{faults: Faults; exchange: Exchange}> {
	const faults = noFaults();
	const logins = Array.from({length: count}, (_, i) => loginAt('e', i));
	const talkers = await openTalkers(port, logins);
	const speakers = talkers.map(
		(talker, i) => new Speaker(talker, logins[i ^ 1] ?? talker.login, pipeline, faults),
	);
	for (const [i, speaker] of speakers.entries()) {
		const partner = speakers[i ^ 1];
		if (partner === undefined) throw new RangeError('an even number of clients is needed');
		speaker.hear(speaker.talker.login, [partner]);
	}
	return {faults, exchange: await converse(speakers, timing, group, faults)};
}

/** Lets the speakers send for a while, and waits until all that was sent is acknowledged, delivered and confirmed. */
export async function converse(
	speakers: readonly Speaker[],
	timing: Timing,
	group: number,
	faults: Faults,
): Promise<Exchange> {
	blameCuts(
		speakers.map(({talker}) => talker),
		faults,
	);
	let acknowledged = 0;
	for (const {outgoing} of speakers) {
		outgoing.onAck = () => {
			acknowledged++;
			outgoing.fill();
		};
		outgoing.isRunning = true;
	}
	for (const {outgoing} of speakers) outgoing.fill();
	await sleep(timing.warmUp * 1000);
	const start = look(group);
	const before = acknowledged;
	await clock(timing.seconds);
	await until(
		() => acknowledged - before >= timing.atLeast,
		() => acknowledged,
		timing.quiet,
	);
	const end = look(group);
	const count = acknowledged - before;

	for (const {outgoing} of speakers) outgoing.isRunning = false;
	const confirming = setInterval(() => {
		for (const {incoming} of speakers) incoming?.confirm();
	}, confirmMs);
	const heard = () =>
		speakers.reduce(
			(sum, {outgoing, incoming}) =>
				sum + outgoing.acknowledged + outgoing.confirmed + (incoming?.count ?? 0),
			0,
		);
	await until(() => speakers.every(speaker => speaker.isComplete), heard, timing.quiet);
	await sleep(surplusMs);
	clearInterval(confirming);
	for (const speaker of speakers) speaker.close();
	return between(start, end, count);
}
