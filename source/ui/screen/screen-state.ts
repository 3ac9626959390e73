import {type ChatAction, type ChatState, chatReducer, initialChatState} from '../../chat/chat-state.ts';
import type {ConversationId, Party} from '../../chat/conversation.ts';
import {stillTyping} from '../../chat/typing.ts';
import {type Absence, absenceSince, type Card, cameMeanwhile, cardOf} from '../card/card.ts';
import {
	type ComposerAction,
	type ComposerState,
	composerReducer,
	type Draft,
	emptyComposer,
} from '../composer/composer.ts';
import {type Excerpt, type ExcerptAction, withoutExcerpt} from '../excerpt/excerpt.ts';
import {excerptReducer, scrollExcerpt} from '../excerpt/excerpt-reducer.ts';
import type {Overlay, OverlayAction} from '../overlay/overlay.ts';
import type {ScrollPosition} from '../pane/pane.ts';
import {scrollPage} from '../pane/viewport.ts';
import {searchReducer} from '../search/search-reducer.ts';
import type {Search, SearchAction} from '../search/search-state.ts';
import type {WindowSize} from '../terminal/terminal.ts';
import type {Theme} from '../theme.ts';
import {withChat} from './connection-lost.ts';
import {paneOf, seekMention, toggleFoldInSight} from './reading.ts';
import {
	allOfIt,
	closeView,
	openView,
	seekLine,
	withDrafts,
	withLogin,
	withNews,
	withOverlay,
} from './screen-views.ts';

/** What stands in place of the composer while the person has to answer something first. */
export type Question =
	| {
			readonly kind: 'name';
			readonly reason: string;
			readonly suggestion: string;
			readonly problem?: string;
			/** How many times what was typed has been thrown away. */
			readonly emptied?: number;
	  }
	/** Another host than before wants what waits, or a proof of who we are. */
	| {
			readonly kind: 'stranger';
			readonly srv: string;
			readonly wants: 'lines' | 'signature';
			readonly waiting: number;
	  }
	/** The name is in use by another program of this person on this machine. */
	| {readonly kind: 'open-here'; readonly login: string}
	/** The same person has gone on under this name elsewhere. */
	| {readonly kind: 'taken-over'; readonly login: string}
	/** So many own lines may have been sent so long ago that the host does not know. */
	| {readonly kind: 'stale'; readonly count: number}
	/** `instead`: the question that this one stands in front of. */
	| {readonly kind: 'leave'; readonly instead?: Question | undefined};

/** A question that is answered by y or n. */
export type YesOrNo = Exclude<Question, {readonly kind: 'name' | 'leave'}>;

export type ScreenState = {
	readonly chat: ChatState;
	readonly composer: ComposerState;
	readonly size: WindowSize;
	readonly scroll: ScrollPosition;
	/** The ids of the long lines that are shown as a whole. */
	readonly unfolded: ReadonlySet<number>;
	/** Drafts and places of the views that are not shown. */
	readonly drafts: ReadonlyMap<ConversationId, Draft>;
	readonly places: ReadonlyMap<ConversationId, ScrollPosition>;
	/** The view that was shown before this one. */
	readonly before: Party;
	/** Whether the terminal has the keyboard. */
	readonly isFocused: boolean;
	readonly absence: Absence | undefined;
	/** What came while the person was away. */
	readonly card: Card | undefined;
	readonly login: string;
	/** Others are told that we are away, and why; undefined as long as we are here. */
	readonly away: string | undefined;
	/** Rooms that the host has told of. */
	readonly rooms: readonly string[];
	/** What is looked at in front of the conversation. */
	readonly overlay: Overlay | undefined;
	/** Where the chat is, as people write it. */
	readonly address: string;
	/** Whether the broker runs in this process. */
	readonly isHosting: boolean;
	/** Whether what was not sent yet is still there at the next start. */
	readonly isKeeping: boolean;
	readonly question: Question | undefined;
	/** What is sought, while it is. */
	readonly search: Search | undefined;
	/** What was said around something that was found, further back than what is held. */
	readonly excerpt: Excerpt | undefined;
	/** The hint that asks whether a draft is meant so: as long as it stands there Enter says yes. */
	readonly doubted: string | undefined;
	/** Why the last key did not do what it was meant to; gone with the next key. */
	readonly hint: string | undefined;
	/** Since when the connection is gone, of `performance.now()`. */
	readonly lostAt: number | undefined;
	/** The time of the last tick, of `performance.now()`, in ms: what countdowns are counted from. */
	readonly now: number;
	readonly theme: Theme;
};

export type ScreenAction =
	| {readonly type: 'chat'; readonly action: ChatAction}
	| {readonly type: 'composer'; readonly action: ComposerAction}
	| {readonly type: 'resized'; readonly size: WindowSize}
	| {readonly type: 'themed'; readonly theme: Theme}
	| {readonly type: 'scrolled'; readonly by: 'page-up' | 'page-down'}
	| {readonly type: 'scrolled-to-end'}
	/** To this line of a view. */
	| {readonly type: 'line-sought'; readonly party: Party; readonly id: number}
	| {readonly type: 'fold-toggled'}
	| {readonly type: 'search'; readonly action: SearchAction}
	| {readonly type: 'excerpt'; readonly action: ExcerptAction}
	/** To the next message that is for us. */
	| {readonly type: 'sought-mention'; readonly direction: 'earlier' | 'later'}
	| {readonly type: 'opened'; readonly party: Party}
	| {readonly type: 'closed'; readonly id: ConversationId}
	| {readonly type: 'overlay'; readonly action: OverlayAction}
	| {readonly type: 'went-away'; readonly away: string | undefined}
	| {readonly type: 'rooms-listed'; readonly rooms: readonly string[]}
	/** What was being written the last time, by view. */
	| {readonly type: 'drafts-kept'; readonly drafts: ReadonlyMap<ConversationId, Draft>}
	/** `now` is of `performance.now()`, in ms. */
	| {readonly type: 'focused'; readonly isFocused: boolean; readonly now: number}
	/** So much came before the screen began, or while it had no connection. */
	| {
			readonly type: 'returned';
			readonly messages: number;
			/** Whether the screen was there meanwhile. */
			readonly wasHere?: boolean;
	  }
	/** The person has seen the card, and goes on. */
	| {readonly type: 'card-passed'}
	| {readonly type: 'asked'; readonly question: Question | undefined}
	| {readonly type: 'hinted'; readonly hint: string | undefined}
	/** Asks whether a draft is meant so. */
	| {readonly type: 'doubted'; readonly hint: string}
	| {readonly type: 'named'; readonly login: string}
	| {readonly type: 'hosting'; readonly isHosting: boolean; readonly address: string}
	| {readonly type: 'keeping'; readonly isKeeping: boolean}
	| {readonly type: 'ticked'; readonly now: number};

/** Rooms that are remembered of those that a host tells of. */
const maxRooms = 500;

export type ScreenSetup = Pick<ScreenState, 'size' | 'login' | 'address' | 'theme'>;

export function createScreenState(setup: ScreenSetup): ScreenState {
	return {
		...setup,
		chat: {...initialChatState, login: setup.login},
		composer: emptyComposer,
		scroll: undefined,
		unfolded: new Set(),
		drafts: new Map(),
		places: new Map(),
		before: allOfIt,
		isFocused: true,
		away: undefined,
		rooms: [],
		overlay: undefined,
		absence: undefined,
		card: undefined,
		isHosting: false,
		isKeeping: false,
		question: undefined,
		search: undefined,
		excerpt: undefined,
		doubted: undefined,
		hint: undefined,
		lostAt: undefined,
		now: 0,
	};
}

/** Messages that come right after each other are taken in at once: each time costs a copy of the list of all lines. */
export function mergeScreenActions(action: ScreenAction, next: ScreenAction): ScreenAction | undefined {
	if (action.type !== 'chat' || next.type !== 'chat') return undefined;
	if (action.action.type === 'said' && next.action.type === 'said') {
		if (action.action.isMissed !== next.action.isMissed) return undefined;
		const lines = [...action.action.lines, ...next.action.lines];
		return {type: 'chat', action: {...next.action, lines}};
	}
	if (action.action.type !== 'received' || next.action.type !== 'received') return undefined;
	const messages = [...action.action.messages, ...next.action.messages];
	return {type: 'chat', action: {...action.action, messages}};
}

export function screenReducer(state: ScreenState, action: ScreenAction): ScreenState {
	return withWatch(reduce(state, action));
}

function reduce(state: ScreenState, action: ScreenAction): ScreenState {
	switch (action.type) {
		case 'chat':
			return withNews(state, withChat(state, chatReducer(state.chat, action.action)));
		case 'composer':
			return withComposer(state, composerReducer(state.composer, action.action));
		case 'resized':
			return {...state, size: action.size};
		case 'themed':
			return {...state, theme: action.theme};
		case 'scrolled':
			if (state.excerpt) return scrollExcerpt(state, state.excerpt, action.by);
			return {...state, scroll: scrollPage(paneOf(state), state.scroll, action.by), hint: undefined};
		case 'scrolled-to-end':
			return {...withoutExcerpt(state), scroll: undefined, hint: undefined};
		case 'line-sought':
			return seekLine(state, action);
		case 'search':
			return {...state, ...searchReducer(state, action.action), hint: undefined};
		case 'excerpt':
			return excerptReducer(state, action.action);
		case 'fold-toggled':
			return toggleFoldInSight(state);
		case 'sought-mention':
			return seekMention(state, action.direction);
		case 'opened':
			return openView(state, action.party);
		case 'closed':
			return closeView(state, action.id);
		case 'overlay':
			return withOverlay(state, action.action);
		case 'went-away':
			return {...state, away: action.away};
		case 'rooms-listed':
			return {...state, rooms: action.rooms.slice(0, maxRooms)};
		case 'drafts-kept':
			return withDrafts(state, action.drafts);
		case 'focused':
			return withFocus(state, action.isFocused, action.now);
		case 'returned':
			return {...state, card: cardOf(state.chat, action.messages, action.wasHere) ?? state.card};
		case 'card-passed':
			return {...state, card: undefined};
		case 'asked':
			return {...state, question: action.question, hint: undefined};
		case 'hinted':
			return {...state, hint: action.hint};
		case 'doubted':
			return {...state, doubted: action.hint, hint: action.hint};
		case 'named':
			return withLogin(withoutExcerpt(state), action.login);
		case 'hosting':
			return {...state, isHosting: action.isHosting, address: action.address};
		case 'keeping':
			return {...state, isKeeping: action.isKeeping};
		case 'ticked':
			return withTime(state, action.now);
	}
}

/** The keyboard is elsewhere, or here again: after a while with a card, and what came meanwhile is unread until it is gone to. */
function withFocus(state: ScreenState, isFocused: boolean, now: number): ScreenState {
	const {absence, chat} = state;
	if (!isFocused) return {...state, isFocused, absence: absence ?? absenceSince(chat, now)};
	const messages = cameMeanwhile(chat, absence, now);
	const here = {...state, isFocused, absence: undefined};
	if (messages === 0) return here;
	return {...here, chat: chatReducer(chat, {type: 'came-back'}), card: cardOf(chat, messages)};
}

/** Somebody looks at what is said as long as its end is shown and the terminal has the keyboard. */
function withWatch(state: ScreenState): ScreenState {
	const {isFocused} = state;
	const isWatched = isFocused && state.scroll === undefined && state.excerpt === undefined;
	if (isWatched === state.chat.isWatched) return state;
	return {...state, chat: chatReducer(state.chat, {type: 'watched', isWatched, isReading: isFocused})};
}

/** Who has not gone on writing for a while is not told of any more. */
function withTime(state: ScreenState, now: number): ScreenState {
	const typing = stillTyping(state.chat.typing, now);
	const chat = typing === state.chat.typing ? state.chat : {...state.chat, typing};
	return {...state, chat, now};
}

function withComposer(state: ScreenState, composer: ComposerState): ScreenState {
	const hint = composer.isCut ? 'cut at 64 KiB: the end of it is missing' : undefined;
	return {...state, composer, hint};
}
