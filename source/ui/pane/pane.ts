import type {ChatLine} from '../../chat/chat-line.ts';
import type {LookAlikes} from '../../chat/names.ts';
import {type People, presenceOf} from '../../chat/people.ts';
import type {Theme} from '../theme.ts';
import {isSameDay} from './line-context.ts';
import {type LineRows, rowsOfLine} from './line-rows.ts';

/** What the conversation is shown in: its lines, and the window that is there for them. */
export type Pane = {
	readonly lines: readonly ChatLine[];
	readonly columns: number;
	readonly rows: number;
	readonly theme: Theme;
	/** Who is here, if that is known. */
	readonly people?: People | undefined;
	readonly lookAlikes?: LookAlikes | undefined;
	/** The last line that was there when somebody stopped reading; a rule stands below it. */
	readonly readUpTo?: number | undefined;
	/** Our name, where the lines are those of one conversation. */
	readonly login?: string | undefined;
	/** The ids of the long lines that the reader wants to see as a whole. */
	readonly unfolded?: ReadonlySet<number> | undefined;
	/** Whether it shows a part of what was said long ago: then the newest lines are not among its own. */
	readonly isExcerpt?: boolean;
};

/**
 * Where a reader has scrolled to: the lowest row of what is read is row `row` of the line with this id, counted from the
 * first of its text. Above its text, at -1 and so on, stand rules and its head, which come and go with what is before it. Undefined stands for the end, where new text appears.
 */
export type ScrollPosition = {readonly id: number; readonly row: number} | undefined;

/** A row of a pane: of which line, and which of that line's rows from the top. */
export type RowPlace = {readonly index: number; readonly row: number};

const noRows: LineRows = {rows: [], lead: 0, fold: undefined, onTop: ''};

/** The rows of the line at `index`, or none where there is no line. */
export function rowsAt(pane: Pane, index: number): LineRows {
	const line = pane.lines[index];
	if (!line) return noRows;
	return rowsOfLine(line, {
		columns: pane.columns,
		theme: pane.theme,
		previous: pane.lines[index - 1],
		hasDayAtTop: index === 0 && hasDays(pane),
		isGone: line.kind === 'message' && presenceOf(pane.people, line.from) === 'gone',
		lookAlikes: pane.lookAlikes,
		isFirstUnread: isFirstUnread(pane, index),
		login: pane.login,
		isUnfolded: pane.unfolded?.has(line.id) ?? false,
	});
}

function isFirstUnread({lines, readUpTo}: Pane, index: number): boolean {
	if (readUpTo === undefined) return false;
	const [before, line] = [lines[index - 1], lines[index]];
	return before !== undefined && line !== undefined && before.id <= readUpTo && line.id > readUpTo;
}

/** Whether the lines are of several days: then the first of them says its own, too. */
function hasDays({lines}: Pane): boolean {
	const [first, last] = [lines[0], lines.at(-1)];
	return first !== undefined && last !== undefined && !isSameDay(first.at, last.at);
}

export function positionOf(pane: Pane, {index, row}: RowPlace): ScrollPosition {
	const line = pane.lines[index];
	return line && {id: line.id, row: row - rowsAt(pane, index).lead};
}

/** The line with this id, or the next newer one if it is gone: ids ascend, with gaps where a line was taken back. */
export function indexOfId(lines: readonly ChatLine[], id: number): number {
	let low = 0;
	let high = lines.length - 1;
	while (low < high) {
		const middle = (low + high) >> 1;
		if ((lines[middle]?.id ?? 0) < id) low = middle + 1;
		else high = middle;
	}
	return low;
}
