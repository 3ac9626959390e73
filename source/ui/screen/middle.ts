import {isCardIn} from '../card/card.ts';
import {cardRows} from '../card/card-rows.ts';
import {viewExcerpt} from '../excerpt/excerpt-rows.ts';
import {rowsOfPage} from '../overlay/page.ts';
import {listRows} from '../pane/conversation-list.ts';
import type {Pane} from '../pane/pane.ts';
import {type Viewport, viewPane} from '../pane/viewport.ts';
import {popupRows} from '../rows/popup-rows.ts';
import {titleRow} from '../rows/title-row.ts';
import {welcomeRows} from '../rows/welcome-rows.ts';
import {searchedPane} from '../search/search-middle.ts';
import {keepLast} from './keep-last.ts';
import {livePaneOf, paneOf} from './reading.ts';
import type {ScreenState} from './screen-state.ts';
import type {WindowLayout} from './window-layout.ts';

/** The rows between the status and what stands below the conversation; exactly as many as the layout has for them. */
export type Middle = Viewport;

const keptPane = keepLast(({scroll, ...pane}: Pane & Pick<ScreenState, 'scroll'>) => viewPane(pane, scroll));
const keptSought = keepLast((pane: Pane) => pane);
const keptLive = keepLast((pane: Pane) => pane);
const keptExcerpt = keepLast(viewExcerpt);
const keptCard = keepLast(cardRows);
const keptCarded = keepLast(
	({shown, card}: {readonly shown: Viewport; readonly card: readonly string[]}): Viewport => ({
		...shown,
		rows: [...shown.rows, ...card],
	}),
);
const keptTitle = keepLast(titleRow);
const keptTitled = keepLast(
	({title, shown}: {readonly title: string; readonly shown: Viewport}): Viewport => ({
		...shown,
		rows: [title, ...shown.rows],
	}),
);
const keptWelcome = keepLast(welcomeRows);
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
	const {paneRows, listColumns, hasTitle} = layout;
	const {drafts, theme} = state;
	const {conversations, open, lookAlikes} = state.chat;
	const page = rowsOfPage(state);
	const pane = page
		? keptPage({page, first: firstRowOf(state, page, paneRows), rows: paneRows})
		: conversationOf(state, layout);
	const popup = popupOf(state, layout);
	if (listColumns === 0 && popup === none) return pane;
	const list =
		listColumns === 0
			? none
			: keptList({
					conversations,
					open,
					lookAlikes,
					drafts,
					theme,
					columns: listColumns,
					rows: paneRows + (hasTitle ? 1 : 0),
				});
	return keptMiddle({list, pane, popup});
}

/** The open view: as it is read, or searched, with whom it is with above it, and below it what is to be known first. */
function conversationOf(state: ScreenState, layout: WindowLayout): Viewport {
	const {paneRows} = layout;
	const {scroll, search, excerpt} = state;
	const pane = paneOf(state);
	const card = search || excerpt ? none : cardOf(state, layout);
	const view = keptPane({...pane, rows: pane.rows - card.length, scroll});
	const framed = excerpt ? keptExcerpt({view, excerpt, scroll, live: keptLive(livePaneOf(state))}) : view;
	const shown = search
		? searchedPane({pane: keptSought({...pane, rows: paneRows}), view: framed, search})
		: framed;
	const carded = card.length > 0 ? keptCarded({shown, card}) : shown;
	return layout.hasTitle ? keptTitled({title: titleOf(state, layout), shown: carded}) : carded;
}

/** Who wrote meanwhile; or, where nobody has written yet, how one does that. */
function cardOf({card, chat, ...state}: ScreenState, {paneRows: rows, paneColumns: columns}: WindowLayout) {
	const {login, address, isHosting, question, theme} = state;
	const {people, connection, scrollback, conversations, lookAlikes} = chat;
	if (card && isCardIn(card, chat.open))
		return keptCard({card, conversations, columns, rows, theme, lookAlikes});
	// Else somebody who was here before would see it for a moment.
	const isQuiet = connection.phase === 'open' && !question && conversations.size === 0;
	if (!isQuiet || scrollback.lines.some(({kind}) => kind !== 'notice')) return none;
	return keptWelcome({login, address, isHosting, people, lookAlikes, columns, rows, theme});
}

function titleOf({chat, theme}: ScreenState, {paneColumns: columns}: WindowLayout): string {
	const {people, lookAlikes, conversations, open} = chat;
	const {members = [], isMuted = false} = conversations.get(open) ?? {};
	return keptTitle({members, isMuted, people, lookAlikes, columns, theme});
}

function popupOf({theme, size}: ScreenState, {popup, popupRows: rows}: WindowLayout): readonly string[] {
	return popup && rows > 0 ? keptPopup({popup, rows, columns: size.columns, theme}) : none;
}

/** A window that has grown shows the end of the page, not what would be behind it. */
function firstRowOf({overlay}: ScreenState, page: readonly string[], rows: number): number {
	const row = overlay && overlay.kind !== 'go' ? overlay.row : 0;
	return Math.max(0, Math.min(row, page.length - rows));
}
