import {graphemes} from '../text/graphemes.ts';
import {truncate, wrapText} from '../text/wrap.ts';

/** Rows that a hint has at most, and what is asked. */
export const maxSentenceRows = 3;

/** All in front of what it comes to: up to the last colon, else to the key. Behind `bob: …` an example goes on. */
const beginning = /^(?:.*: (?!…)|.*?(?=\bEnter ))/su;

/**
 * A sentence about what to press, sanitised, in at most `maxRows` rows behind a margin of a cell. Which key does what
 * stands at its end: of one that is too long the beginning gives way.
 */
export function sentenceRows(text: string, columns: number, maxRows: number): readonly string[] {
	return rowsIn(text, Math.max(1, columns - 1), maxRows).map(row => ` ${row}`);
}

function rowsIn(text: string, columns: number, maxRows: number): readonly string[] {
	const rowsOf = (words: string) => wrapText(words, columns, {maxRows: maxRows + 1});
	const [start = ''] = beginning.exec(text) ?? [];
	const end = text.slice(start.length);
	if (rowsOf(end).length > maxRows) {
		const first = start === '' ? [] : [truncate(start.trimEnd(), columns)];
		return [...first, ...wrapText(end, columns, {maxRows: maxRows - first.length, fold: rest => rest})];
	}
	const kept = graphemes(start.slice(0, columns * maxRows));
	let rows = rowsOf(text);
	while (rows.length > maxRows) {
		kept.pop();
		rows = kept.length === 0 ? rowsOf(end) : rowsOf(`${kept.join('').trimEnd()}… ${end}`);
	}
	return rows;
}
