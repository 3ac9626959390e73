import {cardRows} from '../card/card-rows.ts';
import {listRows} from '../pane/conversation-list.ts';
import type {Pane} from '../pane/pane.ts';
import {type Viewport, viewPane} from '../pane/viewport.ts';
import {searchedPane} from '../search/search-middle.ts';
import {keepLast} from './keep-last.ts';
import {paneOf} from './pane-of.ts';
import type {ScreenState} from './screen-state.ts';
import type {WindowLayout} from './window-layout.ts';

/** The rows between the status and what stands below the conversation; exactly as many as the layout has for them. */
export type Middle = Viewport;

const keptPane = keepLast(({scroll, ...pane}: Pane & Pick<ScreenState, 'scroll'>) => viewPane(pane, scroll));
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
export function middleOf(state: ScreenState, {paneRows, listColumns}: WindowLayout): Middle {
	const {drafts, theme} = state;
	const {conversations, open} = state.chat;
	const pane = readPane(state);
	if (listColumns === 0) return pane;
	const list = keptList({conversations, open, drafts, theme, columns: listColumns, rows: paneRows});
	return keptMiddle({list, pane});
}

/** The conversation, with what is found in it, or with a card about it at its end. */
function readPane(state: ScreenState): Viewport {
	const {card, search, scroll} = state;
	const pane = paneOf(state);
	if (search) return searchedPane({pane: keptSought(pane), view: keptPane({...pane, scroll}), search});
	if (!card?.isShown) return keptPane({...pane, scroll});
	const rows = keptCard({card, columns: pane.columns, rows: pane.rows, theme: pane.theme});
	const shown = keptPane({...pane, rows: pane.rows - rows.length, scroll});
	return keptCarded({shown, card: rows});
}
