import type {Random} from './random.ts';

/** What a case has while it runs. */
export type Stage = {
	readonly random: Random;
	/** Whether it runs small, for `npm test`. */
	readonly isQuick: boolean;
	/** How often something is killed. */
	readonly kills: number;
	/** Whether times count: not where the machine has other things to do. */
	readonly judgesTime: boolean;
	/** Says how far it is. */
	tell(what: string): void;
	/** Adds to the last column of the row. */
	note(what: string): void;
	/** Notes a sentence about what was wrong, unless `isRight`. */
	expect(isRight: boolean, otherwise: string): void;
	/** Says why it cannot be tried on this machine. */
	skip(why: string): void;
};

/** What a row counts. */
export type Tally = {
	/** How often it was tried. */
	readonly tries: number;
	/** Messages that were acknowledged. */
	readonly acked?: number;
	readonly lost?: number;
	readonly doubled?: number;
};

/** One thing that goes wrong in the world, or that somebody does on purpose. */
export type Case = {
	readonly name: string;
	readonly isAttack?: boolean;
	readonly run: (stage: Stage) => Promise<Tally>;
};
