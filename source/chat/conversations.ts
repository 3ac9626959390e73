import type {ChatLine} from './chat-line.ts';
import {type ConversationId, everything, type Party} from './conversation.ts';
import {siftLines} from './hidden-lines.ts';
import type {Missed} from './missed.ts';
import {addLines, emptyScrollback, type Scrollback, type ScrollbackLimits} from './scrollback.ts';

/** What is held of each conversation beside the view of everything, and how many of them. */
export const conversationLimits: ScrollbackLimits & {readonly conversations: number} = {
	lines: 1000,
	units: 128 * 1024,
	conversations: 100,
};

export type Conversation = Party & {
	readonly scrollback: Scrollback;
	/** Messages that nobody has looked at, and those of them that are for us alone or name us. */
	readonly unread: number;
	readonly mentions: number;
	/** Messages that were looked at as they came, behind one that is unread. */
	readonly seenSince: number;
	/** Nobody is called because of it, and it is not urgent. */
	readonly isMuted: boolean;
};

/** By their ids, in the order in which they began. */
export type Conversations = ReadonlyMap<ConversationId, Conversation>;

const begin = ({id, members}: Party): Conversation => ({
	id,
	members,
	scrollback: emptyScrollback,
	unread: 0,
	mentions: 0,
	seenSince: 0,
	isMuted: false,
});

/** Adds a conversation, if it is not there. */
export function withConversation(conversations: Conversations, party: Party): Conversations {
	if (party.id === everything || conversations.has(party.id)) return conversations;
	return new Map([...conversations, [party.id, begin(party)]]);
}

/** The same with so much unread in these, and nothing in the others. */
export function withUnread(conversations: Conversations, unread: readonly Missed[]): Conversations {
	const counts = new Map(unread.map(one => [one.id, one]));
	const all = unread.reduce(withConversation, conversations);
	return new Map(
		[...all].map(([id, conversation]) => {
			const {messages = 0, mentions = 0, seenSince = 0} = counts.get(id) ?? {};
			return [id, {...conversation, unread: messages, mentions, seenSince}];
		}),
	);
}

/** Changes one conversation, if it is there. */
export function changeConversation(
	conversations: Conversations,
	id: ConversationId,
	change: (conversation: Conversation) => Conversation,
): Conversations {
	const conversation = conversations.get(id);
	if (conversation === undefined) return conversations;
	const changed = change(conversation);
	return changed === conversation ? conversations : new Map(conversations).set(id, changed);
}

/**
 * Adds lines to the conversations that they belong to, which begin with them.
 *
 * @param isSeen whether what is said there is looked at in this moment
 * @param open the one that is not given up for others
 */
export function addToConversations(
	conversations: Conversations,
	lines: readonly ChatLine[],
	isSeen: (id: ConversationId) => boolean,
	open: ConversationId,
): Conversations {
	const added = Map.groupBy(lines, line => (line.kind === 'notice' ? undefined : line.party?.id));
	added.delete(undefined);
	if (added.size === 0) return conversations;
	const changed = new Map(conversations);
	for (const [id = everything, those] of added) {
		const [first] = those;
		if (first === undefined || first.kind === 'notice' || first.party === undefined) continue;
		const conversation = changed.get(id) ?? begin(first.party);
		const said = those.filter(line => line.kind === 'message');
		// What was not read before stays so until somebody goes there.
		const seen = isSeen(id) ? said : [];
		const news = isSeen(id) ? [] : said;
		changed.set(id, {
			...conversation,
			scrollback: addLines(conversation.scrollback, those, conversationLimits),
			unread: conversation.unread + news.length,
			mentions: conversation.mentions + news.filter(({isForUs}) => isForUs).length,
			seenSince: conversation.unread === 0 ? 0 : conversation.seenSince + seen.length,
		});
	}
	return withinBounds(changed, open);
}

/** Hides some lines of a conversation and shows the others again; what is hidden is not unread. */
export function siftConversation(
	conversation: Conversation,
	isHidden: (line: ChatLine) => boolean,
): Conversation {
	const scrollback = siftLines(conversation.scrollback, isHidden, conversationLimits);
	const [first] = sinceUnread(conversation);
	const left = messagesIn(scrollback).filter(({id}) => first !== undefined && id >= first.id);
	// Which of them were looked at nobody knows: rather one too many is unread.
	const {length} = left;
	const unread = Math.max(Math.min(conversation.unread, length), length - conversation.seenSince);
	const mentions = Math.min(unread, left.filter(({isForUs}) => isForUs).length);
	return {...conversation, scrollback, unread, mentions, seenSince: length - unread};
}

/** The messages of a conversation from the first one on that nobody has looked at, as far as they are held. */
const sinceUnread = ({scrollback, unread, seenSince}: Conversation) =>
	unread === 0 ? [] : messagesIn(scrollback).slice(-unread - seenSince);

const messagesIn = ({lines}: Scrollback) => lines.filter(line => line.kind === 'message');

/**
 * Gives up those in which nothing is unread and nothing was said for longest, then those with something unread, and those
 * that are muted, which would call again with the next message.
 */
function withinBounds(conversations: Conversations, open: ConversationId): Conversations {
	const surplus = conversations.size - conversationLimits.conversations;
	if (surplus <= 0) return conversations;
	const newest = ({scrollback}: Conversation) => scrollback.lines.at(-1)?.id ?? 0;
	const isWanted = ({unread, isMuted}: Conversation) => Number(unread > 0 || isMuted);
	const given = [...conversations.values()]
		.filter(({id}) => id !== open)
		.toSorted((a, b) => isWanted(a) - isWanted(b) || newest(a) - newest(b))
		.slice(0, surplus);
	const left = new Map(conversations);
	for (const {id} of given) left.delete(id);
	return left;
}

/**
 * Those to look at, the first of them first: where somebody wants us, then where something is unread; of these the one that
 * waits longest.
 */
export function byUrgency(conversations: Conversations): readonly Conversation[] {
	const rank = ({mentions}: Conversation) => (mentions > 0 ? 0 : 1);
	// What was said before all that is shown has numbers of its own in each conversation.
	const waitsSince = (conversation: Conversation) => sinceUnread(conversation)[0] ?? {at: 0, id: 0};
	return [...conversations.values()]
		.filter(({unread, isMuted, mentions}) => mentions > 0 || (unread > 0 && !isMuted))
		.map(conversation => ({conversation, since: waitsSince(conversation)}))
		.toSorted(
			(a, b) =>
				rank(a.conversation) - rank(b.conversation) || a.since.at - b.since.at || a.since.id - b.since.id,
		)
		.map(({conversation}) => conversation);
}

export const mostUrgent = (conversations: Conversations): Conversation | undefined =>
	byUrgency(conversations)[0];
