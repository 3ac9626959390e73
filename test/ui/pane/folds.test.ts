import {expect, test} from 'vitest';
import {toggleFold} from '../../../source/ui/pane/folds.ts';
import type {Pane, ScrollPosition} from '../../../source/ui/pane/pane.ts';
import {viewPane} from '../../../source/ui/pane/viewport.ts';
import {plainTheme} from '../../../source/ui/theme.ts';
import {message} from './lines.ts';

const before = message('before', 'carol');
const long = message(Array.from({length: 40}, (_, index) => `row ${index}`).join('\n'));
const pane: Pane = {
	lines: [before, long, message('after', 'carol')],
	columns: 50,
	rows: 8,
	theme: plainTheme,
};
const rows = (window: Pane, position: ScrollPosition) =>
	viewPane(window, position).rows.map(row => row.trim());

test('a folded line opens where it is, and what stood above the fold stays', () => {
	const folded = rows(pane, undefined);
	const opened = toggleFold(pane, undefined);
	const open = {...pane, unfolded: opened?.unfolded};

	expect(folded.slice(-3)).toEqual(['row 18', '… 21 more lines: Alt+E unfolds', 'carol: after']);
	expect(rows(open, opened?.position).slice(1)).toEqual([...folded.slice(1, -2), 'row 19', 'row 20']);
	const closed = toggleFold(open, opened?.position);
	expect(closed?.unfolded.size).toBe(0);
	expect(rows({...pane, unfolded: closed?.unfolded}, closed?.position).at(-1)).toBe(
		'… 21 more lines: Alt+E unfolds',
	);
});

test('where the newest lines stay in sight below, a line that opens moves up by what they take', () => {
	const tall = {
		...pane,
		rows: 22,
		lines: [...pane.lines, message('more', 'carol'), message('and more', 'carol')],
	};
	const opened = toggleFold(tall, undefined);
	const open = rows({...tall, unfolded: opened?.unfolded}, opened?.position);

	expect(rows(tall, undefined).slice(-4)).toEqual([
		'… 21 more lines: Alt+E unfolds',
		'carol: after',
		'more',
		'and more',
	]);
	expect(open.slice(-5, -4)).toEqual(['row 19']);
	expect(open.slice(-4)).toEqual([
		expect.stringMatching(/^── 3 newer ─/),
		'carol: after',
		'carol: more',
		'carol: and more',
	]);
});

test('only what is in sight is folded or unfolded', () => {
	const short = {...pane, lines: [before]};

	expect(toggleFold(short, undefined)).toBeUndefined();
	expect(toggleFold({...pane, lines: []}, undefined)).toBeUndefined();
	expect(toggleFold(pane, {id: long.id, row: 5})).toBeUndefined();
	expect(toggleFold(pane, {id: long.id, row: 19})?.unfolded).toEqual(new Set([long.id]));
});
