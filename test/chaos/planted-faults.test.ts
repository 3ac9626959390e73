import {describe, expect, test} from 'vitest';
import {forgetKeys} from './planted/forgotten-key.ts';
import {ackTooEarly} from './planted/hasty-ack.ts';
import {Random} from './random.ts';
import {Storm, type StormOptions} from './storm.ts';

/** What the books say after a few kills. */
const verdictOf = async (
	kills: number,
	kill: (storm: Storm) => Promise<void>,
	options: Omit<StormOptions, 'random' | 'clients' | 'calmMs'> = {},
): Promise<string> => {
	const storm = await Storm.start({random: new Random(7), clients: 2, calmMs: 500, ...options});
	for (let count = 0; count < kills; count++) {
		await storm.talk(60, 120);
		await kill(storm);
	}
	const {verdict} = await storm.judge();
	return verdict.examples.join('\n');
};

describe('a planted fault is found out', {timeout: 60_000}, () => {
	test('an acknowledgement before anything is stored', async () => {
		expect(await verdictOf(2, storm => storm.killHost(), {via: ackTooEarly})).toMatch(
			/lost: \w+ \d+ was acknowledged and is not stored/,
		);
	});

	test('a key that is forgotten', async () => {
		expect(await verdictOf(4, storm => storm.killHost(), {via: forgetKeys})).toMatch(
			/doubled: stored of \w+: \d+/,
		);
	});

	test('a cursor that moves before what came is stored', async () => {
		expect(await verdictOf(1, storm => storm.killClient(), {isHasty: true})).toMatch(
			/lost: \w+ has not got message \d+ of \w+/,
		);
	});
});
