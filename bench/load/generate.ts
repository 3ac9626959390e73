// The load generator, a process of its own: drives one scenario against one server and prints what it found as one
// line of JSON. `bench/run.ts` starts it; by hand: node bench/load/generate.ts --port 8080 --scenario pairs
import {writeSync} from 'node:fs';
import {text} from 'node:stream/consumers';
import {parseArgs} from 'node:util';
import type {Target} from './client.ts';
import {comeAndGo, connecting} from './connecting.ts';
import {plain} from './dialect.ts';
import {exchange, type Plan} from './exchange.ts';
import {type Archive, archive} from './extended/archive.ts';
import {extendedPairs} from './extended/converse.ts';
import {knock} from './extended/knock.ts';
import {type OneByOne, oneByOne} from './extended/one-by-one.ts';
import {inRoom} from './extended/room.ts';
import {waiting} from './extended/waiting.ts';
import type {Faults} from './faults.ts';
import {type Idle, idle} from './idle.ts';
import {irc} from './irc.ts';
import {type Latency, latency} from './latency.ts';
import type {Exchange} from './meter.ts';
import {names} from './names.ts';
import type {Percentiles} from './percentiles.ts';
import {fanIn, fanOut, pairs, pingPong, type Size} from './plans.ts';
import {type Stalled, stalled} from './stalled.ts';

/** What a run of the generator prints. */
export type Finding = {
	readonly faults: Faults;
	readonly exchange?: Exchange;
	readonly idle?: Idle;
	readonly latency?: Latency;
	readonly stalled?: Stalled;
	readonly oneByOne?: OneByOne;
	readonly archive?: Archive;
	/** Logins of somebody for whom messages waited. */
	readonly logins?: Percentiles;
	/** From before the server's process was made until it accepted connections, in ms. */
	readonly readyMs?: number;
};

const {values} = parseArgs({
	options: {
		port: {type: 'string'},
		irc: {type: 'boolean', default: false},
		scenario: {type: 'string'},
		clients: {type: 'string', default: '100'},
		bytes: {type: 'string', default: '32'},
		batch: {type: 'string', default: '0'},
		window: {type: 'string', default: '16384'},
		// Messages of one sender that wait for their acknowledgement, in a-chat/1.
		pipeline: {type: 'string', default: '32'},
		// Where this process keeps something of its own to compare with.
		folder: {type: 'string', default: '.'},
		// Messages per second, where that is fixed.
		rate: {type: 'string', default: '20000'},
		// Seconds.
		'warm-up': {type: 'string', default: '1'},
		seconds: {type: 'string', default: '2'},
		'at-least': {type: 'string', default: '0'},
		quiet: {type: 'string', default: '1'},
		// For pairs: how many others come and go before, and how many absent ones are named, one in each line.
		known: {type: 'string', default: '0'},
		absent: {type: 'string', default: '0'},
		// For stalled: how many MB are written to the peer, and whether it reads them.
		megabytes: {type: 'string', default: '64'},
		reads: {type: 'boolean', default: false},
		// For names: how long to wait for one, in ms.
		patience: {type: 'string', default: '2000'},
		// The process group of the server, for its CPU time and memory.
		group: {type: 'string', default: '0'},
		// Which of several generators this is. They share the clients, and wait for each other: each writes a byte to its
		// descriptor 3 when its clients are there, and begins when its standard input ends.
		part: {type: 'string', default: '0'},
		parts: {type: 'string', default: '1'},
	},
});

const target: Target = {port: Number(values.port), dialect: values.irc ? irc : plain};
const parts = Number(values.parts);
// An even number each, as they come in pairs.
const clients = parts === 1 ? Number(values.clients) : 2 * Math.ceil(Number(values.clients) / parts / 2);
const size = {
	clients,
	first: Number(values.part) * clients,
	bytes: Number(values.bytes),
	batch: Number(values.batch),
	window: Number(values.window),
	absent: Number(values.absent),
	rate: Number(values.rate),
};
const pipeline = {
	bytes: size.bytes,
	window: Number(values.pipeline),
	batch: Math.ceil(Number(values.pipeline) / 4),
};
const timing = {
	warmUp: Number(values['warm-up']),
	seconds: Number(values.seconds),
	atLeast: Number(values['at-least']),
	quiet: Number(values.quiet),
};
const group = Number(values.group);
const {folder} = values;

const kinds: Record<string, () => Promise<Finding>> = {
	names: async () => ({faults: await names(target, clients, Number(values.patience))}),
	pairs: () => run(pairs),
	'fan-in': () => run(fanIn),
	'fan-out': () => run(fanOut),
	'ping-pong': () => run(pingPong),
	'extended-pairs': () => extendedPairs(target.port, clients, pipeline, timing, group),
	'one-by-one': () => oneByOne(target.port, size.bytes, folder, timing, group),
	room: () => inRoom(target.port, clients, pipeline, timing, group),
	waiting: () => waiting(target.port, size.bytes, timing),
	knock: () => knock(target.port),
	archive: () => archive(target.port, size.bytes, timing),
	latency: () => latency(target, size, timing, group),
	stalled: () => {
		const feed = {reads: values.reads, feedBytes: Number(values.megabytes) * 1e6};
		return stalled(target, size, feed, timing, group);
	},
	connect: async () => {
		const {faults, exchange} = await connecting(target, clients, group);
		return {faults, ...(exchange && {exchange})};
	},
	idle: async () => {
		const {faults, ...figures} = await idle(target, clients, group);
		return {faults, idle: figures};
	},
};

async function run(make: (target: Target, size: Size) => Promise<Plan>): Promise<Finding> {
	await comeAndGo(target, Number(values.known));
	const plan = await make(target, size);
	if (parts > 1) {
		writeSync(3, '.');
		await text(process.stdin);
	}
	return {faults: plan.faults, exchange: await exchange(plan, timing, group)};
}

try {
	const find = kinds[values.scenario ?? ''];
	if (find === undefined)
		throw new Error(`no scenario "${values.scenario}": ${Object.keys(kinds).join(', ')}`);
	console.log(JSON.stringify(await find()));
	// What is still open is of no use to anybody.
	process.exit(0);
} catch (error) {
	console.error((error as Error).message);
	process.exit(1);
}
