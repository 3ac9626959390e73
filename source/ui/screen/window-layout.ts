import {everything} from '../../chat/conversation.ts';
import {countWaiting} from '../../chat/scrollback.ts';
import {layoutComposer} from '../composer/layout.ts';
import {type Popup, popupHeight, popupOf} from '../overlay/popup.ts';
import {overlayCaret} from '../rows/overlay-row.ts';
import {type QuestionRows, questionRows} from '../rows/question-rows.ts';
import {maxSentenceRows, sentenceRows} from '../rows/sentence-rows.ts';
import type {Cell} from '../terminal/painter.ts';
import type {WindowSize} from '../terminal/terminal.ts';
import {keepLast} from './keep-last.ts';
import type {ScreenState} from './screen-state.ts';

/** The smallest window that the screen can be drawn in, in cells. */
const smallestWindow = {columns: 20, rows: 5} as const;

/** Whether there is no room for anything but words that say so. */
export const isTooSmall = ({columns, rows}: WindowSize): boolean =>
	columns < smallestWindow.columns || rows < smallestWindow.rows;

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
	/** What stands in place of recipients and composer while something is asked. */
	readonly question: QuestionRows | undefined;
	/** Words about the last key in place of the recipients, as many rows as they need; none if there are none. */
	readonly hintRows: readonly string[];
	/** Where the cursor stands; undefined hides it. */
	readonly caret: Cell | undefined;
};

/** The list of conversations, and windows that have room for it; in low ones not even a row is spared for them. */
const listColumns = 20;
const minColumnsForList = 70;
const minRowsForBar = 10;

/** In lower windows only the row of the recipients says who is here of them. */
const minRowsForTitle = 14;

/** Rows of the conversation that what there is to choose from leaves to it. */
const minPaneRows = 2;

type Laid = Pick<
	ScreenState,
	'size' | 'composer' | 'question' | 'overlay' | 'chat' | 'hint' | 'isHosting' | 'isKeeping'
>;

/** What the division depends on. */
type Circumstances = Omit<Laid, 'chat'> & {
	/** Whether there are conversations, and one of them is open. */
	readonly hasMore: boolean;
	readonly isParty: boolean;
	readonly popup: Popup | undefined;
	/** Own lines that were never written, where something is asked. */
	readonly waiting: number;
};

/**
 * Done once for what it depends on: each frame asks several times, most frames change only the pane, and a draft of 64 KiB
 * takes tens of milliseconds to lay out.
 */
const divided = keepLast(divideWindow);

export function layOutWindow(state: Laid): WindowLayout {
	const {size, composer, question, overlay, hint, isHosting, isKeeping, chat} = state;
	return divided({
		...{size, composer, question, overlay, hint, isHosting, isKeeping},
		hasMore: chat.conversations.size > 0,
		isParty: chat.open !== everything,
		popup: question ? undefined : popupOf(state),
		waiting: question ? countWaiting(chat.scrollback) : 0,
	});
}

const tooSmall: WindowLayout = {
	isTooSmall: true,
	hasTitle: false,
	paneRows: 0,
	paneColumns: 0,
	listColumns: 0,
	hasBar: false,
	popup: undefined,
	popupRows: 0,
	composerRows: [],
	question: undefined,
	hintRows: [],
	caret: undefined,
};

/**
 * Divides the window: a draft of several lines takes rows from the pane, but never more than a third of the window. What
 * has to be answered takes as many as it needs: in the lowest windows all that the pane has.
 */
function divideWindow({size, composer, overlay, hint, popup, ...state}: Circumstances): WindowLayout {
	const {columns, rows} = size;
	if (isTooSmall(size)) return tooSmall;
	const list = columns < minColumnsForList ? 0 : listColumns;
	const hasBar = list === 0 && state.hasMore && rows >= minRowsForBar;
	const isPage = overlay !== undefined && overlay.kind !== 'go';
	const hasTitle = state.isParty && !isPage && rows >= minRowsForTitle;
	const above = 1 + (hasBar ? 1 : 0);
	const room = rows - above - (hasTitle ? 1 : 0);
	const sides = {isTooSmall: false, hasBar, hasTitle, listColumns: list, paneColumns: columns - list, popup};
	if (state.question) {
		const question = questionRows({...state, question: state.question, draft: composer.text, columns, room});
		return {
			...sides,
			question,
			popupRows: 0,
			paneRows: room - question.asked.length - question.answer.length,
			composerRows: [],
			hintRows: [],
			caret: undefined,
		};
	}
	const draft = layoutComposer(composer, columns - composerPrompt.length, Math.max(1, Math.floor(rows / 3)));
	const left = room - draft.rows.length;
	const hintRows =
		hint === undefined || overlay ? [] : sentenceRows(hint, columns, Math.min(maxSentenceRows, left));
	const middleRows = left - Math.max(1, hintRows.length);
	// Something of the conversation stays in sight.
	const popupRows = Math.max(0, Math.min(popupHeight(popup, rows), middleRows - minPaneRows));
	const draftRow = rows - draft.rows.length;
	return {
		...sides,
		question: undefined,
		paneRows: middleRows - popupRows,
		popupRows,
		composerRows: draft.rows,
		hintRows,
		caret: overlay
			? {row: draftRow - 1, column: overlayCaret(overlay, columns)}
			: {row: draftRow + draft.caretRow, column: composerPrompt.length + draft.caretColumn},
	};
}
