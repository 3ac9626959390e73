import type {LineRows} from '../pane/line-rows.ts';
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
