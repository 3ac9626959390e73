import {type Found, foldCase, wordsOf} from '../../chat/find.ts';
import type {LookAlikes} from '../../chat/names.ts';
import {dateOf, timeOf} from '../pane/line-context.ts';
import {firstFitting} from '../text/first-fitting.ts';
import {graphemes} from '../text/graphemes.ts';
import {hasRightToLeft} from '../text/right-to-left.ts';
import {sanitise} from '../text/sanitise.ts';
import {shownName, truncateNames} from '../text/shown-name.ts';
import {displayWidth} from '../text/width.ts';
import {truncate} from '../text/wrap.ts';
import type {Theme} from '../theme.ts';
import {hasMarks, markRow} from './mark.ts';

export type FoundProps = {
	readonly found: readonly Found[];
	/** Which of them is the current one. */
	readonly current: number;
	readonly text: string;
	readonly columns: number;
	readonly rows: number;
	readonly theme: Theme;
	readonly lookAlikes?: LookAlikes | undefined;
};

/** What is found where the pane does not show it, a row for each; as many rows as there are. */
export function foundRows(props: FoundProps): readonly string[] {
	const shown = listRows(props);
	return Array.from({length: props.rows}, (_, row) => shown[row] ?? '');
}

const titles = [
	' found elsewhere, newest first · Enter goes there',
	' found elsewhere · Enter goes there',
	' Enter goes there',
];

function listRows({found, current, text, columns, rows, theme, lookAlikes}: FoundProps): readonly string[] {
	const words = wordsOf(text);
	const hasTitle = rows > heightOf(found[current]);
	const room = hasTitle ? rows - 1 : rows;
	const first = firstOf(found, current, room);
	const title = firstFitting(titles, columns);
	const shown = found.slice(first, first + room).flatMap((message, index) => {
		const isCurrent = first + index === current;
		return rowsOf(message, {words, columns: columns - 2, lookAlikes}).map((row, at) => {
			if (!isCurrent) return `  ${markRow(row, words, theme.found)}`;
			return theme.status(`${at === 0 ? '>' : ' '} ${row}`);
		});
	});
	return [...(hasTitle ? [theme.dim(title)] : []), ...shown];
}

/** The first message that is listed, if the current one is to stand in the middle as far as there are others. */
function firstOf(found: readonly Found[], current: number, room: number): number {
	const most = Math.min(Math.floor(room / 2), room - heightOf(found[current]));
	let first = current;
	for (let above = 0; first > 0; first--) {
		above += heightOf(found[first - 1]);
		if (above > most) break;
	}
	// At the end the list is full.
	let listed = 0;
	for (let index = first; index < found.length && listed <= room; index++) listed += heightOf(found[index]);
	for (; first > 0; first--) {
		listed += heightOf(found[first - 1]);
		if (listed > room) break;
	}
	return first;
}

const heightOf = (message: Found | undefined): number => (isTurned(message) ? 2 : 1);

/** Whether a terminal may turn part of it around: then its text has a row of its own. */
const isTurned = (message: Found | undefined): boolean =>
	message !== undefined && hasRightToLeft(message.text);

/** When, who, and the text around the first of the words. */
function rowsOf(
	message: Found,
	{
		words,
		columns,
		lookAlikes,
	}: Pick<FoundProps, 'columns' | 'lookAlikes'> & {readonly words: readonly string[]},
): readonly string[] {
	const from = headOf(message, lookAlikes);
	const day = columns < minColumnsForDay ? '' : `${dateOf(message.at)} `;
	const time = columns < minColumnsForTime ? '' : `${timeOf(message.at)} `;
	const text = message.text.replaceAll(/\s+/g, ' ');
	if (isTurned(message)) {
		const head = truncate(`${day}${time}${from}:`, columns);
		return [head, truncate(around(text, words, columns), columns)];
	}
	// A name takes no more than a third: the text is what is looked at.
	const shown = `${day}${time}${truncateNames(from, Math.floor(columns / 3))}: `;
	return [truncate(shown + around(text, words, columns - displayWidth(shown)), columns)];
}

/** Narrower rows have no room for the day, or not even for the time. */
const minColumnsForDay = 38;
const minColumnsForTime = 58;

/** Characters in front of a word that are looked at to begin a few before it. */
const lookBack = 200;

/** A text, sanitised, from a little before the first of the words on if that would be cut off else. */
function around(text: string, words: readonly string[], columns: number): string {
	const start = sanitise(text.slice(0, 4 * columns));
	if (hasMarks(truncate(start, columns - 1), words)) return start;
	const folded = foldCase(text);
	const at = Math.min(...words.map(word => folded.indexOf(word)).filter(found => found !== -1));
	if (!Number.isFinite(at) || at === 0) return start;
	const before = graphemes(text.slice(Math.max(0, at - lookBack), at))
		.slice(-6)
		.join('');
	return `…${sanitise(before + text.slice(at, at + 4 * columns))}`;
}

function headOf(message: Found, lookAlikes: LookAlikes | undefined): string {
	const to = message.to ?? [];
	const names = to.map(name => shownName(name, lookAlikes)).join(', ');
	if (message.kind === 'own') return `→ ${names}`;
	const isForMore = to.length > 1 || to.some(name => name.startsWith('#'));
	return shownName(message.from, lookAlikes) + (isForMore ? ` → ${names}` : '');
}
