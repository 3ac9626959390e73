import {searchRow} from '../search/search-row.ts';
import type {Cell} from '../terminal/painter.ts';
import {type Chrome, chromeOf} from './chrome.ts';
import {middleOf} from './middle.ts';
import type {ScreenState} from './screen-state.ts';
import {layOutWindow, type WindowLayout} from './window-layout.ts';

/** The window as a function of the state: the conversation as rows, and what is around it. */
export type WindowView = {
	readonly chrome: Chrome;
	/** The rows between those of the chrome, styled and cut to the width. */
	readonly middle: readonly string[];
	/** Where the cursor stands; undefined hides it. */
	readonly caret: Cell | undefined;
};

export function viewWindow(state: ScreenState): WindowView {
	const layout = layOutWindow(state);
	const middle = middleOf(state, layout);
	return {chrome: chromeOf(state, layout, middle), middle: middle.rows, caret: caretOf(state, layout)};
}

/** In what is sought, while it is typed. */
function caretOf(
	{search, size, theme, hint}: ScreenState,
	{caret, composerRows}: WindowLayout,
): Cell | undefined {
	if (!search || !caret || hint !== undefined) return caret;
	const {caretColumn: column} = searchRow({search, columns: size.columns, theme});
	return {row: size.rows - composerRows.length - 1, column};
}

/** How many rows of the chrome stand above the conversation; the others are below it. */
export const rowsAbove = ({tooSmall, bar}: Chrome): number =>
	tooSmall ? tooSmall.length : bar === undefined ? 1 : 2;
