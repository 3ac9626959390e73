import type {NewChatLine} from './chat-line.ts';
import type {ChatState} from './chat-types.ts';
import type {ConversationId, Party} from './conversation.ts';
import type {Conversations} from './conversations.ts';
import {type Ignored, isHidden} from './ignored.ts';

/**
 * What was not read in one conversation: messages, and how many of them were for us; and how many were looked at as they
 * came behind these.
 */
export type Missed = Party & {
	readonly messages: number;
	readonly mentions: number;
	readonly seenSince?: number | undefined;
};

/** How much was unread, by conversation. */
export type UnreadCounts = ReadonlyMap<ConversationId, Pick<Missed, 'messages' | 'mentions'>>;

export const countUnread = (conversations: Conversations): UnreadCounts =>
	new Map([...conversations].map(([id, {unread: messages, mentions}]) => [id, {messages, mentions}]));

/** What has become unread since then, but in muted conversations; those with something for us first. */
export function missedSince(before: UnreadCounts, conversations: Conversations): readonly Missed[] {
	const all = [...conversations.values()].flatMap(({id, members, unread, mentions, isMuted}) => {
		const known = before.get(id) ?? {messages: 0, mentions: 0};
		// It may have been read in between.
		const messages = unread < known.messages ? unread : unread - known.messages;
		const forUs = mentions < known.mentions ? mentions : mentions - known.mentions;
		return messages > 0 && !isMuted ? [{id, members, messages, mentions: forUs}] : [];
	});
	return mentionsFirst(all);
}

/** The same of lines that know their conversations. */
export function missedIn(
	lines: readonly NewChatLine[],
	{conversations, ignored}: Pick<ChatState, 'conversations' | 'ignored'>,
): readonly Missed[] {
	return mentionsFirst(countLines(lines, ignored).filter(({id}) => !conversations.get(id)?.isMuted));
}

/** How much somebody else said who is not ignored, by conversation. */
export function countLines(lines: readonly NewChatLine[], ignored: Ignored): readonly Missed[] {
	const all = new Map<ConversationId, Missed>();
	for (const line of lines) {
		if (line.kind !== 'message' || !line.party || isHidden(ignored, line)) continue;
		const {id, members} = line.party;
		const {messages = 0, mentions = 0} = all.get(id) ?? {};
		all.set(id, {id, members, messages: messages + 1, mentions: mentions + (line.isForUs ? 1 : 0)});
	}
	return [...all.values()];
}

const mentionsFirst = (missed: readonly Missed[]): readonly Missed[] =>
	missed.toSorted((a, b) => Number(b.mentions > 0) - Number(a.mentions > 0));
