import {wordsOf} from '../../chat/find.ts';
import {indexOfId, type Pane, rowsAt} from '../pane/pane.ts';
import type {Viewport} from '../pane/viewport.ts';
import {keepLast} from '../screen/keep-last.ts';
import {foundRows} from './found-rows.ts';
import {markRows, markStart} from './mark.ts';
import {rowWith} from './row-with.ts';
import {currentElsewhere, type Search} from './search-state.ts';

/** The time in front of a row, which is never a hit. */
const timeCells = 6;
const minColumnsForTime = 40;

type Marked = {readonly pane: Pane; readonly view: Viewport; readonly search: Search};

/** The pane while something is sought: with the hits marked, or what is found elsewhere. */
export const searchedPane = keepLast(({pane, view, search}: Marked): Viewport => {
	const {columns, rows, theme, lookAlikes} = pane;
	if (currentElsewhere(search) !== undefined) {
		const {elsewhere: found, hits, index, text} = search;
		const current = index - hits.length;
		return {...view, rows: foundRows({found, current, text, columns, rows, theme, lookAlikes})};
	}
	const words = wordsOf(search.text);
	if (words.length === 0) return view;
	const from = columns >= minColumnsForTime ? timeCells : 0;
	const current = currentRow(pane, view, search, words);
	const marked = markRows(view.rows, {words, style: theme.found, from, columns}).map((row, index) =>
		index === current ? markStart(row, timeCells - 1, theme.found) : row,
	);
	return {...view, rows: marked};
});

/** The row in which the current hit stands, if that can be told by its text. */
function currentRow(pane: Pane, view: Viewport, search: Search, words: readonly string[]): number {
	const id = search.hits[search.index];
	if (id === undefined) return -1;
	const line = rowsAt(pane, indexOfId(pane.lines, id));
	const {row: best} = rowWith(words, line);
	const text = line.rows[line.lead + best];
	const wanted = best === 0 ? [text, line.onTop] : [text];
	return view.rows.findIndex(row => wanted.includes(row));
}
