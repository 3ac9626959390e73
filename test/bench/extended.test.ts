import path from 'node:path';
import {expect, onTestFinished, test} from 'vitest';
import {startFaulty} from '../../bench/faults/server.ts';
import {generate} from '../../bench/generators.ts';
import {describeFaults} from '../../bench/load/faults.ts';
import {measure} from '../../bench/measure.ts';
import {type Options, readOptions} from '../../bench/options.ts';
import {portOf} from '../../bench/reference/stand.ts';
import {scenarios} from '../../bench/scenarios.ts';
import {content, messageAt, numberIn} from '../../bench/stores/content.ts';
import {summarize} from '../../bench/summary.ts';
import {start} from '../broker/start.ts';

const host = path.resolve(import.meta.dirname, '../../bench/profile/host.ts');
const single = path.resolve(import.meta.dirname, '../../bench/reference/single.ts');

// Enough for one line in 10,000 to be met: each message is at least four.
const enough = [
	'--warm-up',
	'0.01',
	'--seconds',
	'0.05',
	'--at-least',
	'3500',
	'--clients',
	'10',
	'--quiet',
	'4',
];

async function checkBehind(fault: string): Promise<string | undefined> {
	const broker = await start();
	const proxy = await startFaulty(0, fault, {upstream: broker.address.port});
	onTestFinished(() => void proxy.close());
	const load = ['--port', String(portOf(proxy)), '--scenario', 'extended-pairs', ...enough];
	return describeFaults((await generate(load)).faults);
}

test.concurrent('a host of a-chat/1 that loses a line is found out', async () => {
	expect(await checkBehind('lost')).toMatch(/\d+ (lost|foreign).*; /);
});

test.concurrent('our host in good order passes', async () => {
	expect(await checkBehind('none')).toBeUndefined();
});

test.concurrent.for([
	['acks-100', 'acks-100', '--clients', '10'],
	['ack-one', 'ack-one-commit'],
	['room-1000', 'room-1000', '--clients', '3'],
	['waiting', 'waiting'],
] as const)('%s has its figure on hosts that keep what is said', async ([name, figure, ...flags]) => {
	const options = readOptions(['--quick', '--seconds', '0.1']) as Options;
	const found = scenarios.find(one => one.name === name);
	if (found === undefined) throw new Error(`there is no ${name}`);
	// On a machine that is in use nothing may come for a while.
	const patient = ['--at-least', '1', '--quiet', '10'];
	const scenario = {...found, flags: [...found.flags, ...flags, ...patient]};
	const hosts = [{name: 'disk', command: `node '${host}' --listen {port} --store {store}`}];
	if (scenario.hosts?.includes('single'))
		hosts.push({name: 'single', command: `node '${single}' --listen {port} --store {store}`});
	const mine = {...options, hosts, warmUpSeconds: 0.1};
	const rows = summarize(await measure([scenario], mine, () => {}), [scenario], mine);
	expect(rows.flatMap(({faults}) => faults)).toEqual([]);
	for (const row of rows.filter(({scenario}) => scenario === figure)) expect(row.value).toBeGreaterThan(0);
	expect(rows.find(({server, scenario}) => server === 'disk' && scenario === figure)?.verdicts).not.toEqual(
		[],
	);
});

test('the store with a history holds what the questions to it expect', () => {
	const all = Array.from({length: 300_000}, (_, i) => messageAt(i));
	expect(all.every(({text}, i) => numberIn(text) === i)).toBe(true);
	const rare = all.filter(({text}) => text.includes(content.rare));
	expect(rare.map(({text}) => numberIn(text))).toEqual([0, 100_000, 200_000]);
	const pair = all.filter(({from, to}) => from + (to ?? 1000) === 1);
	expect(pair.length).toBeGreaterThanOrEqual(60_000);
	expect(all.every(({from, to, room}) => from !== to && (to === undefined) !== (room === undefined))).toBe(
		true,
	);
});
