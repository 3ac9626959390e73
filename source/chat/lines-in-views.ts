import type {ChatLine, NewChatLine} from './chat-line.ts';
import type {ChatState} from './chat-types.ts';
import {type ConversationId, everything} from './conversation.ts';
import {
	addToConversations,
	type Conversations,
	changeConversation,
	conversationLimits,
	siftConversation,
	withConversation,
} from './conversations.ts';
import {addHidden, siftLines} from './hidden-lines.ts';
import {isHidden} from './ignored.ts';
import {placeLines} from './place-lines.ts';
import {
	addLines,
	emptyScrollback,
	numberLines,
	type OwnLine,
	prependLines,
	replaceOwn,
	type Scrollback,
	scrollbackLimits,
} from './scrollback.ts';

/**
 * Adds lines where everything is shown, and to the conversations that they belong to.
 *
 * @param isMissed whether nobody was here when they came, whoever looks at them now
 */
export function append(state: ChatState, added: readonly NewChatLine[], isMissed = false): ChatState {
	const lines = numberLines(state.scrollback, placeLines(state.login, added));
	const isSeen = (id: ConversationId) =>
		state.isWatched && !isMissed && [everything, id].includes(state.open);
	const shown = state.ignored.size === 0 ? lines : lines.filter(line => !isHidden(state.ignored, line));
	const told = {
		...state,
		scrollback: addLines(state.scrollback, shown),
		conversations: addToConversations(state.conversations, shown, isSeen, state.open),
	};
	return shown.length === lines.length ? told : hide(told, lines);
}

/** Keeps those of the lines that are hidden, in case that somebody is ignored no longer. */
function hide(state: ChatState, lines: readonly ChatLine[]): ChatState {
	const hidden = lines.filter(line => isHidden(state.ignored, line));
	const byView = Map.groupBy(hidden, line => (line.kind === 'notice' ? undefined : line.party?.id));
	return [...byView].reduce(
		(changed, [view = everything, those]) =>
			view === everything ? changed : changeView(changed, view, scrollback => addHidden(scrollback, those)),
		{...state, scrollback: addHidden(state.scrollback, hidden)},
	);
}

/** Shows in all views what those say who are not ignored, and hides what the others say. */
export function sift(state: ChatState): ChatState {
	const isOne = (line: ChatLine) => isHidden(state.ignored, line);
	const sifted: Conversations = new Map(
		[...state.conversations].map(([id, conversation]) => [id, siftConversation(conversation, isOne)]),
	);
	// It may be that nothing else was said there.
	const begun = state.scrollback.hidden.filter(
		line => !isOne(line) && line.kind === 'message' && line.party && !sifted.has(line.party.id),
	);
	return {
		...state,
		scrollback: siftLines(state.scrollback, isOne, scrollbackLimits),
		conversations: addToConversations(sifted, begun, () => true, state.open),
	};
}

/** Words of the program stand in one view. Their numbers are given by the one of everything, as those of all lines. */
export function notice(state: ChatState, notices: readonly NewChatLine[], view: ConversationId): ChatState {
	if (!state.conversations.has(view)) return append(state, notices);
	const lines = numberLines(state.scrollback, notices);
	const nextId = state.scrollback.nextId + lines.length;
	return changeView({...state, scrollback: {...state.scrollback, nextId}}, view, scrollback =>
		addLines(scrollback, lines, conversationLimits),
	);
}

export const emptied = ({nextId}: Scrollback): Scrollback => ({...emptyScrollback, nextId});

/** What was said the last time stands in each conversation too, and calls nobody. */
export function withBacklog(state: ChatState, lines: readonly NewChatLine[]): ChatState {
	let {conversations} = state;
	const parties = Map.groupBy(lines, line => (line.kind === 'notice' ? undefined : line.party?.id));
	for (const [id, those] of parties) {
		const [first] = those;
		if (id === undefined || first === undefined || first.kind === 'notice' || !first.party) continue;
		conversations = changeConversation(withConversation(conversations, first.party), id, conversation => ({
			...conversation,
			scrollback: prependLines(conversation.scrollback, those, conversationLimits),
		}));
	}
	const told = {...state, conversations, scrollback: prependLines(state.scrollback, lines)};
	return state.ignored.size === 0 ? told : sift(told);
}

/** Adds lines in front of a view. */
export const withEarlier = (
	state: ChatState,
	view: ConversationId,
	lines: readonly NewChatLine[],
): ChatState =>
	changeView(state, view, scrollback => {
		const told = prependLines(scrollback, lines, limitsOf(view));
		if (state.ignored.size === 0) return told;
		return siftLines(told, line => isHidden(state.ignored, line), limitsOf(view));
	});

export const limitsOf = (view: ConversationId) =>
	view === everything ? scrollbackLimits : conversationLimits;

export function changeView(
	state: ChatState,
	view: ConversationId,
	change: (scrollback: Scrollback) => Scrollback,
): ChatState {
	if (view === everything) return {...state, scrollback: change(state.scrollback)};
	const conversations = changeConversation(state.conversations, view, conversation => {
		const scrollback = change(conversation.scrollback);
		return scrollback === conversation.scrollback ? conversation : {...conversation, scrollback};
	});
	return {...state, conversations};
}

export function changeAll(state: ChatState, change: (scrollback: Scrollback) => Scrollback): ChatState {
	return [everything, ...state.conversations.keys()].reduce(
		(changed, view) => changeView(changed, view, change),
		state,
	);
}

export const changeOwn = (
	state: ChatState,
	isWanted: (line: OwnLine) => boolean,
	change: (line: OwnLine) => OwnLine,
): ChatState => changeAll(state, scrollback => replaceOwn(scrollback, isWanted, change));
