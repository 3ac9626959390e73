import {newestRows, viewNewest} from './newest-lines.ts';
import {indexOfId, type Pane, positionOf, type RowPlace, rowsAt, type ScrollPosition} from './pane.ts';

export type Viewport = {
	/** The styled rows of the pane, from its top; exactly as many as it has. */
	readonly rows: readonly string[];
	/** Lines below the lowest one that is shown in part or whole; 0 where the newest stay in sight under a rule that tells it. */
	readonly linesBelow: number;
};

/** Cuts out what the pane shows. Only lines that are visible are laid out, from the bottom up. */
export function viewPane(pane: Pane, position: ScrollPosition): Viewport {
	const bottom = locate(pane, position);
	const height = readingRows(pane, bottom.index);
	const shown: string[] = [];
	for (let index = bottom.index; index >= 0 && shown.length < height; index--) {
		const {rows} = rowsAt(pane, index);
		const end = index === bottom.index ? bottom.row + 1 : rows.length;
		const start = Math.max(0, end - (height - shown.length));
		const isTop = shown.length + end - start === height;
		for (let row = end - 1; row > start; row--) shown.push(rows[row] ?? '');
		shown.push(isTop ? topRow(pane, {index, row: start}) : (rows[start] ?? ''));
	}
	while (shown.length < height) shown.push('');
	const below = linesBelow(pane, bottom.index);
	const newest = viewNewest(pane, below);
	return {rows: [...shown.reverse(), ...newest], linesBelow: newest.length > 0 ? 0 : below};
}

/** The highest row of all, which says whose it is and when it came, if it begins a text. */
function topRow(pane: Pane, {index, row}: RowPlace): string {
	const {rows, lead, onTop} = rowsAt(pane, index);
	return row === lead ? onTop : (rows[row] ?? '');
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
			row = rowsAt(pane, index).rows.length - 1;
		}
	}
	for (let left = rows; left > 0; left--) {
		row++;
		if (row < rowsAt(pane, index).rows.length) continue;
		if (index === pane.lines.length - 1) return undefined;
		index++;
		row = 0;
	}
	return isEnd(pane, {index, row}) ? undefined : positionOf(pane, {index, row});
}

/** Scrolls by what is read at once, less one row, which stays in sight so that the eye finds its place again. */
export function scrollPage(
	pane: Pane,
	position: ScrollPosition,
	by: 'page-up' | 'page-down',
): ScrollPosition {
	const page = Math.max(1, readingRows(pane, locate(pane, position).index) - 1);
	if (by === 'page-up') return scrollBy(pane, position, -page);
	const next = scrollBy(pane, position, page);
	// Where the end would show what is still to be read together with what is read, it is shown.
	const end = scrollBy(pane, next, pane.rows - readingRows(pane, locate(pane, next).index));
	return end === undefined ? undefined : next;
}

/** Whether less than two panes of rows are above what is shown: then it is time to load more. */
export function isNearTop(pane: Pane, position: ScrollPosition): boolean {
	if (pane.lines.length === 0) return true;
	const {index, row} = locate(pane, position);
	return rowsUpTo(pane, index, row, 3 * pane.rows) <= 3 * pane.rows;
}

/** The row that is the lowest of what is read. */
export function locate(pane: Pane, position: ScrollPosition): RowPlace {
	const last = pane.lines.length - 1;
	if (!position) return {index: last, row: Math.max(0, rowsAt(pane, last).rows.length - 1)};
	const index = indexOfId(pane.lines, position.id);
	const {rows, lead} = rowsAt(pane, index);
	// What stood above the text may be gone, or the line itself.
	const isGone = pane.lines[index]?.id !== position.id;
	const row = isGone ? 0 : Math.min(Math.max(0, lead + position.row), rows.length - 1);
	return downToFull(pane, {index, row});
}

const linesBelow = (pane: Pane, index: number): number => Math.max(0, pane.lines.length - 1 - index);

/** How many rows are left for what is read if the line at `index` is the lowest of it. */
export function readingRows(pane: Pane, index: number): number {
	return pane.rows - newestRows(pane, linesBelow(pane, index));
}

/**
 * The row itself, or the nearest below it that has a whole pane above: the lines above may be gone since the reader
 * came here, or the window may have grown.
 */
function downToFull(pane: Pane, place: RowPlace): RowPlace {
	let rows = rowsUpTo(pane, place.index, place.row, pane.rows);
	let found = place;
	while (rows < readingRows(pane, found.index) && !isEnd(pane, found)) {
		const isLastRow = found.row === rowsAt(pane, found.index).rows.length - 1;
		found = isLastRow ? {index: found.index + 1, row: 0} : {index: found.index, row: found.row + 1};
		rows++;
	}
	return found;
}

function isEnd(pane: Pane, {index, row}: RowPlace): boolean {
	return index === pane.lines.length - 1 && row === rowsAt(pane, index).rows.length - 1;
}

/** Whether there are more rows above than the pane shows if this is its lowest one. */
function hasRowsAbove(pane: Pane, index: number, row: number): boolean {
	const height = readingRows(pane, index);
	return rowsUpTo(pane, index, row, height) > height;
}

/** The rows from the oldest one to this one, counted no further than to where they are more than `enough`. */
function rowsUpTo(pane: Pane, index: number, row: number, enough: number): number {
	let rows = row + 1;
	for (let above = index - 1; above >= 0 && rows <= enough; above--) rows += rowsAt(pane, above).rows.length;
	return rows;
}
