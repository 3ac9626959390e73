import {scrollbackOf} from '../../chat/views.ts';
import {cardRows} from '../card/card-rows.ts';
import {listRows} from '../pane/conversation-list.ts';
import type {Pane} from '../pane/pane.ts';
import {type Viewport, viewPane} from '../pane/viewport.ts';
import {searchedPane} from '../search/search-middle.ts';
import {keepLast} from './keep-last.ts';
import {paneOf} from './reading.ts';
import type {ScreenState} from './screen-state.ts';
import type {WindowLayout} from './window-layout.ts';

/** The rows between the status and what stands below the conversation; exactly as many as the layout has for them. */
export type Middle = Viewport;

const keptPane = keepLast(
	({scroll, ...pane}: Parameters<typeof viewPane>[0] & {readonly scroll: ScreenState['scroll']}) =>
		viewPane(pane, scroll),
);
const keptSought = keepLast((pane: Pane) => pane);
const keptCard = keepLast(cardRows);
const keptCarded = keepLast(
	({shown, card}: {readonly shown: Viewport; readonly card: readonly string[]}): Viewport => ({
		...shown,
		rows: [...shown.rows, ...card],
	}),
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
	const {chat, drafts, theme, scroll, unfolded, search} = state;
	const {people, lookAlikes, conversations, open} = chat;
	const card =
		state.card?.isShown && !search
			? keptCard({card: state.card, columns: paneColumns, rows: paneRows, theme})
			: [];
	const view = keptPane({
		lines: scrollbackOf(chat, open).lines,
		columns: paneColumns,
		rows: paneRows - card.length,
		theme,
		people,
		lookAlikes,
		unfolded,
		scroll,
		readUpTo: chat.readUpTo.get(open),
	});
	const shown = search ? searchedPane({pane: keptSought(paneOf(state)), view, search}) : view;
	const pane = card.length > 0 ? keptCarded({shown, card}) : shown;
	if (listColumns === 0) return pane;
	const list = keptList({conversations, open, drafts, theme, columns: listColumns, rows: paneRows});
	return keptMiddle({list, pane});
}
