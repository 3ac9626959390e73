import type {IBufferCell, Terminal} from '@xterm/headless';
import stringWidth from 'string-width';
import type {Emulator} from './emulator.ts';

/** Zero-based, in cells, from the top left of the window. */
export type Cursor = {readonly row: number; readonly column: number; readonly isHidden: boolean};

/** The row as a person sees it, without the blanks at its end. */
export const rowText = ({buffer}: Terminal, row: number): string =>
	buffer.active
		.getLine(buffer.active.baseY + row)
		?.translateToString(true)
		.trimEnd() ?? '';

/** All rows of the window, each without the blanks at its end, joined with LF. */
export const screenText = (terminal: Terminal): string =>
	Array.from({length: terminal.rows}, (_, row) => rowText(terminal, row)).join('\n');

export const cellAt = ({buffer}: Terminal, row: number, column: number): IBufferCell | undefined =>
	buffer.active.getLine(buffer.active.baseY + row)?.getCell(column);

export const cursorOf = ({terminal, switches}: Emulator): Cursor => ({
	row: terminal.buffer.active.cursorY,
	column: terminal.buffer.active.cursorX,
	isHidden: switches().isCursorHidden,
});

/** The screen in a frame, for the message of a failing test. */
export const screenPicture = (emulator: Emulator): string => {
	const {terminal} = emulator;
	const {row, column, isHidden} = cursorOf(emulator);
	const rows = screenText(terminal)
		.split('\n')
		.map(text => `│${text}${' '.repeat(Math.max(0, terminal.cols - stringWidth(text)))}│`);
	const facts = [
		`${terminal.cols}×${terminal.rows}`,
		`${terminal.buffer.active.type} buffer`,
		`cursor at row ${row}, column ${column}${isHidden ? ', hidden' : ''}`,
		...emulator.switches().changed,
	];

	return [
		`┌${'─'.repeat(terminal.cols)}┐`,
		...rows,
		`└${'─'.repeat(terminal.cols)}┘`,
		facts.join(' · '),
	].join('\n');
};
