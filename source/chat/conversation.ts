import {loginKey} from '../protocol/login.ts';
import {memberKeyOf} from './names.ts';

/** By what a conversation is known: the keys of its people and rooms beside us, sorted, with commas between. */
export type ConversationId = string;

/** The view of all that is said. */
export const everything: ConversationId = '';

/** Whom a conversation is with. */
export type Party = {
	readonly id: ConversationId;
	/** People and rooms beside us, as they were written, in the order of their keys. */
	readonly members: readonly string[];
};

/** Names that a conversation has at most: as many as a message may be for, and who wrote it. */
const maxMembers = 21;

/**
 * The conversation that people and rooms make up, whatever their order; with ourselves alone it is one with us. Undefined
 * where a name is none that could be written to, as on foreign servers.
 */
export function partyOf(names: readonly string[], login: string): Party | undefined {
	const own = loginKey(login);
	const members = new Map<string, string>();
	for (const name of names) {
		const key = memberKeyOf(name);
		if (key === undefined) return undefined;
		if (key !== own) members.set(key, name);
	}
	if (members.size === 0) members.set(own, login);
	if (members.size > maxMembers) return undefined;
	const keys = [...members.keys()].toSorted();
	return {id: keys.join(','), members: keys.map(key => members.get(key) ?? key)};
}

/**
 * The conversation that a message belongs to. What is said to a room is said there, whoever says it; else everybody who
 * has it is in it. A plain host does not tell whom else it was for: there it is one with the sender.
 */
export function partyOfMessage(
	{from, to = []}: {readonly from: string; readonly to?: readonly string[] | undefined},
	login: string,
): Party | undefined {
	const isForRoom = to.some(name => name.startsWith('#'));
	return partyOf(isForRoom ? to : [from, ...to], login);
}
