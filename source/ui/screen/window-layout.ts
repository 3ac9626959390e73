import {layoutComposer} from '../composer/layout.ts';
import type {Cell} from '../terminal/painter.ts';
import type {ScreenState} from './screen-state.ts';

/** The smallest window that the screen can be drawn in, in cells. */
const smallestWindow = {columns: 20, rows: 5} as const;

/** What stands in front of the draft. */
export const composerPrompt = '› ';

export type WindowLayout = {
	readonly isTooSmall: boolean;
	/** Rows between the status line and the line of the recipients. */
	readonly paneRows: number;
	readonly composerRows: readonly string[];
	/** Where the cursor stands; undefined hides it. */
	readonly caret: Cell | undefined;
};

/** The status line on top and the line of the recipients above the composer. */
const fixedRows = 2;

/** Divides the window: a draft of several lines takes rows from the pane, but never more than a third of the window. */
export function layOutWindow(state: Pick<ScreenState, 'size' | 'composer' | 'question'>): WindowLayout {
	const {columns, rows} = state.size;
	if (columns < smallestWindow.columns || rows < smallestWindow.rows) {
		return {isTooSmall: true, paneRows: 0, composerRows: [], caret: undefined};
	}
	if (state.question) {
		return {isTooSmall: false, paneRows: rows - fixedRows - 1, composerRows: [''], caret: undefined};
	}
	const draft = layoutComposer(
		state.composer,
		columns - composerPrompt.length,
		Math.max(1, Math.floor(rows / 3)),
	);
	const paneRows = rows - fixedRows - draft.rows.length;
	return {
		isTooSmall: false,
		paneRows,
		composerRows: draft.rows,
		caret: {row: fixedRows + paneRows + draft.caretRow, column: composerPrompt.length + draft.caretColumn},
	};
}
