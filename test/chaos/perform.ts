import {runCleanups} from '../support/cleanup.ts';
import type {Case, Stage, Tally} from './case.ts';
import {Random} from './random.ts';

export type PerformOptions = {
	/** The same seed does the same again. */
	readonly seed: number;
	readonly isQuick: boolean;
	readonly kills: number;
	/** Whether times count: not where the machine has other things to do. */
	readonly judgesTime: boolean;
	readonly tell: (what: string) => void;
};

/** What came of a case. */
export type Outcome = {
	readonly name: string;
	readonly isAttack: boolean;
	readonly tally: Tally | undefined;
	readonly notes: readonly string[];
	/** What was wrong; nothing if it held. */
	readonly problems: readonly string[];
	/** Why it was not tried. */
	readonly skipped?: string;
	readonly seconds: number;
};

/** Runs a case, ends all that it started, and says what came of it. */
export const perform = async (
	{name, isAttack = false, run}: Case,
	options: PerformOptions,
): Promise<Outcome> => {
	const {seed, isQuick, kills, judgesTime, tell} = options;
	const notes: string[] = [];
	const problems: string[] = [];
	let skipped: string | undefined;
	const stage: Stage = {
		random: new Random(seed).fork(name),
		isQuick,
		kills,
		judgesTime,
		tell: what => tell(`${name}: ${what}`),
		note: what => notes.push(what),
		expect(isRight, otherwise) {
			if (!isRight) problems.push(otherwise);
		},
		skip(why) {
			skipped = why;
		},
	};
	const from = performance.now();
	let tally: Tally | undefined;
	tell(name);
	try {
		tally = await run(stage);
		const {lost = 0, doubled = 0} = tally;
		if (lost + doubled > 0 && problems.length === 0) problems.push(`${lost} lost, ${doubled} doubled`);
	} catch (error) {
		problems.push((error as Error).message);
	}
	await runCleanups('test');
	const seconds = (performance.now() - from) / 1000;
	return {name, isAttack, tally, notes, problems, seconds, ...(skipped === undefined ? {} : {skipped})};
};
