import type {Attack, Counts, Scene} from '../scene.ts';
import {cycles} from './cycles.ts';
import {endlessLines, longestLines} from './endless-lines.ts';
import {flood} from './flood.ts';
import {foreign} from './foreign.ts';
import {invalidUtf8} from './invalid-utf8.ts';
import {neverRead} from './never-read.ts';
import {oneName} from './one-name.ts';
import {slowReaders} from './slow-readers.ts';

const withSizes = (scene: Scene, sizes: Counts): Scene => ({
	...scene,
	size(name) {
		const size = sizes[name];
		if (size === undefined) throw new Error(`A part of the mixture has to be told: ${name}`);
		return size;
	},
});

type Part = readonly [Attack, Counts];

/**
 * Attacks at the same time and then `last`, again and again; after each round, with all their connections closed, `round`
 * is reached.
 */
const inRounds =
	(
		partsOf: (scene: Scene) => readonly Part[],
		lastOf: (scene: Scene) => readonly Part[] = () => [],
	): Attack =>
	async scene => {
		const play = (parts: readonly Part[]) =>
			Promise.all(parts.map(([attack, sizes]) => attack(withSizes(scene, sizes))));
		do {
			await play(partsOf(scene));
			await play(lastOf(scene));
			scene.count('rounds');
		} while (await scene.reach('round'));
	};

/**
 * Joins and leaves, refused names, invalid bytes, peers that never read. At last some read late: then a server keeps as much
 * of the memory for waiting lines as it ever does, the same in each round.
 */
export const mixed = inRounds(
	({size}) => [
		[cycles, {cycles: size('cycles'), lanes: 20}],
		[endlessLines, {bytes: size('bytes'), lanes: 2}],
		[longestLines, {lines: 10}],
		[foreign, {rounds: 1, patienceMs: 5000, isPatient: 0}],
		[invalidUtf8, {step: 30}],
		[neverRead, {readers: 2, bytes: size('bytes')}],
		[oneName, {rounds: 20, lanes: 10, slowEvery: 10}],
	],
	({size}) => [[slowReaders, {readers: size('slow')}]],
);

/** What takes all the time that a process gets, so that it has to have one of its own. */
export const floods = inRounds(({size}) => [
	[flood, {flooders: 3, readers: 2, ms: size('ms'), leastFairness: 0, leastLines: 0, burst: 0, rate: 0}],
]);
