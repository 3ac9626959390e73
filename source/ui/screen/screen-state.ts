import {type ChatAction, type ChatState, chatReducer, initialChatState} from '../../chat/chat-state.ts';
import {stillTyping} from '../../chat/typing.ts';
import {
	type ComposerAction,
	type ComposerState,
	composerReducer,
	emptyComposer,
} from '../composer/composer.ts';
import {toggleFold} from '../pane/folds.ts';
import type {ScrollPosition} from '../pane/pane.ts';
import {isNearTop, scrollPage} from '../pane/viewport.ts';
import type {WindowSize} from '../terminal/terminal.ts';
import type {Theme} from '../theme.ts';
import {layOutWindow} from './window-layout.ts';

/** What stands in place of the composer while the person has to answer something first. */
export type Question =
	| {readonly kind: 'name'; readonly reason: string; readonly suggestion: string; readonly problem?: string}
	/** Another host than before wants what waits, or a proof of who we are. */
	| {
			readonly kind: 'stranger';
			readonly srv: string;
			readonly wants: 'lines' | 'signature';
			readonly waiting: number;
	  }
	/** `instead`: the question that this one stands in front of. */
	| {readonly kind: 'leave'; readonly instead?: Question | undefined};

export type ScreenState = {
	readonly chat: ChatState;
	readonly composer: ComposerState;
	readonly size: WindowSize;
	readonly scroll: ScrollPosition;
	/** The ids of the long lines that are shown as a whole. */
	readonly unfolded: ReadonlySet<number>;
	readonly login: string;
	/** Where the chat is, as people write it. */
	readonly address: string;
	/** Whether the broker runs in this process. */
	readonly isHosting: boolean;
	/** Whether what was not sent yet is still there at the next start. */
	readonly isKeeping: boolean;
	readonly question: Question | undefined;
	/** Why the last key did not do what it was meant to; gone with the next key. */
	readonly hint: string | undefined;
	/** The time of the last tick, of `performance.now()`, in ms: what countdowns are counted from. */
	readonly now: number;
	readonly theme: Theme;
};

export type ScreenAction =
	| {readonly type: 'chat'; readonly action: ChatAction}
	| {readonly type: 'composer'; readonly action: ComposerAction}
	| {readonly type: 'resized'; readonly size: WindowSize}
	| {readonly type: 'scrolled'; readonly by: 'page-up' | 'page-down'}
	| {readonly type: 'scrolled-to-end'}
	| {readonly type: 'fold-toggled'}
	| {readonly type: 'asked'; readonly question: Question | undefined}
	| {readonly type: 'hinted'; readonly hint: string | undefined}
	| {readonly type: 'named'; readonly login: string}
	| {readonly type: 'hosting'; readonly isHosting: boolean; readonly address: string}
	| {readonly type: 'keeping'; readonly isKeeping: boolean}
	| {readonly type: 'ticked'; readonly now: number};

export type ScreenSetup = Pick<ScreenState, 'size' | 'login' | 'address' | 'theme'>;

export function createScreenState(setup: ScreenSetup): ScreenState {
	return {
		...setup,
		chat: initialChatState,
		composer: emptyComposer,
		scroll: undefined,
		unfolded: new Set(),
		isHosting: false,
		isKeeping: false,
		question: undefined,
		hint: undefined,
		now: 0,
	};
}

/** Messages that come right after each other are taken in at once: each time costs a copy of the list of all lines. */
export function mergeScreenActions(action: ScreenAction, next: ScreenAction): ScreenAction | undefined {
	if (action.type !== 'chat' || next.type !== 'chat') return undefined;
	if (action.action.type === 'said' && next.action.type === 'said') {
		const lines = [...action.action.lines, ...next.action.lines];
		return {type: 'chat', action: {type: 'said', lines}};
	}
	if (action.action.type !== 'received' || next.action.type !== 'received') return undefined;
	const messages = [...action.action.messages, ...next.action.messages];
	return {type: 'chat', action: {...action.action, messages}};
}

export function screenReducer(state: ScreenState, action: ScreenAction): ScreenState {
	switch (action.type) {
		case 'chat':
			return {...state, chat: chatReducer(state.chat, action.action)};
		case 'composer':
			return withComposer(state, composerReducer(state.composer, action.action));
		case 'resized':
			return {...state, size: action.size};
		case 'scrolled':
			return {...state, scroll: scrollPage(paneOf(state), state.scroll, action.by), hint: undefined};
		case 'scrolled-to-end':
			return {...state, scroll: undefined, hint: undefined};
		case 'fold-toggled':
			return toggleFoldInSight(state);
		case 'asked':
			return {...state, question: action.question, hint: undefined};
		case 'hinted':
			return {...state, hint: action.hint};
		case 'named':
			return {...state, login: action.login};
		case 'hosting':
			return {...state, isHosting: action.isHosting, address: action.address};
		case 'keeping':
			return {...state, isKeeping: action.isKeeping};
		case 'ticked':
			return withTime(state, action.now);
	}
}

/** Who has not gone on writing for a while is not told of any more. */
function withTime(state: ScreenState, now: number): ScreenState {
	const typing = stillTyping(state.chat.typing, now);
	const chat = typing === state.chat.typing ? state.chat : {...state.chat, typing};
	return {...state, chat, now};
}

function withComposer(state: ScreenState, composer: ComposerState): ScreenState {
	return {
		...state,
		composer,
		hint: composer.isCut ? 'cut at 64 KiB: the end of it is missing' : undefined,
	};
}

function toggleFoldInSight(state: ScreenState): ScreenState {
	const folds = toggleFold(paneOf(state), state.scroll);
	if (!folds) return {...state, hint: 'nothing in sight is folded'};
	return {...state, unfolded: folds.unfolded, scroll: folds.position, hint: undefined};
}

/** Whether the reader has come near the oldest line that is held. */
export const isReadingOldest = (state: ScreenState): boolean => isNearTop(paneOf(state), state.scroll);

const paneOf = (state: ScreenState) => ({
	lines: state.chat.scrollback.lines,
	columns: state.size.columns,
	rows: layOutWindow(state).paneRows,
	theme: state.theme,
	people: state.chat.people,
	unfolded: state.unfolded,
});
