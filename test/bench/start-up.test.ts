import path from 'node:path';
import {expect, test} from 'vitest';
import {measureStartUp} from '../../bench/start-up/measure.ts';

const screen = path.resolve(import.meta.dirname, '../../bench/faults/screen.ts');

async function faultsOf(fault: string): Promise<readonly string[]> {
	const screens = [{name: fault, command: `node '${screen}' --fault ${fault}`}];
	const [startUp] = await measureStartUp({screens, starts: 1}, () => {});
	return startUp?.faults ?? ['nothing was measured'];
}

test('a screen that moves, or forgets a key, after its first complete frame is found out', async () => {
	const faults = await Promise.all(['none', 'moves', 'forgets'].map(faultsOf));
	expect(faults).toEqual([[], ['something moved after the first complete frame'], ['a key was lost']]);
});

test('a program that draws nothing is an error', async () => {
	const screens = [{name: 'mute', command: 'echo'}];
	await expect(measureStartUp({screens, starts: 1}, () => {})).rejects.toThrow('echo draws nothing');
});
