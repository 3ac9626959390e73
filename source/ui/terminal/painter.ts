/** A cell of the window, from 0. */
export type Cell = {readonly row: number; readonly column: number};

/** What the window shows: a row is text with SGR codes, never wider than the window. */
export type Frame = {readonly rows: readonly string[]; readonly caret: Cell | undefined};

const beginSync = '\x1b[?2026h';
const endSync = '\x1b[?2026l';
const hideCursor = '\x1b[?25l';
const showCursor = '\x1b[?25h';
const resetStyle = '\x1b[0m';
const eraseToEndOfRow = '\x1b[K';
const eraseAll = '\x1b[0m\x1b[2J';

/**
 * The bytes that turn one frame into the next: each changed row as a whole, then the cursor, in one synchronised update
 * (DEC mode 2026) so that no half frame is ever shown. Whole rows, because a terminal that sees an emoji wider than we
 * do must not keep the damage beyond that row. Empty if there is nothing to change.
 *
 * @param previous undefined when it is not known what the window shows
 */
export function paint(previous: Frame | undefined, next: Frame): string {
	// Whatever else stands in the window goes first: erasing below the last row would need a row below it.
	let changes = previous ? '' : eraseAll;
	for (const [row, text] of next.rows.entries()) {
		if (previous?.rows[row] === text) continue;
		// Erased before it is written: behind a full row the cursor stands on its last cell, which most terminals would erase.
		changes += `${moveTo({row, column: 0})}${resetStyle}${eraseToEndOfRow}${text}${resetStyle}`;
	}
	if (changes === '' && isSameCell(previous?.caret, next.caret)) return '';
	const cursor = next.caret ? moveTo(next.caret) + showCursor : '';
	return `${beginSync}${hideCursor}${changes}${cursor}${endSync}`;
}

function moveTo({row, column}: Cell): string {
	return `\x1b[${row + 1};${column + 1}H`;
}

function isSameCell(a: Cell | undefined, b: Cell | undefined): boolean {
	return a?.row === b?.row && a?.column === b?.column;
}
