import type {Terminal} from '@xterm/headless';

/** What a terminal shows: the rows' text without blanks at the end, and where the cursor stands (0 is the first). */
export type Frame = {
	readonly rows: readonly string[];
	readonly cursorRow: number;
	readonly cursorColumn: number;
};

export function readFrame(terminal: Terminal): Frame {
	const buffer = terminal.buffer.active;
	const rows = Array.from(
		{length: terminal.rows},
		(_, row) =>
			buffer
				.getLine(buffer.viewportY + row)
				?.translateToString(true)
				.trimEnd() ?? '',
	);
	return {rows, cursorRow: buffer.cursorY, cursorColumn: buffer.cursorX};
}

/**
 * Whether a frame is complete, `settled` being the one that the same program ends up with: nothing on it moves later.
 * That is: the status (the first row with text, whose words may change in place), the input box (the row of the
 * cursor, the one above it and all below) and the cursor are at their final places, and every other row that
 * has text keeps it. Rows that are still blank may get some, and so may a row behind the text that it has, as a pane
 * behind the list beside it. Digits are equal to each other: a port differs from run to run.
 */
export function isComplete(frame: Frame, settled: Frame): boolean {
	const isAtPlace = frame.cursorRow === settled.cursorRow && frame.cursorColumn === settled.cursorColumn;
	return isAtPlace && hasStatus(frame, settled) && rowsHold(frame, settled, isInput(settled));
}

/** As `isComplete`, and all text is there but the words of the status. */
export function isWhole(frame: Frame, settled: Frame): boolean {
	return isComplete(frame, settled) && rowsHold(frame, settled, () => true);
}

/** Whether a frame in which somebody has typed still stands as `settled` outside of the input box. */
export function standsStill(frame: Frame, settled: Frame): boolean {
	const inInput = isInput(settled);
	const others = {...frame, rows: frame.rows.map((row, i) => (inInput(i) ? settled.rows[i] : row) ?? '')};
	return (
		frame.cursorRow === settled.cursorRow && hasStatus(frame, settled) && rowsHold(others, settled, inInput)
	);
}

function hasStatus(frame: Frame, settled: Frame): boolean {
	return frame.rows[statusRow(settled)] !== '' && statusRow(frame) === statusRow(settled);
}

function statusRow({rows}: Frame): number {
	return rows.findIndex(row => row !== '');
}

function isInput({cursorRow}: Frame): (row: number) => boolean {
	return row => row >= cursorRow - 1;
}

function rowsHold(frame: Frame, settled: Frame, mustBeThere: (row: number) => boolean): boolean {
	const status = statusRow(settled);
	return settled.rows.every((expected, i) => {
		const row = frame.rows[i] ?? '';
		if (i === status) return true;
		const [there, final] = [row, expected].map(text => text.replaceAll(/\d/g, '0'));
		return mustBeThere(i) ? there === final : final?.startsWith(there ?? '') === true;
	});
}
