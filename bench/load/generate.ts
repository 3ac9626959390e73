// The load generator, a process of its own: drives one scenario against one server and prints what it found as one
// line of JSON. `bench/run.ts` starts it; by hand: node bench/load/generate.ts --port 8080 --scenario pairs
import {parseArgs} from 'node:util';
import type {Target} from './client.ts';
import {plain} from './dialect.ts';
import {exchange, type Plan} from './exchange.ts';
import type {Faults} from './faults.ts';
import {type Idle, idle} from './idle.ts';
import type {Exchange} from './meter.ts';
import {names} from './names.ts';
import {fanIn, fanOut, pairs, pingPong, type Size} from './plans.ts';

/** What a run of the generator prints. */
export type Finding = {readonly faults: Faults; readonly exchange?: Exchange; readonly idle?: Idle};

const {values} = parseArgs({
	options: {
		port: {type: 'string'},
		scenario: {type: 'string'},
		clients: {type: 'string', default: '100'},
		bytes: {type: 'string', default: '32'},
		window: {type: 'string', default: '65536'},
		// Seconds.
		'warm-up': {type: 'string', default: '1'},
		seconds: {type: 'string', default: '2'},
		'at-least': {type: 'string', default: '0'},
		// For names: how long to wait for one, in ms.
		patience: {type: 'string', default: '2000'},
		// The process group of the server, for its CPU time and memory.
		group: {type: 'string', default: '0'},
	},
});

const plans: Record<string, (target: Target, size: Size) => Promise<Plan>> = {
	pairs,
	'fan-in': fanIn,
	'fan-out': fanOut,
	'ping-pong': pingPong,
};

async function find(scenario: string): Promise<Finding> {
	const target = {port: Number(values.port), dialect: plain};
	const clients = Number(values.clients);
	const group = Number(values.group);
	if (scenario === 'names') return {faults: await names(target, clients, Number(values.patience))};
	if (scenario === 'idle') {
		const {faults, ...figures} = await idle(target, clients, group);
		return {faults, idle: figures};
	}
	const make = plans[scenario];
	if (make === undefined) throw new Error(`no scenario "${scenario}"`);
	const plan = await make(target, {clients, bytes: Number(values.bytes), window: Number(values.window)});
	const timing = {
		warmUp: Number(values['warm-up']),
		seconds: Number(values.seconds),
		atLeast: Number(values['at-least']),
	};
	return {faults: plan.faults, exchange: await exchange(plan, timing, group)};
}

try {
	console.log(JSON.stringify(await find(values.scenario ?? '')));
	// What is still open is of no use to anybody.
	process.exit(0);
} catch (error) {
	console.error((error as Error).message);
	process.exit(1);
}
