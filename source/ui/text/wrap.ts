import {eachGrapheme, graphemes, isAscii} from './graphemes.ts';
import type {Segment} from './sanitise.ts';
import {splitToFit} from './split-to-fit.ts';
import {clusterWidth} from './width.ts';

export type WrapOptions = {
	/** Rows at most; when there is more text the last of them says how much. At least 1. Default: no bound. */
	readonly maxRows?: number;
};

// Closing punctuation never starts a row, opening punctuation never ends one (the short of JIS X 4051).
const neverFirst = /^[\p{Pe}\p{Pf}、。，．！？：；・ーぁぃぅぇぉっゃゅょァィゥェォッャュョ々]/u;
const neverLast = /^[\p{Ps}\p{Pi}]/u;

type Cell = {
	readonly text: string;
	readonly width: number;
	readonly isToken: boolean;
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

function* cellsOf(segments: readonly Segment[], columns: number): Generator<Cell, void, undefined> {
	let end = 0;
	for (const {text, isToken} of segments) {
		for (const cluster of eachGrapheme(text)) {
			end += cluster.length;
			if (isAsciiCharacter(cluster)) {
				yield {text: cluster, width: 1, isToken, end};
				continue;
			}

			for (const part of splitToFit(cluster, columns)) {
				yield {text: part, width: clusterWidth(part), isToken, end};
			}
		}
	}
}

// The spaces at which a row is broken are gone: they stand neither at its end nor at the start of the next.
const withoutSpacesAtEnd = (cells: readonly Cell[]): readonly Cell[] =>
	cells.slice(0, cells.findLastIndex(cell => !isSpace(cell)) + 1);

/** The rows of a text, each made when it is asked for: the first rows of a long line cost no more than themselves. */
function* rowsOf(segments: readonly Segment[], columns: number): Generator<Row, void, undefined> {
	let row: Cell[] = [];
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
			isContinued = false;
			continue;
		}

		const last = row.at(-1);
		if (last && !isSpace(cell) && mayBreakBetween(last, cell)) {
			// Not behind the indentation: that would leave a row of nothing.
			breakAt = row.every(isSpace) ? 0 : row.length;
		}

		while (width + cell.width > columns) {
			const cut = breakAt === 0 || isSpace(cell) ? row.length : breakAt;
			const cells = withoutSpacesAtEnd(row.slice(0, cut));
			yield {cells, end: row[cut - 1]?.end ?? end};
			restart(row.slice(cut));
			isContinued = true;
		}

		if (isContinued && row.length === 0 && isSpace(cell)) {
			continue;
		}

		row.push(cell);
		width += cell.width;
	}

	if (row.length > 0 || !isContinued) {
		yield {cells: row, end};
	}
}

const toSegments = (cells: readonly Cell[]): Segment[] => {
	const segments: Segment[] = [];
	for (const {text, isToken} of cells) {
		const last = segments.at(-1);
		if (last?.isToken === isToken) {
			segments[segments.length - 1] = {text: last.text + text, isToken};
		} else {
			segments.push({text, isToken});
		}
	}

	return segments;
};

/**
 * The pieces of a sanitised text as rows of at most `columns` cells (at least 1). Breaks are at spaces, which go, and
 * between wide characters; a longer word is cut where the row ends. A line feed ends a row, the spaces at the start of a
 * line stay, a character wider than the window becomes `□`. With `maxRows` the last row may be `… (N more characters)`,
 * counted in grapheme clusters and marked as a token.
 */
export const wrapSegments = (
	segments: readonly Segment[],
	columns: number,
	{maxRows = Number.POSITIVE_INFINITY}: WrapOptions = {},
): Segment[][] => {
	const width = Math.max(1, Math.floor(columns));
	const rows: Row[] = [];
	for (const row of rowsOf(segments, width)) {
		if (rows.length < maxRows) {
			rows.push(row);
			continue;
		}

		rows.pop();
		const rest = segments
			.map(segment => segment.text)
			.join('')
			.slice(rows.at(-1)?.end ?? 0);
		const fold = truncate(`… (${graphemes(rest.trimStart()).length} more characters)`, width);
		return [...rows.map(({cells}) => toSegments(cells)), [{text: fold, isToken: true}]];
	}

	return rows.map(({cells}) => toSegments(cells));
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
