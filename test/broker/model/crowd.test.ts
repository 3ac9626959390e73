import {expect, it} from 'vitest';
import {startBroker} from '../../../source/broker/index.ts';
import {cut} from '../../protocol/cut.ts';
import {Client, turns, until} from './client.ts';
import {type Crowd, crowd, describeCrowd, type Post, regulars, sentBy, tagged, visitor} from './crowd.ts';
import {type AllSent, checkOneOrder, checkRuns, type Got, linesOf} from './order.ts';
import {serverLine} from './rules.ts';
import {check, timeout} from './runs.ts';

const goodbye = serverLine('server', 'this server is shutting down').toString('latin1');

/** Takes the sentence with which the broker closes off the end of what a peer got, if it is there. */
const withoutGoodbye = (lines: readonly Got[]): readonly Got[] =>
	lines.at(-1)?.line.toString('latin1') === goodbye ? lines.slice(0, -1) : lines;

/** What each peer that is always there got, and what the one that comes and goes got each time. */
type Outcome = {readonly regulars: ReadonlyMap<string, Client>; readonly visits: readonly Client[]};

const play = async (crowd: Crowd, sent: AllSent): Promise<Outcome> => {
	const broker = await startBroker({port: 0, nameRetryMs: 1e6});
	let closing: Promise<void> | undefined;
	const isClosing = () => closing !== undefined;
	const visits: Client[] = [];
	const clients = new Map<string, Client>();
	const all = () => [...clients.values(), ...visits];

	const speak = async (client: Client, list: readonly Post[]): Promise<void> => {
		for (const post of tagged(list)) {
			for (const piece of cut(Buffer.from(`${post.to}: ${post.text}\n`), post.cuts)) {
				if (client.ending !== '') return;
				client.write(piece);
				await turns(post.pause);
			}
		}
	};

	const visit = async (): Promise<void> => {
		for (const stay of crowd.stays) {
			await turns(stay.after);
			if (isClosing()) return;
			const client = await Client.connect(broker.address).catch(() => undefined);
			// The broker may have closed meanwhile.
			if (client === undefined) return;
			visits.push(client);
			client.write(Buffer.from(`${visitor}\n`));
			await turns(stay.turns);
			if (stay.leaves === 'end') client.end();
			else client.reset();
		}
	};

	const close = async (after: number): Promise<void> => {
		await turns(after);
		closing = broker.close();
	};

	try {
		for (const name of regulars) {
			const client = await Client.connect(broker.address);
			clients.set(name, client);
			client.write(Buffer.from(`${name}\n`));
		}
		await until(
			() => broker.logins.length === regulars.length,
			all(),
			() => `here are only ${broker.logins}`,
		);
		await Promise.all([
			visit(),
			crowd.closesAfter === undefined ? undefined : close(crowd.closesAfter),
			...Array.from(clients, ([name, client]) => speak(client, crowd.posts.get(name) ?? [])),
		]);
		const isComplete = (name: string) => clients.get(name)?.received.length === bytesFor(name, sent);
		if (!isClosing()) {
			await until(
				() => regulars.every(isComplete),
				all(),
				() => 'Something is missing',
			);
			closing = broker.close();
		}
		const isOver = (client: Client) => client.hasReset || client.ending !== '';
		await until(
			() => all().every(isOver),
			all(),
			() => 'Some got no FIN',
		);
	} finally {
		for (const client of all()) client.forget();
		await broker.close();
	}
	return {regulars: clients, visits};
};

const bytesFor = (reader: string, sent: AllSent): number =>
	Array.from(sent, ([from, list]) =>
		list.filter(({to}) => to.includes(reader)).map(({text: words}) => serverLine(from, words).length),
	)
		.flat()
		.reduce((sum, length) => sum + length, 0);

const bytesOf = (lines: readonly Got[]): string[] => lines.map(({line}) => line.toString('latin1'));

const judge = (sent: AllSent, {regulars: clients, visits}: Outcome, isComplete: boolean): void => {
	const streams: string[][] = Array.from(sent, ([from, list]) =>
		list.map(({text: words}) => serverLine(from, words).toString('latin1')),
	);
	/** Of each sender, up to where it was heard, and from where on somebody heard nothing more. */
	const heard = new Map<string, {last: number; missed: number}>();
	for (const [reader, client] of clients) {
		const all = linesOf(client.received);
		const lines = withoutGoodbye(all);
		expect(all.length - lines.length, `sentences that ${reader} got at the end`).toBe(1);
		expect(client.ending).toBe('FIN');
		streams.push(bytesOf(lines));
		for (const [from, run] of checkRuns(reader, lines, sent)) {
			const meant = [...(sent.get(from)?.keys() ?? [])].filter(at =>
				sent.get(from)?.[at]?.to.includes(reader),
			);
			const {last, missed} = heard.get(from) ?? {last: -1, missed: Number.POSITIVE_INFINITY};
			heard.set(from, {
				last: Math.max(last, meant[run.to - 1] ?? -1),
				missed: Math.min(missed, meant[run.to] ?? Number.POSITIVE_INFINITY),
			});
			expect(run.from, `lines of ${from} that ${reader} missed at first`).toBe(0);
			if (isComplete) expect(run.to, `lines of ${from} that ${reader} got`).toBe(run.of);
		}
	}
	// What the broker has taken, everybody got: it told nobody to go before all had that.
	for (const [from, {last, missed}] of heard)
		expect(last, `last line of ${from} that came, before one that did not`).toBeLessThan(missed);

	const ends = new Map<string, number>();
	for (const client of visits) {
		const all = withoutGoodbye(linesOf(client.received));
		// Whoever resets may have read half a line.
		const lines = client.hasReset ? all.filter(({line}) => line.at(-1) === 0x0a) : all;
		streams.push(bytesOf(lines));
		for (const [from, run] of checkRuns(visitor, lines, sent)) {
			if (run.to === run.from) continue;
			expect(run.from, `lines of ${from} that came again`).toBeGreaterThanOrEqual(ends.get(from) ?? 0);
			ends.set(from, run.to);
		}
	}
	checkOneOrder(streams);
};

it('who speak all at once are heard in order, complete and once, by whoever is there', {
	timeout,
}, async () => {
	await check(crowd, 150, async one => {
		const sent = sentBy(one);
		try {
			judge(sent, await play(one, sent), one.closesAfter === undefined);
		} catch (error) {
			throw new Error(`${String(error)}\n\n${describeCrowd(one)}`, {cause: error});
		}
	});
});
