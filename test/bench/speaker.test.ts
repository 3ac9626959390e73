import {expect, test} from 'vitest';
import {Speaker} from '../../bench/load/extended/speaker.ts';
import {Talker} from '../../bench/load/extended/talker.ts';
import {noFaults} from '../../bench/load/faults.ts';
import {start} from '../broker/start.ts';

/** What alice, who writes to bob, may be told of her first message and of one from him; each line by its place. */
function linesFor(key: string): string[] {
	const id = 'abcdefghijklmnop';
	return [
		`@ack key=${key} id=${id} n=1 ts=1764000000000 to=bob stored=memory`,
		`@status id=${id} to=bob state=queued`,
		'@msg n=2 prev=1 id=ponmlkjihgfedcba ts=1764000000001 from=bob to=alice :00000000ijklmnop',
		`@status id=${id} to=bob state=delivered`,
	];
}

/** What is wrong with lines that are made of those that are right. */
async function faultsOf(change: (lines: string[]) => string[]) {
	const broker = await start();
	const talkers = await Promise.all(['alice', 'bob'].map(login => Talker.open(broker.address.port, login)));
	const [talker, other] = talkers as [Talker, Talker];
	const faults = noFaults();
	const pipeline = {window: 1, batch: 1, bytes: 16};
	const alice = new Speaker(talker, 'bob', pipeline, faults);
	const bob = new Speaker(other, 'alice', pipeline, noFaults());
	alice.hear('alice', [bob]);
	const take = talker.onLine;
	// What the host really says of them is not heard.
	for (const one of talkers) one.onLine = () => {};
	let written = '';
	const {socket} = talker;
	socket.write = (bytes: Buffer | string) => {
		written += bytes.toString();
		return true;
	};
	alice.outgoing.write(1);
	bob.outgoing.sent = 1;
	const key = / key=(\S+)| /.exec(written.slice('@send'.length))?.[1] ?? '';
	for (const line of change(linesFor(key))) take(Buffer.from(line), 0, line.length);
	alice.close();
	for (const one of talkers) one.drop();
	const {examples, ...counts} = faults;
	return {isComplete: alice.isComplete, count: Object.values(counts).reduce((sum, one) => sum + one)};
}

test('what has to come is taken', async () => {
	expect(await faultsOf(lines => lines)).toEqual({isComplete: true, count: 0});
});

test.for([0, 1, 2, 3])('line %i is missed, and seen if it comes twice or with another end', async at => {
	const changes: ((lines: string[]) => string[])[] = [
		lines => lines.toSpliced(at, 1),
		lines => lines.toSpliced(at, 0, lines[at] ?? ''),
		lines => lines.with(at, `${lines[at]?.slice(0, -1)}?`),
		lines => lines.with(at, `${lines[at]}?`),
	];
	for (const change of changes) expect((await faultsOf(change)).count).toBeGreaterThan(0);
});
