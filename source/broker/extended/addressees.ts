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

export type Addressed =
	| {
			readonly ok: true;
			readonly addressees: readonly Addressee[];
			readonly conversation: string | undefined;
			/** One of its rooms that the sender is not in: then it may only be something that was taken before. */
			readonly forbidden: string | undefined;
	  }
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
export function resolve(hall: Hall, from: string, account: number, to: readonly string[]): Addressed {
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
	const hasPeople = [...found.values()].some(({kind}) => kind !== 'room');
	return {
		ok: true,
		addressees: [...found.values()],
		conversation: hasPeople ? conversationOf(people) : undefined,
		forbidden,
	};
}

/** The same for a plain peer, whose destinations may be anything: what is no login is nobody, in silence. */
export function resolvePlain(
	hall: Hall,
	from: string,
	to: readonly string[],
): {addressees: readonly Addressee[]; conversation: string} {
	const found = new Map<string, Addressee>();
	for (const typed of to) {
		const parsed = parseLogin(typed);
		if (parsed.ok && !found.has(parsed.key)) found.set(parsed.key, find(hall, parsed.key, parsed.login));
	}
	return {addressees: [...found.values()], conversation: conversationOf(new Set([from, ...found.keys()]))};
}

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
