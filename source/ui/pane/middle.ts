import {scrollbackOf} from '../../chat/views.ts';
import type {ScreenState} from '../screen/screen-state.ts';
import {layOutWindow} from '../screen/window-layout.ts';
import {listRows} from './conversation-list.ts';
import {type Viewport, viewPane} from './viewport.ts';

let last: {readonly of: readonly unknown[]; readonly viewport: Viewport} | undefined;

/**
 * What the middle of the window shows: the list of conversations where there is room for it, and the open one. The same
 * rows, as long as nothing that they depend on changes: most keys change only the draft.
 */
export function viewMiddle(state: ScreenState): Viewport {
	const {theme, scroll, drafts} = state;
	const {scrollback, conversations, open, readUpTo, people} = state.chat;
	const {paneRows, paneColumns} = layOutWindow(state);
	const of = [
		...[scrollback, conversations, open, readUpTo, people],
		...[paneRows, paneColumns, theme, scroll, drafts],
	];
	if (!last?.of.every((part, index) => part === of[index])) last = {of, viewport: compose(state)};
	return last.viewport;
}

function compose(state: ScreenState): Viewport {
	const {chat, theme, scroll} = state;
	const {paneRows, paneColumns, listColumns} = layOutWindow(state);
	const {lines} = scrollbackOf(chat, chat.open);
	const readUpTo = chat.readUpTo.get(chat.open);
	const pane = {lines, columns: paneColumns, rows: paneRows, theme, people: chat.people, readUpTo};
	const viewport = viewPane(pane, scroll);
	if (listColumns === 0) return viewport;
	const list = listRows(state, listColumns, paneRows);
	return {...viewport, rows: viewport.rows.map((row, index) => (list[index] ?? '') + row)};
}
