import {loginKey} from '../protocol/login.ts';
import type {ChatState} from './chat-types.ts';
import {type ConversationId, everything, type Party, partyOf} from './conversation.ts';
import {type Presence, presenceOf} from './people.ts';
import {knownNames} from './recipients.ts';

/** Somewhere to go to: a conversation that is there, or one that begins by going to it. */
export type Place = Party & {
	/** How it is called. */
	readonly name: string;
	/** Of somebody alone; unknown for all that is more than one. */
	readonly presence: Presence;
};

type Known = Pick<ChatState, 'conversations' | 'people' | 'seen' | 'login'>;

/** Places that are offered at most. */
const maxPlaces = 50;

/**
 * Places with a part of a name: first those where one begins so, then the others; of each the conversations that are there
 * before rooms and people. With commas between several parts, the conversations of those whom they mean.
 *
 * @param rooms rooms that the host has told of
 */
export function placesFor(known: Known, rooms: readonly string[], query: string): readonly Place[] {
	const parts = query.split(',').map(part => part.trim());
	const found = parts.length === 1 ? ranked(known, rooms, query) : placesOfAll(known, rooms, parts);
	return found.slice(0, maxPlaces);
}

function ranked(known: Known, rooms: readonly string[], part: string): readonly Place[] {
	const wanted = loginKey(part.trim());
	const places = new Map<ConversationId, Place>();
	const ranks: [Place[], Place[]] = [[], []];
	for (const place of allPlaces(known, rooms)) {
		if (places.has(place.id)) continue;
		places.set(place.id, place);
		const rank = rankOf(place, wanted);
		if (rank !== undefined) ranks[rank].push(place);
	}
	return ranks.flat();
}

/**
 * The conversation of all that are named, the last of them being anybody who may be meant: first those that are there, then
 * those that begin by going there, and at last those in which there are others, too.
 */
function placesOfAll(known: Known, rooms: readonly string[], parts: readonly string[]): readonly Place[] {
	const last = parts.at(-1) ?? '';
	const named = parts.slice(0, -1).filter(Boolean);
	const wanted = [...named, last].filter(Boolean);
	const there = [...known.conversations.values()]
		.flatMap(({members}) => (members.length < wanted.length ? [] : (placeOf(members, known.login) ?? [])))
		.filter(place => wanted.every(part => rankOf(place, loginKey(part)) !== undefined));
	const names = named.map(part => meantBy(known, rooms, part));
	const ends = ranked(known, rooms, last).filter(isOne);
	const sets = names.every(name => name !== undefined)
		? [...(last === '' ? [names] : []), ...ends.map(({members}) => [...names, ...members])]
		: [];
	const all = [
		...there.filter(({members}) => members.length === wanted.length),
		...sets.flatMap(members => placeOf(members, known.login) ?? []),
		...there,
	];
	return [...new Map(all.map(place => [place.id, place])).values()];
}

/** Who or which room is meant by a part of a name. */
function meantBy(known: Known, rooms: readonly string[], part: string): string | undefined {
	const places = ranked(known, rooms, part).filter(isOne);
	return (places.find(({id}) => id === loginKey(part)) ?? places[0])?.members[0];
}

const isOne = ({members}: Place): boolean => members.length === 1;

function placeOf(members: readonly string[], login: string): Place | undefined {
	const party = partyOf(members, login);
	return party && {...party, name: party.members.join(', '), presence: 'unknown'};
}

function* allPlaces(known: Known, rooms: readonly string[]): Generator<Place, void, undefined> {
	const {conversations, people, seen, login} = known;
	yield {id: everything, members: [], name: 'everything', presence: 'unknown'};
	for (const {id, members} of conversations.values()) {
		const [only] = members;
		const presence =
			members.length === 1 && only && !only.startsWith('#') ? presenceOf(people, only) : 'unknown';
		yield {id, members, name: members.join(', '), presence};
	}
	for (const name of [...rooms, ...knownNames(seen, people)]) {
		const party = partyOf([name], login);
		const isRoom = name.startsWith('#');
		const presence = isRoom ? 'unknown' : presenceOf(people, name);
		if (party) yield {...party, name, presence};
	}
}

/** 0 if a name in it begins so, 1 if it is somewhere in it. */
function rankOf({name, members}: Place, wanted: string): 0 | 1 | undefined {
	const names = (members.length === 0 ? [name] : members).map(loginKey);
	const isStart = (one: string) => one.startsWith(wanted) || one.replace(/^#/, '').startsWith(wanted);
	if (names.some(isStart) || loginKey(name).startsWith(wanted)) return 0;
	return names.some(one => one.includes(wanted)) ? 1 : undefined;
}
