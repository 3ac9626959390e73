import type {ChatLine} from '../../chat/chat-line.ts';
import type {LookAlikes} from '../../chat/names.ts';
import {type People, presenceOf} from '../../chat/people.ts';
import type {Theme} from '../theme.ts';
import {rowsOfLine} from './line-rows.ts';

/**
 * Where a reader has scrolled to: the lowest row of the pane is row `row` (from 0) of the line with this id. Undefined
 * stands for the end, where new text appears.
 */
export type ScrollPosition = {readonly id: number; readonly row: number} | undefined;

export type Viewport = {
	/** The styled rows of the pane, from its top; exactly as many as it has. */
	readonly rows: readonly string[];
	/** Lines below the lowest one that is shown in part or whole. */
	readonly linesBelow: number;
};

type Pane = {
	readonly lines: readonly ChatLine[];
	readonly columns: number;
	readonly rows: number;
	readonly theme: Theme;
	/** Who is here, if that is known. */
	readonly people?: People | undefined;
	readonly lookAlikes?: LookAlikes | undefined;
	/** The last line that was there when somebody stopped reading; a rule stands below it. */
	readonly readUpTo?: number | undefined;
};

/** Cuts out what the pane shows. Only lines that are visible are laid out, from the bottom up. */
export function viewPane(pane: Pane, position: ScrollPosition): Viewport {
	const bottom = locate(pane, position);
	const shown: string[] = [];
	for (let index = bottom.index; index >= 0 && shown.length < pane.rows; index--) {
		const rows = rowsAt(pane, index);
		const end = index === bottom.index ? bottom.row + 1 : rows.length;
		for (let row = end - 1; row >= 0 && shown.length < pane.rows; row--) shown.push(rows[row] ?? '');
	}
	while (shown.length < pane.rows) shown.push('');
	return {rows: shown.reverse(), linesBelow: Math.max(0, pane.lines.length - 1 - bottom.index)};
}

/**
 * Scrolls by rows, up if negative. It never goes further up than to where the oldest row is the highest of the pane, and
 * gives undefined, the end, when it arrives there.
 */
export function scrollBy(pane: Pane, position: ScrollPosition, rows: number): ScrollPosition {
	if (pane.lines.length === 0) return undefined;
	let {index, row} = locate(pane, position);
	for (let left = rows; left < 0; left++) {
		if (!hasRowsAbove(pane, index, row)) break;
		row--;
		if (row < 0) {
			index--;
			row = rowsAt(pane, index).length - 1;
		}
	}
	for (let left = rows; left > 0; left--) {
		row++;
		if (row < rowsAt(pane, index).length) continue;
		if (index === pane.lines.length - 1) return undefined;
		index++;
		row = 0;
	}
	const isAtEnd = index === pane.lines.length - 1 && row === rowsAt(pane, index).length - 1;
	const line = pane.lines[index];
	return isAtEnd || !line ? undefined : {id: line.id, row};
}

/** Whether less than two panes of rows are above what is shown: then it is time to load more. */
export function isNearTop(pane: Pane, position: ScrollPosition): boolean {
	if (pane.lines.length === 0) return true;
	const {index, row} = locate(pane, position);
	let rows = row + 1;
	for (let above = index - 1; above >= 0 && rows <= 3 * pane.rows; above--)
		rows += rowsAt(pane, above).length;
	return rows <= 3 * pane.rows;
}

function locate(pane: Pane, position: ScrollPosition): {index: number; row: number} {
	const last = pane.lines.length - 1;
	if (!position) return {index: last, row: last < 0 ? 0 : rowsAt(pane, last).length - 1};
	const index = indexOfId(pane.lines, position.id);
	return downToFull(pane, index, Math.min(position.row, rowsAt(pane, index).length - 1));
}

/**
 * The row itself, or the nearest below it that has a whole pane above: the lines above may be gone since the reader
 * came here, or the window may have grown.
 */
function downToFull(pane: Pane, index: number, row: number): {index: number; row: number} {
	let rows = row + 1;
	for (let above = index - 1; above >= 0 && rows < pane.rows; above--) rows += rowsAt(pane, above).length;
	let found = {index, row};
	while (rows < pane.rows) {
		const isLastRow = found.row === rowsAt(pane, found.index).length - 1;
		if (isLastRow && found.index === pane.lines.length - 1) break;
		found = isLastRow ? {index: found.index + 1, row: 0} : {index: found.index, row: found.row + 1};
		rows++;
	}
	return found;
}

/** The line with this id, or the next newer one if it is gone: ids ascend, with gaps where a line was taken back. */
function indexOfId(lines: readonly ChatLine[], id: number): number {
	let low = 0;
	let high = lines.length - 1;
	while (low < high) {
		const middle = (low + high) >> 1;
		if ((lines[middle]?.id ?? 0) < id) low = middle + 1;
		else high = middle;
	}
	return low;
}

/** Whether there are more rows above than the pane shows if this is its lowest one. */
function hasRowsAbove(pane: Pane, index: number, row: number): boolean {
	let rows = row + 1;
	for (let above = index - 1; above >= 0 && rows <= pane.rows; above--) rows += rowsAt(pane, above).length;
	return rows > pane.rows;
}

function rowsAt(pane: Pane, index: number): readonly string[] {
	const line = pane.lines[index];
	if (!line) return [];
	const isGone = line.kind === 'message' && presenceOf(pane.people, line.from) === 'gone';
	const rows = rowsOfLine(line, pane.columns, pane.theme, isGone, pane.lookAlikes);
	return isFirstUnread(pane, index) ? [readingRule(pane), ...rows] : rows;
}

function isFirstUnread({lines, readUpTo}: Pane, index: number): boolean {
	if (readUpTo === undefined) return false;
	const [before, line] = [lines[index - 1], lines[index]];
	return before !== undefined && line !== undefined && before.id <= readUpTo && line.id > readUpTo;
}

const readingRule = ({columns, theme}: Pane): string =>
	theme.dim(`${'─'.repeat(Math.max(0, columns - 7))} new ──`.slice(-columns));
