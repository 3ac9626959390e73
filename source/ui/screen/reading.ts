import type {ChatLine} from '../../chat/chat-line.ts';
import {everything} from '../../chat/conversation.ts';
import {mentionBeside, scrollbackOf} from '../../chat/views.ts';
import {withoutExcerpt} from '../excerpt/excerpt.ts';
import {excerptRows, frameIn} from '../excerpt/excerpt-rows.ts';
import {toggleFold} from '../pane/folds.ts';
import type {Pane, ScrollPosition} from '../pane/pane.ts';
import {isNearTop, scrollBy} from '../pane/viewport.ts';
import type {ScreenState} from './screen-state.ts';
import {layOutWindow} from './window-layout.ts';

/** The lines that are read: of the open view, or of an excerpt of it. */
export const linesRead = ({excerpt, chat}: Pick<ScreenState, 'excerpt' | 'chat'>): readonly ChatLine[] =>
	excerpt?.lines ?? scrollbackOf(chat, chat.open).lines;

/** What the open view is read in, or an excerpt of it. */
export function paneOf(state: ScreenState): Pane {
	const pane = livePaneOf(state);
	if (!state.excerpt) return pane;
	const rows = excerptRows(pane, frameIn(pane));
	return {...pane, lines: state.excerpt.lines, rows, readUpTo: undefined, isExcerpt: true};
}

/** The open view, from the oldest line that is held to the newest. */
export function livePaneOf(state: ScreenState): Pane {
	const {chat, theme, unfolded} = state;
	const {paneColumns, paneRows} = layOutWindow(state);
	return {
		lines: scrollbackOf(chat, chat.open).lines,
		columns: paneColumns,
		rows: paneRows,
		theme,
		unfolded,
		people: chat.people,
		lookAlikes: chat.lookAlikes,
		readUpTo: chat.readUpTo.get(chat.open),
		login: chat.open === everything ? undefined : chat.login,
	};
}

/** Whether the reader has come near the oldest line that is held of the open view. */
export function isReadingOldest(state: ScreenState): boolean {
	const live = withoutExcerpt(state);
	return isNearTop(paneOf(live), live.scroll);
}

/** Goes to the next message that is for us, from where the reader is. */
export function seekMention(from: ScreenState, direction: 'earlier' | 'later'): ScreenState {
	const state = withoutExcerpt(from);
	const {lines} = scrollbackOf(state.chat, state.chat.open);
	const found = mentionBeside(lines, state.scroll?.id, direction);
	if (found) return {...state, scroll: {id: found.id, row: 0}, hint: undefined};
	if (direction === 'later') return {...state, scroll: undefined, hint: undefined};
	return {...state, hint: 'nothing before this is for you'};
}

/** Unfolds the nearest long line in sight, or folds it again. */
export function toggleFoldInSight(state: ScreenState): ScreenState {
	const folds = toggleFold(paneOf(state), state.scroll);
	if (!folds) return {...state, hint: 'nothing in sight is folded'};
	return {...state, unfolded: folds.unfolded, scroll: folds.position, hint: undefined};
}

/** Where a row is in sight with some below it: what somebody answered is what one looks for as often. */
export function inSight(pane: Pane, position: ScrollPosition): ScrollPosition {
	// As if the pane were one row high, or it would be counted from where the oldest row is on top.
	const below = scrollBy({...pane, rows: 1}, position, Math.floor(pane.rows / 3));
	// What is shown as a whole is shown to its end.
	return scrollBy(pane, below, 0);
}
