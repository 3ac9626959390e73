import fc from 'fast-check';
import {expect, it} from 'vitest';
import {startBroker} from '../../../source/broker/index.ts';
import {Client, turns, until} from './client.ts';
import {serverLine} from './rules.ts';
import {check, timeout} from './runs.ts';

const writers = ['alice', 'Jos\u00E9'] as const;
/** Who reads when it likes, and who always reads. */
const readers = ['bob', 'carol'] as const;

/** One writer sends so many lines, each of some bytes more than its number, to some; or the first reader does something. */
type Act =
	| {
			readonly from: (typeof writers)[number];
			readonly to: readonly (typeof readers)[number][];
			readonly lines: number;
			readonly bytes: number;
	  }
	| 'pause'
	| 'resume';

type Case = {
	/** Bytes waiting for a reader above which writers are rested, and above which the reader is cut. */
	readonly limits: {readonly outboxRestBytes: number; readonly outboxCutBytes: number};
	readonly acts: readonly Act[];
};

const never = Number.POSITIVE_INFINITY;

// Some 4 MiB fit in the kernel before anything waits in the broker.
const talk = fc.record({
	from: fc.constantFrom(...writers),
	to: fc.constantFrom([...readers], [...readers], [readers[0]], [readers[1]]),
	lines: fc.integer({min: 1, max: 60}),
	bytes: fc.oneof(
		{weight: 1, arbitrary: fc.integer({min: 1, max: 500})},
		{weight: 3, arbitrary: fc.integer({min: 30_000, max: 65_000})},
	),
});

const act: fc.Arbitrary<Act> = fc.oneof(
	{weight: 16, arbitrary: talk},
	{weight: 1, arbitrary: fc.constantFrom('pause' as const, 'resume' as const)},
);

const cases: fc.Arbitrary<Case> = fc.record({
	limits: fc.constantFrom(
		{outboxRestBytes: never, outboxCutBytes: never},
		{outboxRestBytes: 0, outboxCutBytes: never},
		{outboxRestBytes: 65_536, outboxCutBytes: 524_288},
		{outboxRestBytes: 65_536, outboxCutBytes: 262_144},
	),
	acts: fc
		.array(act, {minLength: 6, maxLength: 24, size: 'max'})
		.chain(list => fc.nat(3).map(number => (number > 0 ? ['pause' as const, ...list] : list))),
});

/** What a writer sends: no two lines of one are the same, nor is any part of a line like the one behind it. */
const textOf = (number: number, bytes: number): string => {
	const word = `${number}.${bytes} `;
	return `${number} ${word.repeat(Math.ceil(bytes / word.length)).slice(0, bytes)}`.trim();
};

/** What one reader should get from each writer. */
type Lines = Map<string, Buffer[]>;

const sizeOf = (lines: Lines): number =>
	[...lines.values()].flat().reduce((sum, {length}) => sum + length, 0);

const play = async ({limits, acts: all}: Case): Promise<void> => {
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
		const [bob, carol] = [await login(readers[0]), await login(readers[1])];
		const senders = new Map<string, Client>();
		for (const name of writers) senders.set(name, await login(name));

		const expected: Record<(typeof readers)[number], Lines> = {bob: new Map(), carol: new Map()};
		for (const [number, one] of all.entries()) {
			if (one === 'pause') bob.pause();
			else if (one === 'resume') bob.resume();
			else {
				for (let line = 0; line < one.lines; line++) {
					const text = textOf(100 * number + line, one.bytes);
					senders.get(one.from)?.write(Buffer.from(`${one.to}:${text}\n`));
					for (const reader of one.to) {
						const lines = expected[reader].get(one.from) ?? [];
						expected[reader].set(one.from, lines);
						lines.push(serverLine(one.from, text));
					}
				}
			}
			await turns(2);
		}
		const isComplete = (client: Client, lines: Lines): boolean => client.receivedBytes >= sizeOf(lines);
		// Whoever is slow costs the others nothing.
		await until(
			() => isComplete(carol, expected.carol),
			clients,
			() => 'carol did not get all',
		);
		bob.resume();
		await until(
			() => isComplete(bob, expected.bob) || bob.ending !== '',
			clients,
			() => `bob got ${bob.receivedBytes} bytes of ${sizeOf(expected.bob)}`,
		);
		const isCut = bob.ending !== '';
		if (isCut) expect(limits.outboxCutBytes, 'the limit above which bob was cut').toBeLessThan(never);
		const closed = broker.close();
		await until(
			() => clients.every(({ending}) => ending !== ''),
			clients,
			() => 'Some got no FIN',
		);
		for (const client of clients) client.socket.destroy();
		await closed;
		judge(carol, expected.carol, false);
		judge(bob, expected.bob, isCut);
	} finally {
		for (const client of clients) client.socket.destroy();
		await broker.close();
	}
};

/** A reader gets the lines of each writer in their order, whole and once; one that is cut gets a part of that. */
const judge = (reader: Client, expected: Lines, isCut: boolean): void => {
	expect(reader.ending).toBe(isCut ? 'ECONNRESET' : 'FIN');
	const got = reader.received;
	const places = new Map<string, number>();
	let at = 0;
	while (at < got.length) {
		const from = /^from ([^:]*): /.exec(got.toString('utf8', at, at + 100))?.[1] ?? '';
		const place = places.get(from) ?? 0;
		const line = expected.get(from)?.[place];
		if (line === undefined) break;
		const part = got.subarray(at, at + line.length);
		if (!line.subarray(0, part.length).equals(part))
			throw new Error(`Byte ${at} begins what is not line ${place} of ${from}`);
		// A line that is cut is the last, for a reset comes behind it.
		at += line.length;
		places.set(from, place + 1);
	}
	expect(got.subarray(at).toString()).toBe(isCut ? '' : 'from server: this server is shutting down\n');
	if (isCut) return;
	for (const [from, lines] of expected) expect(places.get(from), `lines of ${from}`).toBe(lines.length);
};

const describeCase = ({limits, acts: all}: Case): string =>
	[
		`writers are rested above ${limits.outboxRestBytes} bytes, readers cut above ${limits.outboxCutBytes}`,
		...all.map((one, number) =>
			typeof one === 'string'
				? `${number}. bob: ${one}`
				: `${number}. ${one.from} → ${one.to}: ${one.lines} lines of ${one.bytes} bytes`,
		),
	].join('\n');

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
