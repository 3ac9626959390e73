import {extendedLimits} from '../protocol/extended/limits.ts';
import type {Answer, Request} from './extended/requests.ts';
import {SessionError} from './session-error.ts';
import {type HeldMessage, heldOf} from './store/held.ts';

/** A conversation, as a host is asked for it. */
export type Place = {readonly with: readonly string[]} | {readonly room: string};

type Asked = {
	readonly place: Place;
	/** What the host has told and nobody has got so far, oldest first. */
	told: readonly Numbered[];
	/** Where it goes on. */
	before: number | undefined;
	hasMore: boolean;
};

type Numbered = HeldMessage & {readonly n: number};

/** The messages of an answer that have a number at the host. */
export const numberedIn = (lines: Answer['lines']): readonly Numbered[] =>
	lines.flatMap(line =>
		line.type === 'msg' && line.n !== undefined ? [{...heldOf(line, false), n: line.n}] : [],
	);

const keyOf = (place: Place): string => JSON.stringify(place);

/** What a host keeps of several conversations, from the newest back, as one. */
export class HostHistory {
	readonly #ask: (request: Request) => Promise<Answer>;
	readonly #asked = new Map<string, Asked>();
	/** Everything from this number on was given, or was there before. */
	#before: number | undefined;

	/**
	 * @param ask see `Session.ask`
	 * @param before the number of the oldest message that is there already
	 */
	constructor(ask: (request: Request) => Promise<Answer>, before: number | undefined) {
		this.#ask = ask;
		this.#before = before;
	}

	/**
	 * What was said before all that was given so far, oldest first. The host is asked for one page of each conversation at
	 * most; of those that have more behind it, nothing is given that may have something of another one in front of it.
	 *
	 * @param places conversations to begin with from here on, beside those that were asked for before
	 * @throws {SessionError} `NOT_EXTENDED`, or `LOST`: then it can be asked again
	 */
	async earlier(places: readonly Place[]): Promise<readonly HeldMessage[]> {
		for (const place of places) {
			const key = keyOf(place);
			if (!this.#asked.has(key)) this.#asked.set(key, {place, told: [], before: this.#before, hasMore: true});
		}
		const all = [...this.#asked.values()];
		await Promise.all(all.map(asked => this.#fill(asked)));
		const from = Math.max(0, ...all.map(({hasMore, told}) => (hasMore ? (told[0]?.n ?? 0) : 0)));
		// What is for a room and for somebody is in two conversations.
		const given = new Map<number, Numbered>();
		for (const asked of all) {
			for (const message of asked.told) if (message.n >= from) given.set(message.n, message);
			asked.told = asked.told.filter(({n}) => n < from);
		}
		const messages = [...given.values()].toSorted((one, other) => one.n - other.n);
		this.#before = messages[0]?.n ?? this.#before;
		return messages;
	}

	async #fill(asked: Asked): Promise<void> {
		if (asked.told.length > 0 || !asked.hasMore) return;
		const {place, before} = asked;
		try {
			const limit = extendedLimits.page;
			const {lines, hasMore} = await this.#ask({type: 'history', ...place, before, limit});
			asked.told = numberedIn(lines);
			asked.hasMore = hasMore && asked.told.length > 0;
			asked.before = asked.told[0]?.n;
		} catch (error) {
			// A room that we are not in any more, or not yet; a name that is none, and never will be one.
			if (!(error instanceof SessionError) || error.code !== 'REFUSED_REQUEST') throw error;
			asked.hasMore = false;
			if ('room' in place) this.#asked.delete(keyOf(place));
		}
	}
}
