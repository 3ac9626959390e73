import {describe, it} from 'vitest';
import {check, timeout} from '../model/runs.ts';
import {inMemory, onDisk, onDiskHere, type Place} from './hosts.ts';
import {Player} from './player.ts';
import {describeScript, script} from './script.ts';

const stores: readonly [string, number, () => Place][] = [
	['memory', 400, inMemory],
	['disk', 40, onDisk],
	['disk, without the worker', 200, onDiskHere],
];

describe('what every peer of either dialect gets is what the model says', () => {
	it.each(stores)('with a store in %s', {timeout}, async (_, runs, makePlace) => {
		await check(script, runs, async one => {
			try {
				await new Player(makePlace()).play(one);
			} catch (error) {
				throw new Error(`${String(error)}\n\n${describeScript(one)}`, {cause: error});
			}
		});
	});
});
