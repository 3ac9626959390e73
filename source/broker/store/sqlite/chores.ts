import type {Keeping} from '../keeping.ts';
import {type Look, lookOn, type Taken} from './age.ts';
import type {State} from './exchange.ts';
import type {Passed} from './keeper.ts';

/** Messages that are put into the index in one step, which a commit may have to wait for: more than come meanwhile. */
const stepMessages = 1500;
/** Messages that are removed in one step: a few more than needed, at most so many, and more if more comes in than goes. */
const fewestRemoved = 10;
const stepRemoved = 200;
const stepRemovedInHaste = 1000;
/** How far above what is kept more is coming in than goes. */
const hasteAbove = 1.125;
/** Pages that are given back in one step. */
const stepPages = 100;

/** Times of messages that are looked at together. */
const stepTimes = 1000;

/** The store as the chores need it. */
type Sides = {
	readonly state: Pick<State, 'newest' | 'oldest' | 'usedBytes'>;
	read<T>(method: string, ...args: readonly unknown[]): Promise<T>;
	write<T>(method: string, ...args: readonly unknown[]): Promise<T>;
};

/** What has to be done beside taking messages: the index, and what is not to be kept any more. In steps, as others wait. */
export class Chores {
	readonly #sides: Sides;
	readonly #keeping: Keeping;
	/** Messages up to here are to be removed. */
	#upTo = 0;

	constructor(sides: Sides, keeping: Keeping) {
		this.#sides = sides;
		this.#keeping = keeping;
	}

	/**
	 * Does a step of each; says whether there is more to do now.
	 *
	 * @param now in ms since 1970
	 */
	async step(now: number): Promise<boolean> {
		const isBehind = await this.#sides.write<boolean>('index', stepMessages);
		const {oldest, newest} = this.#sides.state;
		const tooMany = this.#tooMany;
		const [upTo, most] = tooMany > 0 ? [newest, tooMany] : [this.#upTo, stepRemoved];
		if (oldest > upTo) return (await this.#sides.write<boolean>('giveBack', stepPages)) || isBehind;
		await this.#sides.write('remove', upTo, most, now);
		return true;
	}

	/**
	 * Counts the time that the host has run, and looks once a day of it for what is too old.
	 *
	 * @param ms since the last time
	 * @param now in ms since 1970
	 * @returns accounts whose names nobody has used for long
	 */
	async count(ms: number, now: number): Promise<readonly number[]> {
		const {isDue, latest} = await this.#sides.write<{isDue: boolean; latest: number}>('ran', ms);
		if (!isDue) return [];
		const {upTo, unused} = await this.#sides.write<Passed>('pass', await this.#findOld(latest, now), now);
		this.#upTo = upTo;
		return unused;
	}

	/** About how many messages the file is too large for, as far as one step goes. */
	get #tooMany(): number {
		const {usedBytes, oldest, newest} = this.#sides.state;
		const {keepBytes} = this.#keeping;
		const tooMuch = (usedBytes - keepBytes) / usedBytes;
		if (tooMuch <= 0 || oldest > newest) return 0;
		const most = usedBytes > hasteAbove * keepBytes ? stepRemovedInHaste : stepRemoved;
		return Math.min(most, fewestRemoved + Math.ceil(tooMuch * (newest - oldest + 1)));
	}

	async #findOld(latest: number, now: number): Promise<number> {
		const before = now - this.#keeping.keepMs;
		const seen = this.#sides.state.oldest - 1;
		let look: Look = {seen, found: 0, latest, isOver: before === Number.NEGATIVE_INFINITY};
		while (!look.isOver) {
			const rows = await this.#sides.read<Taken[]>('taken', look.seen, stepTimes);
			if (rows.length === 0) break;
			look = lookOn(look, rows, before, now);
		}
		return look.found;
	}
}
