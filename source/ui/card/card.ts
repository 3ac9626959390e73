import type {ConversationId} from '../../chat/conversation.ts';
import {countUnread, type Missed, missedSince, type UnreadCounts} from '../../chat/missed.ts';
import type {ScreenState} from '../screen/screen-state.ts';

/** What came while somebody, or the connection, was away. */
export type Card = {
	/** Whether the screen was there, without a connection. */
	readonly wasHere: boolean;
	/** Messages in all, more perhaps than the conversations have. */
	readonly messages: number;
	/** The conversations that were not gone to yet. */
	readonly missed: readonly Missed[];
	/** It goes with the first key; where it leads to is known a little longer. */
	readonly isShown: boolean;
};

/** Since when the keyboard is elsewhere, of `performance.now()`, and how much was unread then. */
export type Absence = {readonly since: number; readonly unread: UnreadCounts};

/** Whoever looks away for less has missed nothing, in ms. */
const absenceMs = 60_000;

type Changed = Pick<ScreenState, 'isFocused' | 'absence' | 'card'>;

/** The keyboard is elsewhere, or here again: after a while with a card. */
export function focus(state: ScreenState, isFocused: boolean, now: number): Changed {
	const {absence, card, chat} = state;
	if (!isFocused) {
		const begun = absence ?? {since: now, unread: countUnread(chat.conversations)};
		return {isFocused, absence: begun, card};
	}
	const isLong = absence !== undefined && now - absence.since >= absenceMs;
	const missed = isLong ? missedSince(absence.unread, chat.conversations) : [];
	return {isFocused, absence: undefined, card: missed.length === 0 ? card : cardOf(missed)};
}

/** @param messages how many they are in all, if that is more than what is told of each conversation */
export function cardOf(missed: readonly Missed[], messages = 0, wasHere = false): Card {
	const told = missed.reduce((sum, one) => sum + one.messages, 0);
	return {wasHere, messages: Math.max(told, messages), missed, isShown: true};
}

/** A conversation has been gone to. */
export function withoutMissed(card: Card | undefined, id: ConversationId): Card | undefined {
	return card && {...card, missed: card.missed.filter(one => one.id !== id)};
}
