import type {NewChatLine} from './chat-line.ts';
import type {ChatState} from './chat-types.ts';
import {type ConversationId, everything} from './conversation.ts';
import {
	addToConversations,
	changeConversation,
	conversationLimits,
	withConversation,
} from './conversations.ts';
import {placeLines} from './place-lines.ts';
import {
	addLines,
	emptyScrollback,
	numberLines,
	prependLines,
	replacePosts,
	type Scrollback,
	scrollbackLimits,
} from './scrollback.ts';

/** Adds lines where everything is shown, and to the conversations that they belong to. */
export function append(state: ChatState, added: readonly NewChatLine[]): ChatState {
	const lines = numberLines(state.scrollback, placeLines(state.login, added));
	const isSeen = (id: ConversationId) => state.isWatched && [everything, id].includes(state.open);
	return {
		...state,
		scrollback: addLines(state.scrollback, lines),
		conversations: addToConversations(state.conversations, lines, isSeen, state.open),
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
	return {...state, conversations, scrollback: prependLines(state.scrollback, lines)};
}

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

export const changePosts = (
	state: ChatState,
	posts: readonly number[],
	change: Parameters<typeof replacePosts>[2],
): ChatState => changeAll(state, scrollback => replacePosts(scrollback, posts, change));
