import {everything} from '../../chat/conversation.ts';
import {layoutComposer} from '../composer/layout.ts';
import {type Popup, popupHeight, popupOf} from '../overlay/popup.ts';
import {overlayCaret} from '../rows/overlay-row.ts';
import type {Cell} from '../terminal/painter.ts';
import type {ScreenState} from './screen-state.ts';

/** The smallest window that the screen can be drawn in, in cells. */
const smallestWindow = {columns: 20, rows: 5} as const;

/** What stands in front of the draft. */
export const composerPrompt = '› ';

export type WindowLayout = {
	readonly isTooSmall: boolean;
	/** Whether a row above the conversation says whom it is with. */
	readonly hasTitle: boolean;
	/** Rows, without those of the title, and columns of the conversation. */
	readonly paneRows: number;
	readonly paneColumns: number;
	/** Columns of the list of conversations at the left, with the rule behind it; 0 where there is no room for it. */
	readonly listColumns: number;
	/** Whether the conversations have a row of their own instead, below the status line. */
	readonly hasBar: boolean;
	/** What there is to choose from, and how many rows that has above the recipients. */
	readonly popup: Popup | undefined;
	readonly popupRows: number;
	readonly composerRows: readonly string[];
	/** Where the cursor stands; undefined hides it. */
	readonly caret: Cell | undefined;
};

/** The status line on top and the line of the recipients above the composer. */
const fixedRows = 2;

/** The list of conversations, and windows that have room for it; in low ones not even a row is spared for them. */
const listColumns = 20;
const minColumnsForList = 70;
const minRowsForBar = 10;

/** In lower windows only the row of the recipients says who is here of them. */
const minRowsForTitle = 14;

/** Rows of the conversation that what there is to choose from leaves to it. */
const minPaneRows = 2;

type Laid = Pick<ScreenState, 'size' | 'composer' | 'question' | 'overlay' | 'chat'>;

/** What of the chat the division depends on: whether there are conversations, and one of them is open. */
type Circumstances = {
	readonly hasMore: boolean;
	readonly isParty: boolean;
	readonly popup: Popup | undefined;
};

let last: (Circumstances & {readonly of: Laid; readonly layout: WindowLayout}) | undefined;

/**
 * {@link divideWindow}, done once for what it depends on: each frame asks several times, most frames change only the
 * pane, and a draft of 64 KiB takes tens of milliseconds to lay out.
 */
export function layOutWindow(state: Laid): WindowLayout {
	const {size, composer, question, overlay} = state;
	const hasMore = state.chat.conversations.size > 0;
	const isParty = state.chat.open !== everything;
	const popup = question ? undefined : popupOf(state);
	const isSame =
		last?.of.size === size &&
		last.of.composer === composer &&
		last.of.question === question &&
		last.of.overlay === overlay &&
		last.hasMore === hasMore &&
		last.isParty === isParty &&
		last.popup === popup;
	if (!last || !isSame) {
		const layout = divideWindow(state, {hasMore, isParty, popup});
		last = {of: state, hasMore, isParty, popup, layout};
	}
	return last.layout;
}

/** Divides the window: a draft of several lines takes rows from the pane, but never more than a third of the window. */
function divideWindow(state: Laid, {hasMore, isParty, popup}: Circumstances): WindowLayout {
	const {columns, rows} = state.size;
	if (columns < smallestWindow.columns || rows < smallestWindow.rows) {
		const none = {
			hasTitle: false,
			paneRows: 0,
			paneColumns: 0,
			listColumns: 0,
			hasBar: false,
			popup: undefined,
			popupRows: 0,
		};
		return {...none, isTooSmall: true, composerRows: [], caret: undefined};
	}
	const list = columns < minColumnsForList ? 0 : listColumns;
	const hasBar = list === 0 && hasMore && rows >= minRowsForBar;
	const above = fixedRows + (hasBar ? 1 : 0);
	const isPage = state.overlay !== undefined && state.overlay.kind !== 'go';
	const hasTitle = isParty && !isPage && rows >= minRowsForTitle;
	const sides = {isTooSmall: false, hasBar, hasTitle, listColumns: list, paneColumns: columns - list, popup};
	const titleRows = hasTitle ? 1 : 0;
	if (state.question) {
		return {
			...sides,
			popupRows: 0,
			paneRows: rows - above - titleRows - 1,
			composerRows: [''],
			caret: undefined,
		};
	}
	const draft = layoutComposer(
		state.composer,
		columns - composerPrompt.length,
		Math.max(1, Math.floor(rows / 3)),
	);
	const room = rows - above - titleRows - draft.rows.length;
	// Something of the conversation stays in sight.
	const popupRows = Math.max(0, Math.min(popupHeight(popup, rows), room - minPaneRows));
	const paneRows = room - popupRows;
	const draftRow = above + titleRows + paneRows + popupRows;
	return {
		...sides,
		paneRows,
		popupRows,
		composerRows: draft.rows,
		caret: state.overlay
			? {row: draftRow - 1, column: overlayCaret(state.overlay, columns)}
			: {row: draftRow + draft.caretRow, column: composerPrompt.length + draft.caretColumn},
	};
}
