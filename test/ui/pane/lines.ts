import type {ChatLine, Told} from '../../../source/chat/chat-line.ts';
import type {LookAlikes} from '../../../source/chat/names.ts';
import {rowsAt} from '../../../source/ui/pane/pane.ts';
import {plainTheme, type Theme} from '../../../source/ui/theme.ts';

/** Noon of a Friday, wherever the test runs. */
export const noon = new Date(2026, 0, 2, 12, 0).getTime();

let id = 0;

type Common = {readonly at?: number; readonly to?: readonly string[]};

export const message = (text: string, from = 'bob', {at = noon, to}: Common = {}): ChatLine => ({
	kind: 'message',
	id: ++id,
	at,
	from,
	text,
	...(to && {to}),
});

export const own = (
	text: string,
	delivery: 'waiting' | 'written' | 'unsure' | 'accepted',
	to = ['bob'],
	told?: Readonly<Record<string, Told>>,
): ChatLine => ({kind: 'own', id: ++id, at: noon, to, text, delivery, post: 1, ...(told && {told})});

export const notice = (text: string, at = noon): ChatLine => ({kind: 'notice', id: ++id, at, text});

type Window = {
	readonly columns?: number;
	readonly theme?: Theme;
	readonly unfolded?: ReadonlySet<number>;
	readonly login?: string;
	readonly lookAlikes?: LookAlikes;
};

/** All rows of some lines, as they stand below each other. */
export function rowsOf(
	lines: readonly ChatLine[],
	{columns = 60, theme = plainTheme, ...window}: Window = {},
): readonly string[] {
	const pane = {lines, columns, rows: 1000, theme, ...window};
	return lines.flatMap((_, index) => rowsAt(pane, index).rows);
}

/** The same as a picture, for a snapshot. */
export const picture = (lines: readonly ChatLine[], window: Window = {}): string =>
	`\n${rowsOf(lines, window).join('\n')}\n`;
