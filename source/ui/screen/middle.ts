import {rowsOfPage} from '../overlay/page.ts';
import {listRows} from '../pane/conversation-list.ts';
import type {Pane} from '../pane/pane.ts';
import {type Viewport, viewPane} from '../pane/viewport.ts';
import {popupRows} from '../rows/popup-rows.ts';
import {keepLast} from './keep-last.ts';
import {paneOf} from './pane-of.ts';
import type {ScreenState} from './screen-state.ts';
import type {WindowLayout} from './window-layout.ts';

/** The rows between the status and what stands below the conversation; exactly as many as the layout has for them. */
export type Middle = Viewport;

const keptPane = keepLast(({scroll, ...pane}: Pane & Pick<ScreenState, 'scroll'>) => viewPane(pane, scroll));
const keptList = keepLast(listRows);
const keptMiddle = keepLast(
	({list, pane, popup}: Record<'list' | 'popup', readonly string[]> & {readonly pane: Viewport}): Middle => ({
		...pane,
		rows: [...pane.rows.map((row, index) => (list[index] ?? '') + row), ...popup],
	}),
);
const keptPopup = keepLast(popupRows);
const keptPage = keepLast(
	({page, first, rows}: {page: readonly string[]; first: number; rows: number}): Viewport => ({
		rows: Array.from({length: rows}, (_, row) => page[first + row] ?? ''),
		linesBelow: 0,
	}),
);
const none: readonly string[] = [];

/** The part of the window that is made of rows only, the conversation: the painter's and the component's alike. */
export function middleOf(state: ScreenState, layout: WindowLayout): Middle {
	const {paneRows, listColumns} = layout;
	const {drafts, theme, scroll} = state;
	const {conversations, open} = state.chat;
	const page = rowsOfPage(state);
	const pane = page
		? keptPage({page, first: firstRowOf(state, page, paneRows), rows: paneRows})
		: keptPane({...paneOf(state), scroll});
	const popup = popupOf(state, layout);
	if (listColumns === 0 && popup === none) return pane;
	const list =
		listColumns === 0
			? none
			: keptList({conversations, open, drafts, theme, columns: listColumns, rows: paneRows});
	return keptMiddle({list, pane, popup});
}

function popupOf({theme, size}: ScreenState, {popup, popupRows: rows}: WindowLayout): readonly string[] {
	return popup && rows > 0 ? keptPopup({popup, rows, columns: size.columns, theme}) : none;
}

/** A window that has grown shows the end of the page, not what would be behind it. */
function firstRowOf({overlay}: ScreenState, page: readonly string[], rows: number): number {
	const row = overlay && overlay.kind !== 'go' ? overlay.row : 0;
	return Math.max(0, Math.min(row, page.length - rows));
}
