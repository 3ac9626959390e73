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
	const ranges = runsOf(texts, from, columns).flatMap(run => rangesInRun(run, words));
	return rows.map((row, index) => {
		const marked = ranges.filter(range => range.row === index && range.start >= from);
		return marked.length === 0 ? row : styleRanges(row, marked, style);
	});
}

/** Rows of which each goes on in the next, as the text that they are without their margins. */
type Run = {readonly text: string; readonly parts: readonly Part[]};
/** Which row a part of a run is, from where on, and where that stands in the run. */
type Part = {readonly row: number; readonly margin: number; readonly at: number};

function runsOf(texts: readonly string[], from: number, columns: number): readonly Run[] {
	const runs: Run[] = [];
	for (const [row, text] of texts.entries()) {
		const margin = text.length - text.trimStart().length;
		const last = runs.at(-1);
		if (last && margin >= from && isCut(texts[row - 1] ?? '', text.slice(margin), columns))
			runs[runs.length - 1] = {
				text: last.text + text.slice(margin),
				parts: [...last.parts, {row, margin, at: last.text.length}],
			};
		else runs.push({text, parts: [{row, margin: 0, at: 0}]});
	}
	return runs;
}

/** Where the words stand in each of its rows. */
function rangesInRun({text, parts}: Run, words: readonly string[]): readonly (Range & {row: number})[] {
	return rangesIn(text, words).flatMap(range =>
		parts.flatMap(({row, margin, at}, index) => {
			const start = Math.max(range.start, at);
			const end = Math.min(range.end, parts[index + 1]?.at ?? text.length);
			return start < end ? [{row, start: start - at + margin, end: end - at + margin}] : [];
		}),
	);
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

/** Where the words stand, in order, without overlaps, and never a part of what is drawn as one. */
function rangesIn(text: string, words: readonly string[]): readonly Range[] {
	const folded = foldCase(text);
	const found: Range[] = [];
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
