import {foldCase} from '../../chat/find.ts';
import {graphemes, isUnjoined} from '../text/graphemes.ts';
import {clusterWidth, displayWidth} from '../text/width.ts';

/** Sequences of our own in a row: looks and links. What is between them is text. */
const sequence = /(\x1B\[[0-?]*[@-~]|\x1B\][^\x1B]*\x1B\\)/;

/** From where to where in a text, in code units. */
type Range = {readonly start: number; readonly end: number};

/** Whether one of the words stands in a row. */
export const hasMarks = (row: string, words: readonly string[]): boolean =>
	rangesIn(textOf(row), words).length > 0;

/** A styled row with each of the words marked, as wide as before. */
export function markRow(row: string, words: readonly string[], style: (text: string) => string): string {
	const ranges = rangesIn(textOf(row), words);
	return ranges.length === 0 ? row : styleRanges(row, ranges, style);
}

export type MarkOptions = {
	readonly words: readonly string[];
	readonly style: (text: string) => string;
	/** Characters in front of each row that stay as they are: its time. */
	readonly from: number;
	/** Of the pane. */
	readonly columns: number;
};

/** The same for rows below each other, also where a word goes on in the next one. */
export function markRows(
	rows: readonly string[],
	{words, style, from, columns}: MarkOptions,
): readonly string[] {
	const texts = rows.map(textOf);
	const seams = texts.map((text, index) => seamIn(text, texts[index + 1] ?? '', {words, from, columns}));
	return rows.map((row, index) => {
		const cut = [...(seams[index - 1]?.after ?? []), ...(seams[index]?.before ?? [])];
		const ranges = rangesIn(texts[index] ?? '', words, cut).filter(({start}) => start >= from);
		return ranges.length === 0 ? row : styleRanges(row, ranges, style);
	});
}

type Seam = {readonly before: readonly Range[]; readonly after: readonly Range[]};

/** The parts of the words that are cut by the end of a row. */
function seamIn(
	row: string,
	next: string,
	{words, from, columns}: Pick<MarkOptions, 'words' | 'from' | 'columns'>,
): Seam | undefined {
	const margin = next.length - next.trimStart().length;
	if (margin < from || !isCut(row, next.slice(margin), columns)) return undefined;
	const end = row.length;
	const text = foldCase(row + next.slice(margin));
	const found = words.flatMap(word => {
		const at = text.indexOf(word, Math.max(from, end - word.length + 1));
		return at === -1 || at >= end ? [] : [{at, rest: at + word.length - end}];
	});
	return {
		before: found.map(({at}) => ({start: at, end})),
		after: found.map(({rest}) => ({start: margin, end: margin + rest})),
	};
}

/** Whether a row ends within a word: it is full, or has wide characters there, between which rows are broken. */
const isCut = (row: string, next: string, columns: number): boolean =>
	displayWidth(row) >= columns - 1 ||
	clusterWidth(graphemes(row.slice(-8)).at(-1) ?? '') > 1 ||
	clusterWidth(graphemes(next.slice(0, 8))[0] ?? '') > 1;

/** A styled row with its first characters marked. */
export const markStart = (row: string, count: number, style: (text: string) => string): string =>
	styleRanges(row, [{start: 0, end: count}], style);

/** Every other part is a sequence. */
const textOf = (row: string): string =>
	row
		.split(sequence)
		.filter((_, index) => index % 2 === 0)
		.join('');

function styleRanges(row: string, ranges: readonly Range[], style: (text: string) => string): string {
	let at = 0;
	return row
		.split(sequence)
		.map((part, index) => {
			if (index % 2 === 1) return part;
			const start = at;
			at += part.length;
			return styleText(part, start, ranges, style);
		})
		.join('');
}

function styleText(
	text: string,
	offset: number,
	ranges: readonly Range[],
	style: (text: string) => string,
): string {
	let styled = '';
	let done = 0;
	for (const range of ranges) {
		const start = Math.max(done, range.start - offset);
		const end = Math.min(text.length, range.end - offset);
		if (start >= end) continue;
		styled += text.slice(done, start) + style(text.slice(start, end));
		done = end;
	}
	return styled + text.slice(done);
}

/** Where the words stand, and what is `known` to be marked, in order, without overlaps, and never a part of what is drawn as one. */
function rangesIn(text: string, words: readonly string[], known: readonly Range[] = []): readonly Range[] {
	const folded = foldCase(text);
	const found = [...known];
	for (const word of words)
		for (let at = folded.indexOf(word); at !== -1; at = folded.indexOf(word, at + word.length))
			found.push({start: at, end: at + word.length});
	if (found.length === 0) return found;
	const whole = isUnjoined(text) ? found : wholeClusters(text, found);
	const merged: Range[] = [];
	for (const range of whole.toSorted((a, b) => a.start - b.start)) {
		const last = merged.at(-1);
		if (last !== undefined && range.start <= last.end)
			merged[merged.length - 1] = {start: last.start, end: Math.max(last.end, range.end)};
		else merged.push(range);
	}
	return merged;
}

function wholeClusters(text: string, ranges: readonly Range[]): readonly Range[] {
	const borders = [0];
	for (const cluster of graphemes(text)) borders.push((borders.at(-1) ?? 0) + cluster.length);
	return ranges.map(({start, end}) => ({
		start: borders.findLast(border => border <= start) ?? start,
		end: borders.find(border => border >= end) ?? end,
	}));
}
