import type {Server} from 'node:net';
import {afterEach, expect, test} from 'vitest';
import {startFaulty} from '../../bench/faults/server.ts';
import {describeFaults, type Faults} from '../../bench/load/faults.ts';
import {generate} from '../../bench/measure.ts';
import {startLeast} from '../../bench/reference/least.ts';
import {startPlain} from '../../bench/reference/plain.ts';
import {portOf} from '../../bench/reference/stand.ts';

const servers: Server[] = [];

afterEach(() => {
	for (const server of servers.splice(0)) server.close();
});

// Enough for one line in so many to be met, also where a few clients share them.
const period = 2000;
const exchange = ['--warm-up', '0.01', '--seconds', '0.05', '--at-least', '5000', '--clients', '10'];
const loads = {
	pairs: ['--scenario', 'pairs', '--bytes', '32', ...exchange],
	longPairs: ['--scenario', 'pairs', '--bytes', '448', ...exchange],
	fanIn: ['--scenario', 'fan-in', ...exchange, '--at-least', '10000'],
	fanOut: ['--scenario', 'fan-out', ...exchange],
	pingPong: ['--scenario', 'ping-pong', ...exchange],
	latency: [
		'--scenario',
		'latency',
		'--warm-up',
		'0.01',
		'--seconds',
		'0.5',
		'--rate',
		'40000',
		'--clients',
		'10',
	],
	stalled: [
		'--scenario',
		'stalled',
		'--reads',
		'--warm-up',
		'0.01',
		'--rate',
		'100',
		'--clients',
		'2',
		'--megabytes',
		'5',
	],
	names: ['--scenario', 'names', '--clients', '10', '--patience', '200'],
};

async function check(start: Promise<Server>, load: readonly string[]): Promise<Faults> {
	const server = await start;
	servers.push(server);
	const {faults} = await generate(['--port', String(portOf(server)), ...load]);
	return faults;
}

test.for([
	['lost', 'pairs', 'lost'],
	['lost', 'fanIn', 'lost'],
	['lost', 'fanOut', 'lost'],
	['lost', 'pingPong', 'lost'],
	['lost', 'latency', 'lost'],
	['doubled', 'pairs', 'doubled'],
	['doubled', 'fanIn', 'doubled'],
	['doubled', 'fanOut', 'doubled'],
	['doubled', 'latency', 'doubled'],
	['swapped', 'pairs', 'late'],
	['swapped', 'fanIn', 'late'],
	['swapped', 'fanOut', 'late'],
	['forged', 'pairs', 'foreign'],
	['damaged', 'fanIn', 'foreign'],
	['lost', 'stalled', 'lost'],
	['damaged', 'longPairs', 'foreign'],
	['unfreed', 'names', 'unfreed'],
] as const)('a server with the fault "%s" is found out by %s', async ([fault, load, kind]) => {
	const faults = await check(startFaulty(0, fault, {period}), loads[load]);
	const {examples, ...counts} = faults;
	const found = Object.entries(counts).filter(([, count]) => count > 0);
	expect(found.map(([name]) => name)).toContain(kind);
	// Who does not get a line as it was sent has also lost it; else nothing is blamed but what was planted.
	expect(found.filter(([name]) => name !== kind && !(kind === 'foreign' && name === 'lost'))).toEqual([]);
	expect(examples.length).toBeGreaterThan(0);
});

test.for(Object.keys(loads) as (keyof typeof loads)[])('servers in good order pass %s', async load => {
	const fewer = [...loads[load], '--at-least', '3000'];
	const starts = [startPlain(0), startLeast(0), startFaulty(0, 'none')];
	const found = await Promise.all(starts.map(start => check(start, fewer)));
	expect(found.map(describeFaults)).toEqual([undefined, undefined, undefined]);
});
