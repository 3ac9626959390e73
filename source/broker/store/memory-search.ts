import type {Row} from './memory-log.ts';
import type {Sliced} from './slices.ts';
import type {Page} from './store.ts';

/** How long a search goes on, in ms, before others have their turn: texts are looked through where peers are served. */
const sliceMs = 2;

/**
 * Finds texts that hold all of some words.
 *
 * @param rows what is looked through, in the order of the hits
 * @param limit hits at most
 */
export function* findWords(
	rows: Iterable<Row | undefined>,
	words: string,
	limit: number,
	isWanted: (row: Row) => boolean,
): Sliced<Page> {
	const wanted = wordsOf(words);
	const messages: Row[] = [];
	if (wanted.length === 0) return {messages, hasMore: false};
	let since = performance.now();
	for (const row of rows) {
		if (row === undefined || !isWanted(row)) continue;
		if (hasAll(row, wanted)) {
			if (messages.length === limit) return {messages, hasMore: true};
			messages.push(row);
		}
		if (performance.now() - since < sliceMs) continue;
		yield;
		since = performance.now();
	}
	return {messages, hasMore: false};
}

/** The words of a text as the index of a disk has them: letters and digits, without case and accents. */
const wordsOf = (text: string): readonly string[] =>
	text
		.normalize('NFKD')
		.replace(/\p{M}/gu, '')
		.toLowerCase()
		.match(/[\p{L}\p{N}]+/gu) ?? [];

const hasAll = ({text, isLong}: Row, wanted: readonly string[]): boolean => {
	// Taking a text apart costs twenty times as much as this, which is enough for most.
	if (!/[^\0-\x7F]/.test(text)) {
		const lower = text.toLowerCase();
		if (!wanted.every(word => lower.includes(word))) return false;
	}
	const words = new Set(wordsOf(isLong ? text.replaceAll('%0A', ' ') : text));
	return wanted.every(word => words.has(word));
};
