import {expect, it} from 'vitest';
import {startBroker} from '../../../source/broker/index.ts';
import {Client, turns, until} from './client.ts';
import {serverLine} from './rules.ts';
import {check, timeout} from './runs.ts';
import {type Case, cases, describeCase, never, readers, textOf, writers} from './slow-case.ts';

/** What one reader should get from each writer, and which of that one's lines it is. */
type Lines = Map<string, {readonly line: Buffer; readonly number: number}[]>;

const sizeOf = (lines: Lines): number =>
	[...lines.values()].flat().reduce((sum, {line}) => sum + line.length, 0);

const play = async ({limits, acts: all, closesAfter}: Case): Promise<void> => {
	const broker = await startBroker({port: 0, restMs: 1, shutdownLingerMs: 0, ...limits});
	const clients: Client[] = [];
	const login = async (name: string): Promise<Client> => {
		const client = await Client.connect(broker.address);
		clients.push(client);
		client.write(Buffer.from(`${name}\n`));
		await until(
			() => broker.logins.includes(name),
			clients,
			() => `${name} is not here`,
		);
		return client;
	};
	try {
		const bob = await login(readers[0]);
		const senders = new Map<string, Client>();
		for (const name of writers) senders.set(name, await login(name));
		// Behind the writers, so that the broker comes to these between the two readers when it closes.
		const carol = await login(readers[1]);

		const expected: Record<(typeof readers)[number], Lines> = {bob: new Map(), carol: new Map()};
		for (const [number, one] of all.entries()) {
			if (one === 'pause') bob.pause();
			else if (one === 'resume') bob.resume();
			else {
				for (let line = 0; line < one.lines; line++) {
					const place = 100 * number + line;
					const text = textOf(place, one.bytes);
					senders.get(one.from)?.write(Buffer.from(`${one.to}:${text}\n`));
					for (const reader of one.to) {
						const lines = expected[reader].get(one.from) ?? [];
						expected[reader].set(one.from, lines);
						lines.push({line: serverLine(one.from, text), number: place});
					}
				}
			}
			await turns(2);
		}
		const isComplete = (client: Client, lines: Lines): boolean => client.receivedBytes >= sizeOf(lines);
		const isOver = ({ending}: Client): boolean => ending !== '';
		if (closesAfter === undefined) {
			// Whoever is slow costs the others nothing.
			await until(
				() => isComplete(carol, expected.carol),
				clients,
				() => `carol got ${carol.receivedBytes} bytes of ${sizeOf(expected.carol)}, then ${carol.ending}`,
			);
			bob.resume();
			await until(
				() => isComplete(bob, expected.bob) || isOver(bob),
				clients,
				() => `bob got ${bob.receivedBytes} bytes of ${sizeOf(expected.bob)}`,
			);
		} else {
			await turns(closesAfter);
		}
		const closed = broker.close();
		bob.resume();
		await until(
			() => clients.every(isOver),
			clients,
			() => 'Some got no FIN',
		);
		for (const client of clients) client.forget();
		await closed;
		const isBounded = limits.outboxCutBytes < never;
		const heard = [
			judge(carol, expected.carol, closesAfter === undefined, false),
			judge(bob, expected.bob, closesAfter === undefined, isBounded),
		];
		if (!isBounded) expectSameEnd(heard);
	} finally {
		for (const client of clients) client.forget();
		await broker.close();
	}
};

/** Of each writer, the last line that a reader got, and the first that it did not. */
type Heard = Map<string, {readonly last: number; readonly missed: number}>;

/** A reader gets the lines of each writer in their order, whole and once; one that may be cut gets a part of that. */
const judge = (reader: Client, expected: Lines, isAll: boolean, mayBeCut: boolean): Heard => {
	const isCut = mayBeCut && reader.ending === 'ECONNRESET';
	if (!isCut) expect(reader.ending).toBe('FIN');
	const got = reader.received;
	const places = new Map<string, number>();
	let at = 0;
	while (at < got.length) {
		const from = /^from ([^:]*): /.exec(got.toString('utf8', at, at + 100))?.[1] ?? '';
		const place = places.get(from) ?? 0;
		const line = expected.get(from)?.[place]?.line;
		if (line === undefined) break;
		// What a reset cuts may be half a line, but nothing comes behind it.
		const part = got.subarray(at, at + line.length);
		const isWhole = part.length === line.length || isCut;
		if (!isWhole || !line.subarray(0, part.length).equals(part))
			throw new Error(`Byte ${at} begins what is not line ${place} of ${from}`);
		at += line.length;
		places.set(from, place + 1);
	}
	expect(got.subarray(at).toString()).toBe(isCut ? '' : 'from server: this server is shutting down\n');
	return new Map(
		Array.from(expected, ([from, lines]) => {
			const place = places.get(from) ?? 0;
			if (isAll && !isCut) expect(place, `lines of ${from}`).toBe(lines.length);
			return [from, {last: lines[place - 1]?.number ?? -1, missed: lines[place]?.number ?? never}];
		}),
	);
};

/** What the broker has taken it delivers to everybody, also when it closes. */
const expectSameEnd = (heard: readonly Heard[]): void => {
	for (const from of writers) {
		const last = Math.max(...heard.map(one => one.get(from)?.last ?? -1));
		const missed = Math.min(...heard.map(one => one.get(from)?.missed ?? never));
		expect(last, `the last line of ${from} that came, before one that did not`).toBeLessThan(missed);
	}
};

it('what waits for a slow reader comes complete, or is cut off, and nobody else notices', {
	timeout,
}, async () => {
	await check(cases, 25, async one => {
		try {
			await play(one);
		} catch (error) {
			throw new Error(`${String(error)}\n\n${describeCase(one)}`, {cause: error});
		}
	});
});
