import {performance} from 'node:perf_hooks';
import type {Timing} from '../exchange.ts';
import {addExample, type Faults, noFaults} from '../faults.ts';
import {type Percentiles, percentiles} from '../percentiles.ts';
import {blameCuts, until} from '../settle.ts';
import {identityOf} from './identity.ts';
import {Speaker} from './speaker.ts';
import {Talker} from './talker.ts';

// A mailbox holds 1,000 messages, and a quarter of it is for one sender; all without a key share half of it.
const senders = 4;
const fromEach = 250;
const leastLogins = 3;

/**
 * Somebody is away until 1,000 messages wait, and logs in by its key, again and again. What is timed is the login: from
 * before the connection until every one of them and `@live` have come.
 */
export async function waiting(
	port: number,
	bytes: number,
	timing: Timing,
): Promise<{faults: Faults; logins: Percentiles}> {
	const faults = noFaults();
	const login = 'sleeper';
	const identity = identityOf(login);
	// Its name is bound to the key from now on.
	(await Talker.open(port, login, {identity})).drop();
	const pipeline = {window: fromEach, batch: fromEach, bytes};
	const speakers = await Promise.all(
		Array.from({length: senders}, async (_, i) => {
			const writer = `writer${i}`;
			const talker = await Talker.open(port, writer, {identity: identityOf(writer)});
			return new Speaker(talker, login, pipeline, faults);
		}),
	);
	blameCuts(
		speakers.map(({talker}) => talker),
		faults,
	);
	const took: number[] = [];
	const start = performance.now();
	for (;;) {
		for (const {outgoing} of speakers) outgoing.write(fromEach);
		const acknowledged = () => speakers.reduce((sum, {outgoing}) => sum + outgoing.acknowledged, 0);
		const sent = speakers.reduce((sum, {outgoing}) => sum + outgoing.sent, 0);
		await until(() => acknowledged() === sent, acknowledged, timing.quiet);

		const before = performance.now();
		let count = 0;
		let last = '';
		const talker = await Talker.open(port, login, {
			identity,
			onLine(bytes, from, to) {
				last = bytes.toString('latin1', from, to);
				count++;
			},
		});
		took.push(performance.now() - before);
		const n = / n=(\d+) /.exec(last)?.[1];
		talker.socket.write(`@got n=${n}\n`);
		await talker.ask('@ping n=1', '@pong');
		talker.drop();
		const confirmed = () => speakers.reduce((sum, {outgoing}) => sum + outgoing.confirmed, 0);
		await until(() => confirmed() === sent, confirmed, timing.quiet);
		if (count !== senders * fromEach) {
			faults.lost += Math.max(0, senders * fromEach - count);
			addExample(faults, `${count} lines came of ${senders * fromEach} messages that waited`);
			break;
		}
		const isEnough = took.length > leastLogins && performance.now() - start > timing.seconds * 1000;
		if (isEnough || faults.cut > 0 || faults.lost > 0) break;
	}
	for (const speaker of speakers) speaker.close();
	// The first one is before anything is compiled.
	return {faults, logins: percentiles(took.slice(1))};
}
