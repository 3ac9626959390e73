import type {LineRows} from '../pane/line-rows.ts';
import {indexOfId, type Pane, rowsAt} from '../pane/pane.ts';
import {inSight} from '../screen/reading.ts';
import type {ScreenState} from '../screen/screen-state.ts';
import {hasMarks} from './mark.ts';

/**
 * The row of a line in which most of the words stand, counted from the first of its text; and whether all words are in
 * sight: else some are in what is folded, or broken in two rows.
 */
export function rowWith(
	words: readonly string[],
	{rows, lead, fold}: Pick<LineRows, 'rows' | 'lead' | 'fold'>,
): {readonly row: number; readonly isAll: boolean} {
	const counts = rows.slice(lead).map(row => words.filter(word => hasMarks(row, [word])).length);
	const most = Math.max(0, ...counts);
	return {row: most === 0 ? 0 : counts.indexOf(most), isAll: fold === undefined || most === words.length};
}

/** Where a line is in sight with the words that were found in it, unfolded if it has to be. */
export function sightOf(
	pane: Pane,
	id: number,
	words: readonly string[],
): Pick<ScreenState, 'scroll' | 'unfolded'> {
	const unfolded = pane.unfolded ?? new Set();
	const {row, isAll} = rowWith(words, rowsAt(pane, indexOfId(pane.lines, id)));
	if (isAll) return {unfolded, scroll: inSight(pane, {id, row})};
	const whole = {...pane, unfolded: new Set([...unfolded, id])};
	const best = rowWith(words, rowsAt(whole, indexOfId(whole.lines, id)));
	return {unfolded: whole.unfolded, scroll: inSight(whole, {id, row: best.row})};
}
