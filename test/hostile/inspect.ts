import type {IBufferCell} from '@xterm/headless';
import type {TerminalScreen} from '../support/terminal.ts';

/** Rows below the pane: whom the draft goes to, and the draft. */
const rowsBelow = 2;

/** Cells at the left for the conversations, the last of them a rule. */
const listColumns = 20;

/** Cells in front of each row of the pane: the time, or nothing. */
const margin = 6;

/** Somebody honest. */
type Ruler = {readonly from: string; readonly text: string};

/** A line that fills exactly one row, other ones for each look: whatever reaches beyond its own cells spoils one. */
export const rulerOf = (columns: number, look: number): Ruler => {
	const from = 'ruler';
	const width = columns - listColumns - margin - from.length - 2;
	const start = `${look} `;
	return {
		from,
		text: start + Array.from({length: width - start.length}, (_, index) => index % 10).join(''),
	};
};

const looksOf = (cell: IBufferCell): string => (cell.isAttributeDefault() ? '' : attributesOf(cell));

const attributesOf = (cell: IBufferCell): string =>
	[
		cell.isBold() && 'bold',
		cell.isDim() && 'dim',
		cell.isInverse() && 'inverse',
		cell.isItalic() && 'italic',
		cell.isUnderline() && 'underlined',
		cell.isBlink() && 'blinking',
		cell.isInvisible() && 'hidden',
		cell.isStrikethrough() && 'struck',
		cell.isOverline() && 'overlined',
		!cell.isFgDefault() && `coloured ${cell.getFgColor()}`,
		!cell.isBgDefault() && `on ${cell.getBgColor()}`,
	]
		.filter(Boolean)
		.join(' ');

/** One row as a text, cell by cell, with how each looks. */
const rowOf = (
	{terminal}: TerminalScreen,
	row: number,
): {readonly chars: string; readonly looks: string}[] => {
	const line = terminal.buffer.active.getLine(terminal.buffer.active.baseY + row);
	return Array.from({length: terminal.cols}, (_, column) => {
		const cell = line?.getCell(column);
		return cell ? {chars: cell.getChars(), looks: looksOf(cell)} : {chars: '', looks: 'missing'};
	});
};

/** All cells of each row of the window with their looks, and the cursor, as texts to compare. */
export const windowOf = (screen: TerminalScreen): string[] => [
	...Array.from({length: screen.terminal.rows}, (_, row) =>
		rowOf(screen, row)
			.map(({chars, looks}) => (looks === '' ? chars || ' ' : `{${looks} ${chars}}`))
			.join(''),
	),
	JSON.stringify(screen.cursor),
];

/** What stands in the pane, without blanks, whatever row it is in: wrapping is not looked at. */
export const paneText = ({terminal}: TerminalScreen): string => {
	const {active} = terminal.buffer;
	const rows = Array.from({length: terminal.rows}, (_, row) =>
		active.getLine(active.baseY + row)?.translateToString(true, listColumns),
	);
	return squash(rows.join('\n'));
};

/** A text as `paneText` has it. */
export const squash = (text: string): string => text.replaceAll(/\s+/g, '');

/** Without colours (`NO_COLOR`) these are all looks of a pane: a name, a time or token, a text, and what marks make of it. */
const looksInPane = /^(?:dim|(?:bold)? ?(?:italic)? ?(?:underlined)?)$/;

/**
 * What is wrong with the window beside the text of the messages, in sentences: the status row and the rows below the
 * pane, what stands in front of each row, how cells look, and each ruler. Empty if nothing is.
 */
export const inspectWindow = (screen: TerminalScreen, {from, text}: Ruler, rulers: number): string[] => {
	const problems: string[] = [];
	const {rows} = screen.terminal;
	const paneEnd = rows - rowsBelow;
	const status = rowOf(screen, 0);
	if (!screen.row(0).includes(' · alice')) problems.push(`the status row says "${screen.row(0)}"`);
	if (status.some(({looks}) => looks !== 'inverse')) problems.push('the status row has lost its looks');
	if (screen.row(rows - 1) !== '›') problems.push(`the draft is "${screen.row(rows - 1)}"`);
	const below = screen.row(rows - 2);
	if (!/^ (?:write "name: message"|.* (?:is|are) writing)/.test(below))
		problems.push(`above the draft stands "${below}"`);
	let found = 0;
	for (let row = 1; row < paneEnd; row++) {
		const all = rowOf(screen, row);
		const cells = all.slice(listColumns);
		const [rule, blank] = all.slice(listColumns - 2);
		if (rule?.chars !== '│' || rule.looks !== 'dim' || blank?.chars.trim() !== '')
			problems.push(`the list beside row ${row} ends in a ${rule?.looks} "${rule?.chars}${blank?.chars}"`);
		const front = cells.slice(0, margin);
		const start = front.map(({chars}) => chars || ' ').join('');
		if (!/^(?:\d\d:\d\d | {6})$/.test(start)) problems.push(`row ${row} begins with "${start}"`);
		if (front.some(({looks, chars}) => looks !== 'dim' && chars.trim() !== ''))
			problems.push(`the time of row ${row} has lost its looks`);
		const strange = cells.find(({looks}) => !looksInPane.test(looks));
		if (strange) problems.push(`row ${row} has a cell that is ${strange.looks}: ${screen.row(row)}`);
		const whole = cells
			.slice(margin)
			.map(({chars}) => chars || ' ')
			.join('');
		const isPlain = cells.slice(margin).every(({looks}) => looks === '');
		// What one person says goes on below the name, which is not said again.
		const isRuler = whole === `${from}: ${text}` || whole === ' '.repeat(from.length + 2) + text;
		if (isRuler && isPlain) found++;
	}
	if (found < rulers) problems.push(`of ${rulers} rulers ${found} are whole`);
	return problems;
};
