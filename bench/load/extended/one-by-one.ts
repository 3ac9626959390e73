import {performance} from 'node:perf_hooks';
import {Rows} from '../../reference/rows.ts';
import type {Timing} from '../exchange.ts';
import {type Faults, noFaults} from '../faults.ts';
import {between, type Exchange, look} from '../meter.ts';
import {type Percentiles, percentiles} from '../percentiles.ts';
import {blameCuts} from '../settle.ts';
import {numberDigits, textOf} from './outgoing.ts';
import {Speaker} from './speaker.ts';
import {Talker} from './talker.ts';

export type OneByOne = {
	/** From when a message was written until its acknowledgement had come, in ms. */
	readonly acks: Percentiles;
	/** One commit of the same rows, made between two of them in a database beside that of the host. */
	readonly commits: Percentiles;
};

/** Settles when what `listen` was given is called, or after `quiet` seconds: then something is lost, which is found later. */
function called(listen: (then: () => void) => void, quiet: number): Promise<void> {
	return new Promise(resolve => {
		const timer = setTimeout(resolve, quiet * 1000);
		listen(() => {
			clearTimeout(timer);
			resolve();
		});
	});
}

/**
 * One client sends messages to another, each when the one before is acknowledged and a commit of the same rows has been
 * made here. Both are on the same disk if `folder` is.
 */
export async function oneByOne(
	port: number,
	bytes: number,
	folder: string,
	timing: Timing,
	group: number,
): Promise<{faults: Faults; exchange: Exchange; oneByOne: OneByOne}> {
	const faults = noFaults();
	// What comes is confirmed when that is said.
	const pipeline = {window: 1, batch: Number.MAX_SAFE_INTEGER, bytes};
	const [from, to] = ['alice', 'bob'];
	const alice = new Speaker(await Talker.open(port, from), to, pipeline, faults);
	const bob = new Speaker(await Talker.open(port, to), from, pipeline, faults);
	const incoming = bob.hear(to, [alice]);
	blameCuts([alice.talker, bob.talker], faults);
	const rows = new Rows(folder);
	const text = textOf(bytes).slice(numberDigits);
	const [acks, commits]: [number[], number[]] = [[], []];

	const once = async (number: number): Promise<void> => {
		const {outgoing} = alice;
		const acknowledged = called(then => {
			outgoing.onAck = then;
		}, timing.quiet);
		const received = called(then => {
			incoming.onMessage = then;
		}, timing.quiet);
		const confirmed = called(then => {
			outgoing.onConfirmed = then;
		}, timing.quiet);
		const start = performance.now();
		outgoing.write(1);
		await acknowledged;
		acks.push(performance.now() - start);
		// What else the message causes is over before the commit.
		await received;
		incoming.confirm();
		await confirmed;
		const commitStart = performance.now();
		rows.commit({from, to, key: `k${number}`, text: String(number).padStart(numberDigits, '0') + text});
		commits.push(performance.now() - commitStart);
	};

	let number = 0;
	const run = async (seconds: number): Promise<void> => {
		const end = performance.now() + seconds * 1000;
		while (performance.now() < end && faults.cut === 0) await once(number++);
	};
	await run(timing.warmUp);
	const start = look(group);
	acks.length = 0;
	commits.length = 0;
	await run(timing.seconds);
	const exchange = between(start, look(group), acks.length);
	alice.close();
	bob.close();
	return {faults, exchange, oneByOne: {acks: percentiles(acks), commits: percentiles(commits)}};
}
