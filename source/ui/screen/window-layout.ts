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

type Laid = Pick<ScreenState, 'size' | 'composer' | 'question'>;

let last: {readonly of: Laid; readonly layout: WindowLayout} | undefined;

/**
 * {@link divideWindow}, done once for what it depends on: each frame asks several times, most frames change only the
 * pane, and a draft of 64 KiB takes tens of milliseconds to lay out.
 */
export function layOutWindow({size, composer, question}: Laid): WindowLayout {
	if (!last || last.of.size !== size || last.of.composer !== composer || last.of.question !== question) {
		const of = {size, composer, question};
		last = {of, layout: divideWindow(of)};
	}
	return last.layout;
}

/** Divides the window: a draft of several lines takes rows from the pane, but never more than a third of the window. */
function divideWindow(state: Laid): WindowLayout {
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
