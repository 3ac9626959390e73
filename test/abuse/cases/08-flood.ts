import type {Case, Stage} from '../case.ts';

/** Lines a second that `--rate` lets through, after a burst. */
const rate = 200;
const burst = 1000;

/** Has `flooders` write at full speed, and each has to get rid of about what the rate allows, if there is one. */
const run =
	(flooders: number, readers: number, isRated: boolean) =>
	({attack, isQuick}: Stage): Promise<void> => {
		const seconds = isQuick ? 1 : 10;
		const allowed = burst + rate * seconds;
		return attack('flood', {
			flooders,
			readers,
			ms: seconds * 1000,
			leastFairness: flooders > 1 ? 90 : 0,
			// What was allowed when the clock of the attack began late, or ended late.
			mostLines: isRated ? allowed * 1.25 : 1e12,
			leastLines: isRated ? burst : 1,
		});
	};

export const floodCases: readonly Case[] = [
	{id: '8a', name: 'one floods 20, with --rate', flags: `--rate ${rate}`, run: run(1, 20, true)},
	{id: '8b', name: 'ten flood, with --rate', flags: `--rate ${rate}`, run: run(10, 1, true)},
	{id: '8c', name: 'one floods 20, without --rate', run: run(1, 20, false)},
	{id: '8d', name: 'ten flood, without --rate', run: run(10, 1, false)},
];
