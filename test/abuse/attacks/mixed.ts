import type {Attack, Counts, Scene} from '../scene.ts';
import {cycles} from './cycles.ts';
import {endlessLines, longestLines} from './endless-lines.ts';
import {flood} from './flood.ts';
import {foreign} from './foreign.ts';
import {invalidUtf8} from './invalid-utf8.ts';
import {neverRead} from './never-read.ts';
import {oneName} from './one-name.ts';

const withSizes = (scene: Scene, sizes: Counts): Scene => ({
	...scene,
	size(name) {
		const size = sizes[name];
		if (size === undefined) throw new Error(`A part of the mixture has to be told: ${name}`);
		return size;
	},
});

/**
 * Everything at once, again and again for `ms`: joins and leaves, floods, refused names, invalid bytes, readers that are
 * slow. After each round all of them are gone, and `round` is reached.
 */
export const mixed: Attack = async scene => {
	const until = performance.now() + scene.size('ms');
	const parts: readonly (readonly [Attack, Counts])[] = [
		[cycles, {cycles: scene.size('cycles'), lanes: 20}],
		[endlessLines, {bytes: scene.size('bytes'), lanes: 2}],
		[longestLines, {lines: 10}],
		[
			flood,
			{flooders: 3, readers: 2, ms: scene.size('floodMs'), leastFairness: 0, mostLines: 1e9, leastLines: 1},
		],
		[foreign, {rounds: 1, patienceMs: 1000, isPatient: 0}],
		[invalidUtf8, {step: 30}],
		[neverRead, {readers: 2, bytes: scene.size('bytes')}],
		[oneName, {rounds: 20, lanes: 10, slowEvery: 10}],
	];
	while (performance.now() < until) {
		await Promise.all(parts.map(([attack, sizes]) => attack(withSizes(scene, sizes))));
		scene.count('rounds of all');
		await scene.reach('round');
	}
};
