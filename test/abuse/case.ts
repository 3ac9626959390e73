import type {Host} from './host.ts';
import type {Counts} from './scene.ts';
import type {Talkers} from './talkers.ts';

/** What a case has while it runs. */
export type Stage = {
	readonly host: Host;
	readonly talkers: Talkers;
	/** Whether it runs small, for `npm test`. */
	readonly isQuick: boolean;
	/** How long a soak lasts. */
	readonly minutes: number;
	/**
	 * Runs an attack to its end; what the server did wrong, and what was done, goes into the case's row. `onPhase` is called
	 * for each phase that the attack tells of; when that has settled, the attack goes on, or ends if that was false.
	 */
	attack(name: string, sizes: Counts, onPhase?: (phase: string) => Promise<unknown>): Promise<void>;
	/** Notes a sentence about what was wrong, unless `isRight`. */
	expect(isRight: boolean, otherwise: string): void;
	/** Adds to what the row says was tried. */
	note(what: string): void;
};

/** One thing that a hostile or broken world does. */
export type Case = {
	/** A number, and a letter where that number has several. */
	readonly id: string;
	readonly name: string;
	/** Flags that the program is started with. */
	readonly flags?: string;
	/** What the shell does before it starts the program; `$HOME` is a folder of the program's own. */
	readonly setUp?: string;
	/** Why it cannot be tried on this machine; undefined if it can. */
	readonly obstacle?: () => string | undefined;
	/** Whether the program has ended when it is over; otherwise it must not have. */
	readonly endsHost?: boolean;
	/**
	 * What the heap, buffers included, may have grown when all who misbehaved are gone, in bytes. Default 20 MiB: a server
	 * keeps some buffers for the next who come.
	 */
	readonly mostGrowth?: number;
	/** Comes before anything is measured, so that what is only ever allocated once is there. */
	readonly warmUp?: (stage: Stage) => Promise<void>;
	readonly run: (stage: Stage) => Promise<void>;
};
