import {eachGrapheme, graphemes, isAscii} from './graphemes.ts';
import type {Look} from './inline-marks.ts';
import type {Segment} from './sanitise.ts';
import {splitToFit} from './split-to-fit.ts';
import {clusterWidth} from './width.ts';

/** A piece of a row: what it stands for, and how it is to look, which wrapping keeps. */
export type Piece = Segment & {readonly look?: Look | undefined};

export type WrapOptions = {
	/** Rows at most; when there is more text the last of them says how much. At least 1. Default: no bound. */
	readonly maxRows?: number;
	/** Cells that a row of several words has at most: long rows are hard to read. Default: as many as there are. */
	readonly measure?: number;
	/** Cells of the first row that something else stands in, fewer than there are; no word is cut because of it. Default: 0. */
	readonly taken?: number;
	/** Rows are cut where they are full, and every space stays: joined they are the text again. Default: false. */
	readonly isVerbatim?: boolean;
	/** What the last row says of the rest. Default: `… (N more characters)`. */
	readonly fold?: (rest: string) => string;
};

// Closing punctuation never starts a row, opening punctuation never ends one (the short of JIS X 4051).
const neverFirst = /^[\p{Pe}\p{Pf}、。，．！？：；・ーぁぃぅぇぉっゃゅょァィゥェォッャュョ々]/u;
const neverLast = /^[\p{Ps}\p{Pi}]/u;

type Cell = {
	readonly text: string;
	readonly width: number;
	readonly isToken: boolean;
	readonly look: Look | undefined;
	/** Offset behind it in the whole text, in code units. */
	readonly end: number;
};

type Row = {
	readonly cells: readonly Cell[];
	/** Offset behind the row in the whole text, in code units, its line feed included. */
	readonly end: number;
};

const isSpace = (cell: Cell): boolean => cell.text === ' ';

// Han, kana and Hangul break between any two characters, as they are written without spaces.
const mayBreakBetween = (left: Cell, right: Cell): boolean =>
	isSpace(left) ||
	((left.width === 2 || right.width === 2) && !neverLast.test(left.text) && !neverFirst.test(right.text));

const isAsciiCharacter = (text: string): boolean => text.length === 1 && text >= ' ' && text <= '~';

function* cellsOf(segments: readonly Piece[], columns: number): Generator<Cell, void, undefined> {
	let end = 0;
	for (const {text, isToken, look} of segments) {
		for (const cluster of eachGrapheme(text)) {
			end += cluster.length;
			if (isAsciiCharacter(cluster)) {
				yield {text: cluster, width: 1, isToken, look, end};
				continue;
			}

			for (const part of splitToFit(cluster, columns)) {
				yield {text: part, width: clusterWidth(part), isToken, look, end};
			}
		}
	}
}

// The spaces at which a row is broken are gone: they stand neither at its end nor at the start of the next.
const withoutSpacesAtEnd = (cells: readonly Cell[]): readonly Cell[] =>
	cells.slice(0, cells.findLastIndex(cell => !isSpace(cell)) + 1);

/** The rows of a text, each made when it is asked for: the first rows of a long line cost no more than themselves. */
function* rowsOf(
	segments: readonly Piece[],
	columns: number,
	{isVerbatim, measure, taken}: Required<Pick<WrapOptions, 'isVerbatim' | 'measure' | 'taken'>>,
): Generator<Row, void, undefined> {
	let row: Cell[] = [];
	let gone = taken;
	let width = 0;
	// How many cells of the row stand before the last place where it may be broken.
	let breakAt = 0;
	let isContinued = false;
	let end = 0;

	const restart = (cells: Cell[]): void => {
		row = cells;
		width = cells.reduce((sum, cell) => sum + cell.width, 0);
		breakAt = 0;
	};

	for (const cell of cellsOf(segments, columns)) {
		end = cell.end;
		if (cell.text === '\n') {
			yield {cells: row, end};
			restart([]);
			gone = 0;
			isContinued = false;
			continue;
		}

		const last = row.at(-1);
		if (!isVerbatim && last && !isSpace(cell) && mayBreakBetween(last, cell)) {
			// Not behind the indentation: that would leave a row of nothing.
			breakAt = row.every(isSpace) ? 0 : row.length;
		}

		// One long word, as an address, takes all there is before it is cut.
		while (width + cell.width > (breakAt === 0 ? columns : Math.min(measure, columns)) - gone) {
			const full = gone > 0 && !isVerbatim && !isSpace(cell) ? 0 : row.length;
			const cut = breakAt === 0 || isSpace(cell) ? full : breakAt;
			const cells = row.slice(0, cut);
			yield {
				cells: isVerbatim ? cells : withoutSpacesAtEnd(cells),
				end: cut === 0 && gone > 0 ? 0 : (row[cut - 1]?.end ?? end),
			};
			restart(row.slice(cut));
			gone = 0;
			isContinued = true;
		}

		if (!isVerbatim && isContinued && row.length === 0 && isSpace(cell)) {
			continue;
		}

		row.push(cell);
		width += cell.width;
	}

	if (row.length > 0 || !isContinued) {
		yield {cells: row, end};
	}
}

const toPieces = (cells: readonly Cell[]): Piece[] => {
	const pieces: Piece[] = [];
	let run = '';
	let first: Cell | undefined;
	const settle = (): void => {
		if (first !== undefined) {
			const {isToken, look} = first;
			pieces.push(look === undefined ? {text: run, isToken} : {text: run, isToken, look});
		}
	};

	for (const cell of cells) {
		if (first?.isToken !== cell.isToken || first.look !== cell.look) {
			settle();
			run = '';
			first = cell;
		}

		run += cell.text;
	}

	settle();
	return pieces;
};

/** Whether a text is one row as it is, which most are: then nothing has to be looked at character by character. */
const fits = (pieces: readonly Piece[], columns: number): boolean => {
	let width = 0;
	for (const {text} of pieces) {
		if (text.length > columns || !isAscii(text)) {
			return false;
		}

		width += text.length;
	}

	return width <= columns;
};

const sayHowMuch = (rest: string): string => `… (${graphemes(rest).length} more characters)`;

/**
 * The pieces of a sanitised text as rows of at most `columns` cells (at least 1). Breaks are at spaces, which go, and
 * between wide characters; a longer word is cut where the row ends. A line feed ends a row, the spaces at the start of a
 * line stay, a character wider than the window becomes `□`. With `maxRows` the last row may say how much is left, and
 * is marked as a token.
 */
export const wrapSegments = (
	segments: readonly Piece[],
	columns: number,
	{
		maxRows = Number.POSITIVE_INFINITY,
		measure = Number.POSITIVE_INFINITY,
		taken = 0,
		isVerbatim = false,
		fold = sayHowMuch,
	}: WrapOptions = {},
): Piece[][] => {
	const width = Math.max(1, Math.floor(columns));
	if (fits(segments, Math.min(width, measure) - taken)) {
		return [[...segments]];
	}

	const rows: Row[] = [];
	for (const row of rowsOf(segments, width, {isVerbatim, measure, taken})) {
		if (rows.length < maxRows) {
			rows.push(row);
			continue;
		}

		rows.pop();
		const rest = segments
			.map(segment => segment.text)
			.join('')
			.slice(rows.at(-1)?.end ?? 0);
		const folded = truncate(fold(rest.trimStart()), rows.length === 0 ? width - taken : width);
		return [...rows.map(({cells}) => toPieces(cells)), [{text: folded, isToken: true}]];
	}

	return rows.map(({cells}) => toPieces(cells));
};

/** `text`, sanitised, as rows: {@link wrapSegments} where nobody asks for the tokens. An empty text is one empty row. */
export const wrapText = (text: string, columns: number, options?: WrapOptions): string[] =>
	wrapSegments([{text, isToken: false}], columns, options).map(row =>
		row.map(segment => segment.text).join(''),
	);

/** The start of `text` (one row, sanitised) in at most `columns` cells, with `…` in the last if something is cut off. */
export const truncate = (text: string, columns: number): string => {
	if (columns <= 0) {
		return '';
	}

	if (isAscii(text)) {
		return text.length <= columns ? text : `${text.slice(0, columns - 1)}…`;
	}

	let kept = '';
	let width = 0;
	let keptWithMark = '';
	for (const cluster of eachGrapheme(text)) {
		width += clusterWidth(cluster);
		if (width > columns) {
			return `${keptWithMark}…`;
		}

		kept += cluster;
		if (width < columns) {
			keptWithMark = kept;
		}
	}

	return text;
};
