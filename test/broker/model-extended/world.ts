import {loginKey} from '../../../source/protocol/login.ts';

/** What is known of a number of which a cut connection leaves only bounds. */
export type Bounds = {low: number; high: number};

/** Somebody whose messages are kept. */
export type Account = {
	readonly key: string;
	readonly isBound: boolean;
	/** Messages up to here are not in its history. */
	since: number;
	readonly confirmed: Bounds;
	readonly rooms: Set<string>;
};

/** For whom a message is, as far as that is certain; `may` is who came or went in that moment. */
type Audience = {
	readonly must: ReadonlySet<Account>;
	readonly may: ReadonlySet<Account>;
	/** The same for the members of its rooms. */
	readonly roomMust: ReadonlySet<Account>;
	readonly roomMay: ReadonlySet<Account>;
	/** Plain peers, by their names, and those that came or went. */
	readonly handed: ReadonlySet<string>;
	readonly perhapsHanded: ReadonlySet<string>;
};

/** Something that somebody wrote. */
export type Sent = {
	/** Counts what was written, also what is written again. */
	firstAt: number;
	at: number;
	readonly from: string;
	/** The sender's account when it was first written; a plain peer has none. */
	readonly sender: Account | undefined;
	readonly key: string | undefined;
	/** As addressed, each name once. */
	readonly to: readonly string[];
	readonly text: string;
	readonly isLong: boolean;
	readonly isAction: boolean;
	/** `maybe`: it went out, and no answer came. */
	state: 'maybe' | 'taken' | 'not';
	n: number | undefined;
	id: string | undefined;
	/** One for each time that it was written, as long as it is not known which counted. */
	attempts: Audience[];
	/** Whether it was read for certain, though nothing tells so. */
	isCertain: boolean;
	/** What its sender was told of each person, by folded names. */
	readonly told: Map<string, string>;
};

const isRoom = (name: string): boolean => name.startsWith('#');

export const fold = (name: string): string => (isRoom(name) ? `#${loginKey(name.slice(1))}` : loginKey(name));

export const peopleOf = (to: readonly string[]): string[] => to.filter(name => !isRoom(name));
export const roomsOf = (to: readonly string[]): string[] => to.filter(isRoom).map(fold);

/** The lines that a plain peer gets. */
export const plainLines = ({from, text, isLong, isAction}: Sent): string[] =>
	(isLong ? text.split('%0A') : [text]).map(
		(line, at) => `from ${from}: ${isAction && at === 0 ? '* ' : ''}${line}`,
	);

const isIn = (one: Account, sets: readonly ReadonlySet<Account>[]): 'all' | 'some' | 'none' => {
	const count = sets.filter(set => set.has(one)).length;
	if (count === 0) return 'none';
	return count === sets.length ? 'all' : 'some';
};

const talkOf = (people: readonly string[]): string => [...new Set(people)].toSorted().join();

/** A host as its document describes it: what was written, who is to have it, and who may read it. */
export class World {
	readonly accounts = new Map<string, Account>();
	readonly rooms = new Set<string>();
	readonly log: Sent[] = [];
	/** Plain peers that are here, by folded names; and who comes or goes in this round. */
	readonly plain = new Set<string>();
	readonly unsteady = new Set<string>();
	/** Whoever enters or leaves a room in this round, as `name #room`. */
	readonly moving = new Set<string>();
	#count = 0;

	now(): number {
		return ++this.#count;
	}

	open(key: string, isBound: boolean, newest: number): Account {
		const known = this.accounts.get(key);
		if (known !== undefined && known.isBound === isBound) {
			// A guest may be another person than the one before.
			if (!isBound) known.since = newest;
			return known;
		}
		const account = {
			key,
			isBound,
			since: newest,
			confirmed: {low: newest, high: newest},
			rooms: new Set<string>(),
		};
		this.accounts.set(key, account);
		return account;
	}

	/** Guests of a host that has started anew are in no room any more; their mail waits. */
	emptyRoomsOfGuests(): void {
		for (const {isBound, rooms} of this.accounts.values()) if (!isBound) rooms.clear();
	}

	/** Who has a message that is written at this moment: its sender, and whom it is for. */
	audience(from: string, sender: Account | undefined, to: readonly string[]): Audience {
		const must = new Set(sender === undefined ? [] : [sender]);
		const may = new Set<Account>();
		const handed = new Set<string>();
		const perhapsHanded = new Set<string>();
		for (const name of peopleOf(to).map(fold)) {
			const account = this.accounts.get(name);
			const isUnsteady = this.unsteady.has(name);
			if (!this.plain.has(name)) {
				if (account !== undefined) must.add(account);
			} else if (!isUnsteady) handed.add(name);
			else {
				perhapsHanded.add(name);
				if (account !== undefined) may.add(account);
			}
		}
		const rooms = roomsOf(to);
		const roomMust = new Set<Account>();
		const roomMay = new Set<Account>();
		for (const account of this.accounts.values()) {
			const isMoving = rooms.some(room => this.moving.has(`${account.key} ${room}`));
			const isUnsteady = this.unsteady.has(account.key) && !account.isBound;
			const isMember = rooms.some(room => account.rooms.has(room));
			if (account.key !== fold(from) && (isMoving || (isMember && isUnsteady))) roomMay.add(account);
			else if (isMember) roomMust.add(account);
		}
		return {must, may, roomMust, roomMay, handed, perhapsHanded};
	}

	/** Whether an account got a message, or sent it; the rooms are not asked. */
	isOwn({attempts}: Sent, account: Account): 'all' | 'some' | 'none' {
		const must = isIn(
			account,
			attempts.map(one => one.must),
		);
		return must === 'none' && attempts.some(({may}) => may.has(account)) ? 'some' : must;
	}

	isOwnedBy(sent: Sent, account: Account): boolean {
		return this.isOwn(sent, account) !== 'none';
	}

	/** What the sender may be told of somebody right behind the ack. */
	statesOf(sent: Sent, to: string, isKnown: boolean): string[] {
		const key = fold(to);
		if (key === fold(sent.from)) return ['delivered'];
		const tries = isKnown ? sent.attempts : sent.attempts.slice(-1);
		const account = this.accounts.get(key);
		const states: string[] = [];
		if (account !== undefined && this.isOwnedBy(sent, account)) {
			const {low, high} = account.confirmed;
			const n = sent.n ?? 0;
			if (low < n) states.push('queued');
			if (high >= n) states.push('delivered');
			// Its mail waits, while somebody else has the name who gets none of it.
			if (isKnown && (this.plain.has(key) || this.unsteady.has(key))) states.push('absent');
		}
		if (tries.some(({handed, perhapsHanded}) => handed.has(key) || perhapsHanded.has(key)))
			states.push('sent');
		if (tries.some(({perhapsHanded}) => perhapsHanded.has(key)) || states.length === 0) states.push('absent');
		return states;
	}

	/**
	 * Whether a connection gets a message.
	 *
	 * @param rooms those that its account was in when it came, which was at `since`
	 */
	isFor(sent: Sent, account: Account, rooms: ReadonlySet<string>, since: number): 'all' | 'some' | 'none' {
		// What a guest has said is told to nobody who comes under its name later; what it sends again is acknowledged.
		if (!account.isBound && sent.sender === account && sent.firstAt < since) return 'some';
		const own = this.isOwn(sent, account);
		if (own === 'all') return own;
		const sets = sent.attempts;
		const wasThere = roomsOf(sent.to).some(room => rooms.has(room)) ? 'all' : 'none';
		const isThere = isIn(
			account,
			sets.map(({roomMust}) => roomMust),
		);
		const isPerhaps = sets.some(({roomMay}) => roomMay.has(account));
		const later = isThere !== 'all' && isPerhaps ? 'some' : isThere;
		if (sent.at < since) return wasThere === 'none' ? own : wasThere;
		if (sent.firstAt < since && later !== wasThere) return 'some';
		return later === 'none' ? own : later;
	}

	/** What an account may read of a conversation, or of a room, in order; with whether it is certain to be there. */
	page(account: Account, where: {readonly room: string} | {readonly people: readonly string[]}): Sent[] {
		const isWanted = (sent: Sent): boolean => {
			if ('room' in where) return roomsOf(sent.to).includes(where.room);
			const people = peopleOf(sent.to).map(fold);
			if (people.length === 0 || this.isOwn(sent, account) === 'none') return false;
			const talk = talkOf([fold(sent.from), ...people]);
			return (sent.n ?? account.since + 1) > account.since && talk === talkOf([account.key, ...where.people]);
		};
		return this.log.filter(sent => sent.state !== 'not' && isWanted(sent));
	}

	/** What holds all of the words and may be read. */
	search(account: Account, words: readonly string[]): Sent[] {
		return this.log.filter(
			sent =>
				sent.state !== 'not' &&
				words.every(word => sent.text.includes(word)) &&
				((this.isOwn(sent, account) !== 'none' && (sent.n ?? account.since + 1) > account.since) ||
					roomsOf(sent.to).some(room => account.rooms.has(room))),
		);
	}
}
