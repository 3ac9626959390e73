import type {NewChatLine} from './chat-line.ts';
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
export type UnreadCounts = ReadonlyMap<ConversationId, number>;

export const countUnread = (conversations: Conversations): UnreadCounts =>
	new Map([...conversations].map(([id, {unread}]) => [id, unread]));

/** How many messages have become unread since then, but in muted conversations. */
export function missedSince(before: UnreadCounts, conversations: Conversations): number {
	let missed = 0;
	for (const {id, unread, isMuted} of conversations.values()) {
		const known = before.get(id) ?? 0;
		// It may have been read in between.
		if (!isMuted) missed += unread < known ? unread : unread - known;
	}
	return missed;
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
