import type {Keeping} from '../keeping.ts';
import {type Look, lookOn, type Taken} from './age.ts';
import type {State} from './exchange.ts';
import type {Passed} from './keeper.ts';
import {StepSize} from './step-size.ts';

/** Messages that are put into the index in one step, which a commit may have to wait for: more than come meanwhile. */
const stepMessages = 1500;
/** Messages that are removed in one step: a few more than needed, and so many at most. */
const fewestRemoved = 10;
const stepRemoved = 4000;
/** Pages of the index that are joined in one step, at most. */
const stepMerged = 200;
/** How long a step should take, in ms: a commit may have to wait for it. It may take longer the further behind it is. */
const stepMs = 10;
/** Steps in a row after which the index is so far behind that joining its parts may take twice as long. */
const patientMerges = 16;
/** How far above what is kept a step of removing may take twice as long. */
const patientExcess = 0.0625;
/** Many times as long as a step should take it takes at most. */
const mostHaste = 8;
const mostMergingHaste = 3;
/** Pages that are given back in one step. */
const stepPages = 100;

/** Times of messages that are looked at together. */
const stepTimes = 1000;

/** The store as the chores need it. */
type Sides = {
	readonly state: Pick<State, 'newest' | 'oldest' | 'usedBytes' | 'tookMs'>;
	read<T>(method: string, ...args: readonly unknown[]): Promise<T>;
	write<T>(method: string, ...args: readonly unknown[]): Promise<T>;
};

/** How the index is written anew. */
class Merging {
	readonly size = new StepSize(stepMerged, 50);
	/** Steps since nothing was left to be done. */
	steps = 0;
}

/** What has to be done beside taking messages: the index, and what is not to be kept any more. In steps, as others wait. */
export class Chores {
	readonly #sides: Sides;
	readonly #keeping: Keeping;
	/** Messages up to here are to be removed. */
	#upTo = 0;
	readonly #removed = new StepSize(stepRemoved, 500);
	readonly #merging = {small: new Merging(), removed: new Merging()};
	/** Whether there may be something in the index that was removed. */
	#hasRemoved = true;

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
		const isBehind = await this.#index();
		const isJoining = await this.#merge('small');
		const isRemoving = await this.#removeSome(now);
		if (this.#hasRemoved) this.#hasRemoved = (await this.#merge('removed')) || isRemoving;
		return isBehind || isJoining || isRemoving || this.#hasRemoved;
	}

	#index(): Promise<boolean> {
		return this.#sides.write('index', stepMessages);
	}

	async #removeSome(now: number): Promise<boolean> {
		const {oldest, newest} = this.#sides.state;
		const tooMany = this.#tooMany;
		const [upTo, most] = tooMany > 0 ? [newest, tooMany] : [this.#upTo, Number.POSITIVE_INFINITY];
		if (oldest > upTo) return this.#sides.write('giveBack', stepPages);
		this.#hasRemoved = true;
		await this.#remove(upTo, most, now);
		// As much comes in during each step as at any other time.
		await this.#index();
		return true;
	}

	async #merge(what: 'small' | 'removed'): Promise<boolean> {
		const merging = this.#merging[what];
		const pages = merging.size.amount;
		const hasMore = await this.#sides.write<boolean>('merge', what, pages);
		merging.steps = hasMore ? merging.steps + 1 : 0;
		// Nothing to do says nothing.
		if (!hasMore) return false;
		const haste = Math.min(mostMergingHaste, 1 + merging.steps / patientMerges);
		merging.size.learn(pages, this.#sides.state.tookMs, stepMs * haste);
		return true;
	}

	async #remove(upTo: number, most: number, now: number): Promise<void> {
		const messages = Math.min(most, this.#removed.amount);
		await this.#sides.write('remove', upTo, messages, now);
		const {tookMs, usedBytes} = this.#sides.state;
		const excess = Math.max(0, usedBytes / this.#keeping.keepBytes - 1);
		this.#removed.learn(messages, tookMs, stepMs * Math.min(mostHaste, 1 + excess / patientExcess));
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

	/** About how many messages the file is too large for. */
	get #tooMany(): number {
		const {usedBytes, oldest, newest} = this.#sides.state;
		const {keepBytes} = this.#keeping;
		const tooMuch = (usedBytes - keepBytes) / usedBytes;
		if (tooMuch <= 0 || oldest > newest) return 0;
		return fewestRemoved + Math.ceil(tooMuch * (newest - oldest + 1));
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
