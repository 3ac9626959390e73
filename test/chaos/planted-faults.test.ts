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

/** When exactly a kill falls is up to the machine: the fault has to show in one of a few storms. */
const expectFound = async (find: () => Promise<string>, wanted: RegExp): Promise<void> => {
	let said = '';
	for (let storms = 0; storms < mostStorms && !wanted.test(said); storms++) said = await find();
	expect(said).toMatch(wanted);
};

const mostStorms = 8;

describe('a planted fault is found out', () => {
	test('an acknowledgement before anything is stored', async () => {
		await expectFound(
			() => verdictOf(2, storm => storm.killHost(), {via: ackTooEarly}),
			/lost: \w+ \d+ was acknowledged and is not stored/,
		);
	});

	test('a key that is forgotten', async () => {
		await expectFound(
			() => verdictOf(4, storm => storm.killHost(), {via: forgetKeys}),
			/doubled: stored of \w+: \d+/,
		);
	});

	test('a cursor that moves before what came is stored', async () => {
		await expectFound(
			() => verdictOf(1, storm => storm.killClient(), {isHasty: true}),
			/lost: \w+ has not got message \d+ of \w+/,
		);
	});
});
