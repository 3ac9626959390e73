import type {ChatState} from '../../chat/chat-state.ts';
import {type ConversationId, everything} from '../../chat/conversation.ts';
import {byUrgency} from '../../chat/conversations.ts';
import {countUnread, missedSince, type UnreadCounts} from '../../chat/missed.ts';

/**
 * What came while somebody, or the connection, was away. What of it is unread stands in the conversations, so that it is the
 * same number everywhere, and a card gets shorter while somebody goes through them.
 */
export type Card = {
	/** Whether the screen was there, without a connection. */
	readonly wasHere: boolean;
	/** Messages that came meanwhile; more may be unread, or fewer. */
	readonly messages: number;
	/** The view that was open; it stands there, and where everything is shown. */
	readonly view: ConversationId;
};

/** Since when the keyboard is elsewhere, of `performance.now()`, and how much was unread then. */
export type Absence = {readonly since: number; readonly unread: UnreadCounts};

/** Whoever looks away for less has missed nothing, in ms. */
const absenceMs = 60_000;

/** How many messages came while the keyboard was elsewhere, but in muted conversations; none where that was not for long. */
export function cameMeanwhile({conversations}: ChatState, absence: Absence | undefined, now: number): number {
	if (absence === undefined || now - absence.since < absenceMs) return 0;
	return missedSince(absence.unread, conversations);
}

/** The keyboard is elsewhere. */
export const absenceSince = ({conversations}: ChatState, now: number): Absence => ({
	since: now,
	unread: countUnread(conversations),
});

/** Undefined if nothing came, and nothing is unread of what came before. */
export function cardOf(
	{conversations, open}: Pick<ChatState, 'conversations' | 'open'>,
	messages: number,
	wasHere = false,
): Card | undefined {
	const isEmpty = messages === 0 && byUrgency(conversations).length === 0;
	return isEmpty ? undefined : {wasHere, messages, view: open};
}

export const isCardIn = ({view}: Card, open: ConversationId): boolean => open === view || open === everything;
