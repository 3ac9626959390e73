import {scrollbackOf, selfIn} from '../../chat/views.ts';
import {listRows} from '../pane/conversation-list.ts';
import {type Viewport, viewPane} from '../pane/viewport.ts';
import {keepLast} from './keep-last.ts';
import type {ScreenState} from './screen-state.ts';
import type {WindowLayout} from './window-layout.ts';

/** The rows between the status and what stands below the conversation; exactly as many as the layout has for them. */
export type Middle = Viewport;

const keptPane = keepLast(
	({scroll, ...pane}: Parameters<typeof viewPane>[0] & {readonly scroll: ScreenState['scroll']}) =>
		viewPane(pane, scroll),
);
const keptList = keepLast(listRows);
const keptMiddle = keepLast(
	({list, pane}: {readonly list: readonly string[]; readonly pane: Viewport}): Middle => ({
		...pane,
		rows: pane.rows.map((row, index) => (list[index] ?? '') + row),
	}),
);

/** The part of the window that is made of rows only, the conversation: the painter's and the component's alike. */
export function middleOf(state: ScreenState, {paneRows, paneColumns, listColumns}: WindowLayout): Middle {
	const {chat, drafts, theme, scroll, unfolded} = state;
	const {people, lookAlikes, conversations, open} = chat;
	const pane = keptPane({
		lines: scrollbackOf(chat, open).lines,
		columns: paneColumns,
		rows: paneRows,
		theme,
		people,
		lookAlikes,
		unfolded,
		scroll,
		readUpTo: chat.readUpTo.get(open),
		self: selfIn(chat, open),
	});
	if (listColumns === 0) return pane;
	const list = keptList({conversations, open, drafts, theme, columns: listColumns, rows: paneRows});
	return keptMiddle({list, pane});
}
