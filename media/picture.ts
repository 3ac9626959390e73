import type {IBufferCell, Terminal} from '@xterm/headless';
import {type Box, boxDrawing, round} from './box-drawing.ts';
import {coloursOf, themes, type WindowTheme} from './palette.ts';

export type PictureOptions = {
	/** Stands in the window's frame and is what a screen reader says. */
	readonly title?: string;
	/** Whether the cursor shows; xterm.js does not tell. Default: true. */
	readonly hasCursor?: boolean;
	/** Default: the dark one. */
	readonly theme?: WindowTheme;
};

const fontSize = 14;
const cellWidth = 8.43;
const cellHeight = 19;
const baseline = 14;
const padding = 14;
const barHeight = 36;
const fonts =
	"ui-monospace,'SF Mono','Cascadia Mono',Menlo,Consolas,'DejaVu Sans Mono','Liberation Mono',monospace";

const escapes: Readonly<Record<string, string>> = {'&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;'};
const escapeXml = (text: string): string => text.replaceAll(/[&<>"]/g, character => escapes[character] ?? '');

type Style = {
	readonly foreground: string;
	readonly background: string | undefined;
	readonly attributes: string;
};

const styleOf = (cell: IBufferCell, isUnderCursor: boolean, theme: WindowTheme): Style => {
	const colours = coloursOf(cell, theme);
	const decorations = [
		cell.isUnderline() ? 'underline' : '',
		cell.isStrikethrough() ? 'line-through' : '',
		cell.isOverline() ? 'overline' : '',
	].filter(Boolean);
	const attributes = [
		cell.isBold() ? ' font-weight="bold"' : '',
		cell.isItalic() ? ' font-style="italic"' : '',
		cell.isDim() && !isUnderCursor ? ' opacity="0.6"' : '',
		decorations.length > 0 ? ` text-decoration="${decorations.join(' ')}"` : '',
	].join('');

	return isUnderCursor
		? {foreground: theme.background, background: theme.cursor, attributes}
		: {...colours, attributes};
};

/** Cells that are drawn with one element: neighbours of one look, without a blank between them. */
type Run = Style & {readonly column: number; columns: number; text: string; readonly isWide: boolean};

const boxOf = (row: number, {column, columns}: {column: number; columns: number}): Box => ({
	x: padding + column * cellWidth,
	y: barHeight + padding + row * cellHeight,
	width: columns * cellWidth,
	height: cellHeight,
});

const drawText = (row: number, run: Run): string => {
	const box = boxOf(row, run);
	const y = round(box.y + baseline);
	const attributes = `fill="${run.foreground}"${run.attributes}`;
	const drawing = boxDrawing(/^─+$/.test(run.text) ? '─' : run.text, box);
	if (drawing !== undefined) {
		const paint = drawing.isFilled ? '' : ` class="line" stroke="${run.foreground}"`;
		return `<path d="${drawing.path}"${paint} ${drawing.isFilled ? attributes : `fill="none"${run.attributes}`}/>`;
	}

	// A wide character is drawn as its font has it, in the middle of its two cells: stretching would deform it.
	return run.isWide
		? `<text x="${round(box.x + box.width / 2)}" y="${y}" text-anchor="middle" ${attributes}>${escapeXml(run.text)}</text>`
		: `<text x="${round(box.x)}" y="${y}" textLength="${round(box.width)}" ${attributes}>${escapeXml(run.text)}</text>`;
};

const drawBackground = (row: number, {column, columns, background}: Run): string => {
	const {x, y, width, height} = boxOf(row, {column, columns});
	return `<rect x="${round(x)}" y="${round(y)}" width="${round(width)}" height="${height}" fill="${background}"/>`;
};

/** Extends the last run where `next` continues it, else begins one. */
const append = (runs: Run[], next: Run, isSameLook: (last: Run) => boolean): void => {
	const last = runs.at(-1);
	if (last !== undefined && last.column + last.columns === next.column && isSameLook(last)) {
		last.columns += next.columns;
		last.text += next.text;
	} else {
		runs.push(next);
	}
};

const isDrawing = (text: string): boolean =>
	boxDrawing(text, {x: 0, y: 0, width: 1, height: 1}) !== undefined;

/** Whether a run can take in the next cell. Of what is drawn by us only the long horizontal line is joined. */
const continues = (last: Run, next: Run): boolean =>
	last.foreground === next.foreground &&
	last.attributes === next.attributes &&
	!last.isWide &&
	!next.isWide &&
	(next.text === '─' ? last.text[0] === '─' : !isDrawing(next.text) && !isDrawing(last.text[0] ?? ''));

const drawRow = (
	terminal: Terminal,
	row: number,
	cursorColumn: number | undefined,
	theme: WindowTheme,
): string[] => {
	const {active} = terminal.buffer;
	const line = active.getLine(active.baseY + row);
	const backgrounds: Run[] = [];
	const texts: Run[] = [];

	for (let column = 0; column < terminal.cols; column += 1) {
		const cell = line?.getCell(column);
		// The second half of a wide character is a cell of width 0.
		if (cell === undefined || cell.getWidth() === 0) {
			continue;
		}

		const text = cell.getChars();
		const isWide = cell.getWidth() === 2;
		const run: Run = {
			...styleOf(cell, column === cursorColumn, theme),
			column,
			columns: cell.getWidth(),
			text,
			isWide,
		};
		if (run.background !== undefined) {
			append(backgrounds, {...run}, last => last.background === run.background);
		}

		if (text.trim() !== '' && !cell.isInvisible()) {
			append(texts, run, last => continues(last, run));
		}
	}

	return [...backgrounds.map(run => drawBackground(row, run)), ...texts.map(run => drawText(row, run))];
};

/**
 * Draws the visible part of a terminal as an SVG of a window: one element for each word of one look, held to the width
 * of its cells by `textLength`, so that another font than ours cannot shift what stands behind it.
 */
export const renderSvg = (
	terminal: Terminal,
	{title = '', hasCursor = true, theme = themes.dark}: PictureOptions = {},
): string => {
	const width = Math.ceil(2 * padding + terminal.cols * cellWidth);
	const height = barHeight + 2 * padding + terminal.rows * cellHeight;
	const {cursorX, cursorY} = terminal.buffer.active;
	const rows = Array.from({length: terminal.rows}, (_, row) =>
		drawRow(
			terminal,
			row,
			hasCursor && row === cursorY ? Math.min(cursorX, terminal.cols - 1) : undefined,
			theme,
		),
	);
	const buttons = theme.buttons.map(
		(colour, index) => `<circle cx="${22 + index * 20}" cy="${barHeight / 2}" r="6" fill="${colour}"/>`,
	);

	return `${[
		`<svg xmlns="http://www.w3.org/2000/svg" width="${width}" height="${height}" viewBox="0 0 ${width} ${height}" role="img">`,
		`<title>${escapeXml(title)}</title>`,
		`<style>text{font-family:${fonts};font-size:${fontSize}px;white-space:pre}.line{stroke-width:1.2}</style>`,
		`<rect x="0.5" y="0.5" width="${width - 1}" height="${height - 1}" rx="10" fill="${theme.background}" stroke="${theme.border}"/>`,
		`<path d="M1 ${barHeight}V10.5A9.5 9.5 0 0 1 10.5 1H${width - 10.5}A9.5 9.5 0 0 1 ${width - 1} 10.5V${barHeight}Z" fill="${theme.frame}"/>`,
		...buttons,
		`<text x="${width / 2}" y="${barHeight / 2 + 5}" text-anchor="middle" fill="${theme.title}">${escapeXml(title)}</text>`,
		...rows.flat(),
		'</svg>',
	].join('\n')}\n`;
};
