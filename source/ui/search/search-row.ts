import {firstFitting} from '../text/first-fitting.ts';
import {graphemes} from '../text/graphemes.ts';
import {sanitise} from '../text/sanitise.ts';
import {displayWidth} from '../text/width.ts';
import {truncate} from '../text/wrap.ts';
import type {Theme} from '../theme.ts';
import {countHits, type Search, searchLimits} from './search-state.ts';

/** In front of what is typed; a sign where there is no room for a word. */
const promptIn = (columns: number): string => (columns < 30 ? ' ? ' : ' search: ');

const waysToBegin = ['type what to find · Esc goes back', 'Esc goes back', 'Esc'];

export type SearchRowProps = {
	readonly search: Search;
	readonly columns: number;
	readonly theme: Theme;
};

/** What is looked for and how much of it is found, in place of the row about recipients; with the column of the cursor. */
export function searchRow({search, columns, theme}: SearchRowProps): {
	readonly row: string;
	readonly caretColumn: number;
} {
	const prompt = promptIn(columns);
	const ways = search.text.trim() === '' ? waysToBegin : [describe(search)];
	const about = firstFitting(ways, columns - prompt.length - 4);
	// The end of a long text is what is being typed.
	const room = Math.max(8, columns - prompt.length - displayWidth(about) - 4);
	const text = endOf(sanitise(search.text), room);
	const caretColumn = Math.min(columns - 1, prompt.length + displayWidth(text));
	const rest = truncate(` · ${about}`, Math.max(0, columns - caretColumn - 1));
	return {
		row: `${theme.dim(prompt)}${truncate(text, columns - prompt.length - 1)} ${theme.dim(rest)}`,
		caretColumn,
	};
}

function describe(search: Search): string {
	const {hits, elsewhere, index, asked} = search;
	const isMore = asked === 'cut' || Math.max(hits.length, elsewhere.length) >= searchLimits.hits;
	const count = countHits(search);
	const where = index >= hits.length ? ', elsewhere' : '';
	const found = count === 0 ? 'nothing here' : `${index + 1} of ${count}${isMore ? '+' : ''}${where}`;
	if (asked === 'waiting') return `${found} · asking the host`;
	if (asked === 'unanswered') return `${found} · only what is loaded`;
	return count === 0 && asked === 'answered' ? 'nothing found' : found;
}

function endOf(text: string, columns: number): string {
	if (displayWidth(text) <= columns) return text;
	const clusters = graphemes(text);
	let first = clusters.length;
	for (let width = 1; first > 0; first--) {
		width += displayWidth(clusters[first - 1] ?? '');
		if (width > columns) break;
	}
	return `…${clusters.slice(first).join('')}`;
}
