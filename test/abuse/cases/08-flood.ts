import type {Case, Stage} from '../case.ts';

/** Lines a second that `--rate` lets through, after a burst. */
const rate = 200;
const burst = 1000;

/** Has `flooders` write at full speed, each to `readers` of its own. */
const run =
	(flooders: number, readers: number, isRated: boolean) =>
	({attack, isQuick}: Stage): Promise<void> =>
		attack('flood', {
			flooders,
			readers,
			ms: isQuick ? 300 : 10_000,
			// In a second of a busy machine, whoever does not get to read is who gets less.
			leastFairness: flooders > 1 && (isRated || !isQuick) ? 90 : 0,
			leastLines: isRated ? burst : 5000,
			burst,
			rate: isRated ? rate : 0,
		});

export const floodCases: readonly Case[] = [
	{id: '8a', name: 'one floods 20, with --rate', flags: `--rate ${rate}`, run: run(1, 20, true)},
	{id: '8b', name: 'ten flood, with --rate', flags: `--rate ${rate}`, run: run(10, 1, true)},
	{id: '8c', name: 'one floods 20, without --rate', run: run(1, 20, false)},
	{id: '8d', name: 'ten flood, without --rate', run: run(10, 1, false)},
];
