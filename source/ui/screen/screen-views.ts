import {chatReducer} from '../../chat/chat-state.ts';
import {type ConversationId, everything, type Party} from '../../chat/conversation.ts';
import {mostUrgent} from '../../chat/conversations.ts';
import {keyOf} from '../../chat/names.ts';
import {placesFor} from '../../chat/places.ts';
import {type ComposerState, type Draft, emptyComposer} from '../composer/composer.ts';
import {remember, unsaid} from '../composer/history.ts';
import {withoutExcerpt} from '../excerpt/excerpt.ts';
import {type OverlayAction, overlayReducer} from '../overlay/overlay.ts';
import {inSight, paneOf} from './reading.ts';
import type {ScreenState} from './screen-state.ts';

/** The view of everything. */
export const allOfIt: Party = {id: everything, members: []};

/** Each view has its own draft and place. What was cut is the same in all of them. */
export function openView(from: ScreenState, party: Party): ScreenState {
	const state = withoutExcerpt(from);
	const {chat, composer, scroll} = state;
	if (party.id === chat.open)
		return {...state, chat: chatReducer(chat, {type: 'opened', party}), hint: undefined};
	const drafts = new Map(state.drafts);
	const {text, caret} = composer;
	if (text !== '') drafts.set(chat.open, {text, caret});
	const draft = drafts.get(party.id) ?? {text: '', caret: 0};
	drafts.delete(party.id);
	// What was left to recall something is no draft any more: it is recalled itself.
	const {history, killed} = withRecall(composer, composer.recall?.draft);
	const place = state.places.get(party.id);
	// Who comes back to a place further up has not seen what came below it.
	const left = place === undefined ? chat : chatReducer(chat, {type: 'watched', isWatched: false});
	return {
		...state,
		chat: chatReducer(left, {type: 'opened', party}),
		composer: {...emptyComposer, view: party.id, history, killed, ...draft},
		scroll: place,
		drafts,
		places: new Map(state.places).set(chat.open, scroll),
		before: chat.conversations.get(chat.open) ?? allOfIt,
		hint: undefined,
	};
}

/** Whoever goes to a line further up has not looked at the end of its view on the way. */
export function seekLine(
	state: ScreenState,
	{party, id}: {readonly party: Party; readonly id: number},
): ScreenState {
	const place = {id, row: 0};
	const there = openView({...state, places: new Map(state.places).set(party.id, place)}, party);
	return {...there, scroll: inSight(paneOf(there), place), hint: undefined};
}

/** What was being written there can be recalled. */
export function closeView(state: ScreenState, id: ConversationId): ScreenState {
	const left = state.chat.open === id ? openView(state, allOfIt) : state;
	const [drafts, places] = [new Map(left.drafts), new Map(left.places)];
	const composer = withRecall(left.composer, drafts.get(id), id);
	drafts.delete(id);
	places.delete(id);
	const before = left.before.id === id ? allOfIt : left.before;
	return {...left, chat: chatReducer(left.chat, {type: 'closed', id}), composer, drafts, places, before};
}

/** Under another name what is said to ourselves would go to whoever has the name now. */
export function withLogin(state: ScreenState, login: string): ScreenState {
	const own = keyOf(state.login);
	const left = own === undefined || own === keyOf(login) ? state : closeView(state, own);
	return {...left, login, chat: chatReducer(left.chat, {type: 'named', login})};
}

/** Said of the moment: it is over with the next message. */
export const nothingUnread = 'nothing is unread';

/** What the chat has become concerns what is written: the draft of a conversation that was given up can be recalled. */
export function withNews(before: ScreenState, state: ScreenState): ScreenState {
	const {conversations} = state.chat;
	const {conversations: old} = before.chat;
	if (conversations === old) return state;
	const isOver = state.hint === nothingUnread && mostUrgent(conversations) !== undefined;
	const hint = isOver ? undefined : state.hint;
	const given = [...state.drafts].filter(([id]) => old.has(id) && !conversations.has(id));
	if (given.length === 0) return hint === state.hint ? state : {...state, hint};
	const drafts = new Map(state.drafts);
	for (const [id] of given) drafts.delete(id);
	const composer = given.reduce((left, [id, draft]) => withRecall(left, draft, id), state.composer);
	return {...state, composer, drafts, hint};
}

const withRecall = (
	composer: ComposerState,
	draft: Draft | undefined,
	view: ConversationId = composer.view,
): ComposerState => ({
	...composer,
	history: remember(composer.history, unsaid(view, draft?.text ?? '')),
});

/** What is being written now comes before what was the last time, which can be recalled then. */
export function withDrafts(state: ScreenState, kept: ScreenState['drafts']): ScreenState {
	const drafts = new Map([...kept, ...state.drafts]);
	const here = drafts.get(state.chat.open);
	drafts.delete(state.chat.open);
	const isFree = state.composer.text === '';
	const composer = isFree ? {...state.composer, ...here} : withRecall(state.composer, here);
	return {...state, drafts, composer};
}

export function withOverlay(state: ScreenState, action: OverlayAction): ScreenState {
	const find = (query: string) => placesFor(state.chat, state.rooms, query);
	return {...state, overlay: overlayReducer(state.overlay, action, find), hint: undefined};
}
