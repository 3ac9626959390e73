import {extendedLimits} from '../../protocol/extended/limits.ts';
import {parseRoom} from '../../protocol/extended/room.ts';
import {parseLogin} from '../../protocol/login.ts';
import type {Hall} from './hall.ts';
import type {OpenRoom} from './rooms.ts';
import type {MemberOf} from './session.ts';

/** One of those whom a message is for, by name, and what is known of it. */
export type Addressee = {readonly name: string} & (
	| {readonly kind: 'account'; readonly member: MemberOf}
	| {readonly kind: 'plain'; readonly key: string}
	| {readonly kind: 'absent'}
	| {readonly kind: 'room'; readonly room: OpenRoom}
);

/** Whom a message is for, and what of that is kept: put together once for all that go the same way. */
export type Route = {
	/** Each once, in the order in which they were named. */
	readonly addressees: readonly Addressee[];
	/** Their names. */
	readonly to: readonly string[];
	readonly members: readonly MemberOf[];
	/** Accounts of these. */
	readonly recipients: readonly number[];
	/** Names of plain peers. */
	readonly handed: readonly string[];
	/** Ids of rooms. */
	readonly rooms: readonly number[];
	/** The people who take part; undefined if it is for rooms only. */
	readonly conversation: string | undefined;
	/** One of its rooms that the sender is not in: then it may only be something that was taken before. */
	readonly forbidden: string | undefined;
};

export type Addressed =
	| {readonly ok: true; readonly route: Route}
	| {
			readonly ok: false;
			readonly code: 'BAD_NAME' | 'NO_SUCH_ROOM' | 'TOO_MANY_DESTS';
			readonly to?: string;
			readonly why: string;
	  };

/**
 * Finds out whom a message is for; whoever is named twice is meant once.
 *
 * @param from the folded login of the sender
 * @param account the sender's account, as only members post to a room
 */
function resolve(hall: Hall, from: string, account: number, to: readonly string[]): Addressed {
	if (to.length > extendedLimits.destinations)
		return {
			ok: false,
			code: 'TOO_MANY_DESTS',
			why: `a message is for ${extendedLimits.destinations} at most`,
		};
	const found = new Map<string, Addressee>();
	const people = new Set([from]);
	let forbidden: string | undefined;
	for (const typed of to) {
		if (typed.startsWith('#')) {
			const room = parseRoom(typed);
			if (!room.ok) return {ok: false, code: 'BAD_NAME', to: typed, why: room.problem};
			const open = hall.rooms.byKey(room.key);
			if (open === undefined)
				return {ok: false, code: 'NO_SUCH_ROOM', to: typed, why: `there is no room ${room.room}`};
			if (!open.members.has(account)) forbidden ??= typed;
			found.set(room.key, {kind: 'room', name: room.room, room: open});
			continue;
		}
		const parsed = parseLogin(typed);
		if (!parsed.ok) return {ok: false, code: 'BAD_NAME', to: typed, why: parsed.problem};
		people.add(parsed.key);
		if (!found.has(parsed.key)) found.set(parsed.key, find(hall, parsed.key, parsed.login));
	}
	const addressees = [...found.values()];
	const hasPeople = addressees.some(({kind}) => kind !== 'room');
	return {ok: true, route: routeTo(addressees, hasPeople ? conversationOf(people) : undefined, forbidden)};
}

/** The same for a plain peer, whose destinations may be anything: what is no login is nobody, in silence. */
export function resolvePlain(hall: Hall, from: string, to: readonly string[]): Route {
	const found = new Map<string, Addressee>();
	for (const typed of to) {
		const parsed = parseLogin(typed);
		if (parsed.ok && !found.has(parsed.key)) found.set(parsed.key, find(hall, parsed.key, parsed.login));
	}
	return routeTo([...found.values()], conversationOf(new Set([from, ...found.keys()])));
}

function routeTo(
	addressees: readonly Addressee[],
	conversation: string | undefined,
	forbidden?: string,
): Route {
	const members = addressees.flatMap(one => (one.kind === 'account' ? [one.member] : []));
	return {
		addressees,
		to: addressees.map(({name}) => name),
		members,
		recipients: members.map(({account}) => account.id),
		handed: addressees.flatMap(one => (one.kind === 'plain' ? [one.name] : [])),
		rooms: addressees.flatMap(one => (one.kind === 'room' ? [one.room.id] : [])),
		conversation,
		forbidden,
	};
}

/**
 * Finds out whom the messages of one sender are for. The last answer is kept until somebody comes or goes: who says
 * something goes on with it more often than not.
 */
export class Addressing {
	readonly #hall: Hall;
	readonly #from: string;
	readonly #account: number;
	#to: readonly string[] = [];
	#last: Addressed | undefined;
	#generation = 0;

	/** See `resolve`. */
	constructor(hall: Hall, from: string, account: number) {
		this.#hall = hall;
		this.#from = from;
		this.#account = account;
	}

	resolve(to: readonly string[]): Addressed {
		const {generation} = this.#hall;
		if (this.#last !== undefined && this.#generation === generation && isSame(to, this.#to))
			return this.#last;
		const addressed = resolve(this.#hall, this.#from, this.#account, to);
		// Nobody tells of those who enter and leave rooms.
		this.#last = addressed.ok && addressed.route.rooms.length === 0 ? addressed : undefined;
		this.#to = to;
		this.#generation = generation;
		return addressed;
	}
}

const isSame = (some: readonly string[], others: readonly string[]): boolean =>
	some.length === others.length && some.every((one, at) => one === others[at]);

/** A conversation is the people who take part, in whatever order they were named. */
export const conversationOf = (keys: ReadonlySet<string>): string => {
	const [one = '', other = ''] = keys;
	// Sorting takes longer than all else here, and nearly every conversation is of two.
	if (keys.size === 2) return one < other ? `${one},${other}` : `${other},${one}`;
	return [...keys].toSorted().join(',');
};

function find(hall: Hall, key: string, name: string): Addressee {
	const owner = hall.plainPeer(key);
	if (owner !== undefined) return {kind: 'plain', name, key};
	const member = hall.accounts.byKey(key);
	return member === undefined ? {kind: 'absent', name} : {kind: 'account', name, member};
}
