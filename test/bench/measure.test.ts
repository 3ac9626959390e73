import path from 'node:path';
import {expect, test} from 'vitest';
import {measure} from '../../bench/measure.ts';
import {type Options, readOptions} from '../../bench/options.ts';
import type {Scenario} from '../../bench/scenario.ts';
import {scenarios} from '../../bench/scenarios.ts';

const least = `node '${path.resolve(import.meta.dirname, '../../bench/reference/least.ts')}' --listen {port}`;

/** What is said about two scenarios in one round, the first of which is quick to run. */
function measureWith(flags: readonly string[], command: string) {
	const options = readOptions(['--quick', '--seconds', '0.1', '--server', `one=${command}`]);
	const [names] = scenarios as readonly [Scenario];
	const quick = {...names, flags: ['--scenario', 'names', '--clients', '2']};
	return measure([quick, {...names, name: 'second', flags}], options as Options, () => {});
}

test('a run that comes to no end is a fault of that run alone', async () => {
	const found = await measureWith(['--scenario', 'pairs', '--clients', '3'], least);
	expect(found.map(({finding: {faults}}) => [faults.failed, ...faults.examples])).toEqual([
		[0],
		[1, 'an even number of clients is needed'],
	]);
});

test('a server that does not start at all is an error', async () => {
	await expect(measureWith([], 'echo no >&2; exit 3')).rejects.toThrow('no');
});
