import {type Pane, positionOf, rowsAt, type ScrollPosition} from './pane.ts';
import {locate, readingRows} from './viewport.ts';

/** What folding changes. */
export type Folds = {
	/** The ids of the long lines that are shown as a whole. */
	readonly unfolded: ReadonlySet<number>;
	readonly position: ScrollPosition;
};

/** Lines that are remembered as unfolded; the one that was unfolded first is folded again. */
const maxUnfolded = 100;

/**
 * Unfolds the lowest folded line in sight, or folds the lowest unfolded one; undefined if there is neither. What stands
 * above the fold keeps its place on the screen, as far as the newest lines leave it.
 */
export function toggleFold(pane: Pane, position: ScrollPosition): Folds | undefined {
	const bottom = locate(pane, position);
	const height = readingRows(pane, bottom.index);
	let below = 0;
	for (let index = bottom.index; index >= 0 && below < height; index--) {
		const line = pane.lines[index];
		const {fold, rows} = rowsAt(pane, index);
		const inSight = index === bottom.index ? bottom.row + 1 : rows.length;
		if (line && pane.unfolded?.has(line.id)) return foldLine(pane, index, line.id);
		if (line && fold !== undefined && fold < inSight && below + inSight - fold <= height)
			return unfoldLine(pane, index, line.id, {row: fold, fromTop: height - (below + inSight - fold)});
		below += inSight;
	}
	return undefined;
}

function foldLine(pane: Pane, index: number, id: number): Folds {
	const unfolded = new Set(pane.unfolded);
	unfolded.delete(id);
	const folded = {...pane, unfolded};
	return {unfolded, position: positionAt(folded, index, rowsAt(folded, index).rows.length - 1)};
}

/** @param fold the row of the line that says how much is left, and how many rows of the pane are above it */
function unfoldLine(
	pane: Pane,
	index: number,
	id: number,
	fold: {readonly row: number; readonly fromTop: number},
): Folds {
	const unfolded = new Set([...(pane.unfolded ?? []), id].slice(-maxUnfolded));
	const open = {...pane, unfolded};
	const rowsBelow = Math.max(0, readingRows(open, index) - 1 - fold.fromTop);
	return {unfolded, position: positionAt(open, index, fold.row + rowsBelow)};
}

/** A row of the line at `index` as the lowest one, or its last, which for the last line is the end. */
function positionAt(pane: Pane, index: number, row: number): ScrollPosition {
	const last = rowsAt(pane, index).rows.length - 1;
	const isEnd = index === pane.lines.length - 1 && row >= last;
	return isEnd ? undefined : positionOf(pane, {index, row: Math.min(row, last)});
}
