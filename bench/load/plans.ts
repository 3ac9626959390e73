import {type Client, loginAt, openMany, type Target} from './client.ts';
import type {Plan} from './exchange.ts';
import {type Faults, noFaults} from './faults.ts';
import {Flow} from './flow.ts';
import {Inbox, type Source} from './inbox.ts';
import {makeRing, makeVariedRing, type Ring} from './ring.ts';
import type {Reception} from './settle.ts';

export type Size = {
	readonly clients: number;
	/** The number of the first one's login, where others take part as well. */
	readonly first: number;
	/** Bytes of a text. */
	readonly bytes: number;
	/** Messages that are written at once; 0 for what suits the scenario. */
	readonly batch: number;
	/** Bytes that may be under way to one receiver, but one batch in any case. */
	readonly window: number;
	/** How many absent ones are named, one in each line beside the receivers; only in pairs. */
	readonly absent: number;
};

// Where everything goes through one socket, one part of a window is being sent while others are handed on and read.
const sharedBatches = 4;
// Windows under way from all senders to one receiver; with fewer, each would wait for what the others send.
const fanInWindows = 8;
// Ping-pong would do with fewer numbers, but tells lost from late better with many.
const leastPeriod = 1000;
// A line has at most so many destinations (docs/protocol.md): who writes to more people writes more lines.
const mostDestinations = 20;

/** Every client writes to its partner and reads from it: a window at once, the next when that has come. */
export async function pairs(target: Target, size: Size): Promise<Plan> {
	const clients = await openMany(target, 'p', size.clients, size);
	const faults = noFaults();
	const routes = clients.map(client => route(target, client, [partnerOf(clients, client)], size, 1));
	const flows = routes.map(({flow}) => flow);
	return {clients, flows, receptions: join(target, routes, faults), first: fill(routes), faults};
}

/** One client writes each message to all others. */
export async function fanOut(target: Target, size: Size): Promise<Plan> {
	const receivers = await openMany(target, 'r', size.clients);
	const [sender] = (await openMany(target, 's', 1)) as [Client];
	const faults = noFaults();
	const made = route(target, sender, receivers, size);
	const receptions = join(target, [made], faults);
	return {clients: [sender, ...receivers], flows: [made.flow], receptions, first: fill([made]), faults};
}

/** All but one write to that one, which has to tell them apart; they share eight windows. */
export async function fanIn(target: Target, size: Size): Promise<Plan> {
	const senders = await openMany(target, 's', size.clients);
	const [receiver] = (await openMany(target, 'r', 1)) as [Client];
	const faults = noFaults();
	const share = {...size, window: (fanInWindows * size.window) / size.clients};
	const routes = senders.map(sender => route(target, sender, [receiver], share));
	const flows = routes.map(({flow}) => flow);
	const receptions = join(target, routes, faults);
	return {clients: [receiver, ...senders], flows, receptions, first: fill(routes), faults};
}

/** Of two partners, one answers each message of the other: one is under way between them. */
export async function pingPong(target: Target, size: Size): Promise<Plan> {
	const clients = await openMany(target, 'p', size.clients, size);
	const faults = noFaults();
	const one = {...size, batch: 1, window: 0};
	const routes = clients.map(client => route(target, client, [partnerOf(clients, client)], one, 1));
	const flows = routes.map(({flow}) => flow);
	for (const flow of flows) flow.next = partnerOf(flows, flow);
	const first = flows.filter((_, i) => i % 2 === 0);
	return {clients, flows, receptions: join(target, routes, faults), first, faults};
}

/** A flow, how many batches of it may be under way, and what each of its receivers gets of it. */
type Route = {
	readonly flow: Flow;
	readonly batches: number;
	readonly sources: ReadonlyMap<Client, Source>;
};

function route(
	{dialect}: Target,
	sender: Client,
	receivers: readonly Client[],
	{bytes, batch, window, absent}: Size,
	usualBatches = sharedBatches,
): Route {
	const from = sender.origin;
	const lineBytes = dialect.received(from, receivers[0]?.login ?? '', 'x'.repeat(bytes)).length;
	const perBatch = batch || Math.max(1, Math.floor(window / usualBatches / lineBytes));
	const batches = batch === 0 ? usualBatches : Math.max(1, Math.floor(window / (batch * lineBytes)));
	const period = Math.max(leastPeriod, perBatch * batches * 2);
	const groups = chunk(receivers, mostDestinations).map(group => group.map(({login}) => login));
	const write = (text: string, besides: readonly string[] = []) =>
		groups.map(to => dialect.message([...to, ...besides], text)).join('');
	// Each sender begins with other absent ones.
	const sending =
		absent === 0
			? makeRing(period, bytes, text => write(text))
			: makeVariedRing(period, bytes, (text, number) =>
					write(text, [loginAt('a', (sender.number * period + number) % absent)]),
				);
	const flow = new Flow(sender.socket, sending, receivers.length, perBatch, batches);

	// In a dialect that does not name the receiver, all of them read the same bytes.
	const rings = new Map<string, Ring>();
	const sources = receivers.map(client => {
		const key = dialect.received(from, client.login, '');
		const ring =
			rings.get(key) ?? makeRing(period, bytes, text => dialect.received(from, client.login, text));
		rings.set(key, ring);
		return [client, {from, ring, stream: flow}] as const;
	});
	return {flow, batches, sources: new Map(sources)};
}

/** An inbox for everybody who receives, from all who write to it. */
function join({dialect}: Target, routes: readonly Route[], faults: Faults): Reception[] {
	const byClient = new Map<Client, Source[]>();
	for (const {sources} of routes) {
		for (const [client, source] of sources) byClient.set(client, [...(byClient.get(client) ?? []), source]);
	}
	return [...byClient].map(([client, sources]) => ({client, inbox: new Inbox(sources, dialect, faults)}));
}

function fill(routes: readonly Route[]): Flow[] {
	return routes.flatMap(({flow, batches}) => new Array<Flow>(batches).fill(flow));
}

/** Partners are neighbours: 0 and 1, 2 and 3. Throws if somebody has none. */
function partnerOf<T>(all: readonly T[], one: T): T {
	const partner = all[all.indexOf(one) ^ 1];
	if (partner === undefined) throw new RangeError('an even number of clients is needed');
	return partner;
}

function chunk<T>(items: readonly T[], size: number): T[][] {
	return Array.from({length: Math.ceil(items.length / size)}, (_, i) =>
		items.slice(i * size, (i + 1) * size),
	);
}
