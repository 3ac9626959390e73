import {dayOf, timeColumns} from '../pane/line-context.ts';
import {minPaneRows, newestLines} from '../pane/newest-lines.ts';
import {indexOfId, type Pane, type ScrollPosition} from '../pane/pane.ts';
import type {Viewport} from '../pane/viewport.ts';
import {markRows} from '../search/mark.ts';
import {firstFitting} from '../text/first-fitting.ts';
import {displayWidth} from '../text/width.ts';
import {truncate} from '../text/wrap.ts';
import type {Excerpt} from './excerpt.ts';

/** Lower panes have a rule below the excerpt only, or not even that. */
const minRowsForRules = 4;
const minRowsForRule = 2;

const waysBack = [
	'below is the newest · Esc goes back to where you were, Ctrl+End here',
	'below is the newest · Esc goes back, Ctrl+End here',
	'Esc back · Ctrl+End newest',
	'Esc goes back',
];

const problems = {
	gone: [
		'the host does not have what was said around it any more',
		'the host has no more of it',
		'no more of it',
	],
	'not-reached': [
		'the host is not reached for what was said around it · PageUp asks again',
		'not reached · PageUp asks again',
		'not reached',
	],
} as const;

/** What stands above an excerpt and below it, in the rows of `pane`, the conversation as it is read otherwise. */
export type ExcerptFrame = {
	readonly hasTop: boolean;
	readonly hasBottom: boolean;
	readonly newest: readonly string[];
};

export function frameIn(pane: Pane): ExcerptFrame {
	const newest = pane.rows < minPaneRows ? [] : newestLines(pane, pane.lines.length);
	return {hasTop: pane.rows >= minRowsForRules, hasBottom: pane.rows >= minRowsForRule, newest};
}

/** How many of the rows are left for the excerpt. */
export const excerptRows = ({rows}: Pane, {hasTop, hasBottom, newest}: ExcerptFrame): number =>
	rows - Number(hasTop) - Number(hasBottom) - newest.length;

/**
 * An excerpt between two rules that say what it is and how to get back, with what was looked for marked in it, and below
 * it the newest lines of the conversation that it stands in front of.
 */
export function viewExcerpt({
	view,
	excerpt,
	scroll,
	live,
}: {
	readonly view: Viewport;
	readonly excerpt: Excerpt;
	readonly scroll: ScrollPosition;
	readonly live: Pane;
}): Viewport {
	const {hasTop, hasBottom, newest} = frameIn(live);
	const {columns, theme} = live;
	const marks = {words: excerpt.words, style: theme.found, from: timeColumns(columns), columns};
	const top = hasTop ? [rule(topWords(excerpt, scroll), live)] : [];
	const bottom = hasBottom ? [rule(waysBack, live)] : [];
	return {rows: [...top, ...markRows(view.rows, marks), ...bottom, ...newest], linesBelow: 0};
}

function topWords({lines, problem, isSlow}: Excerpt, scroll: ScrollPosition): readonly string[] {
	if (problem) return problems[problem];
	if (isSlow) return ['loading what was said around it…', 'loading…'];
	// Of the lowest one: a day stands above the rows, too, where it begins there.
	const line = scroll ? lines[indexOfId(lines, scroll.id)] : lines.at(-1);
	const day = line ? dayOf(line.at) : '';
	return [`an excerpt, ${day} · PageUp, PageDown go on`, `an excerpt, ${day}`, day];
}

function rule(words: readonly string[], {columns, theme}: Pane): string {
	const row = truncate(`── ${firstFitting(words, columns - 4)} `, columns);
	return theme.dim(row + '─'.repeat(columns - displayWidth(row)));
}
