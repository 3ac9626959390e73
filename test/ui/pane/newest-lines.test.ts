import fc from 'fast-check';
import {expect, test} from 'vitest';
import {newestRows, viewNewest} from '../../../source/ui/pane/newest-lines.ts';
import {displayWidth} from '../../../source/ui/text/width.ts';
import {plainTheme} from '../../../source/ui/theme.ts';
import {foreignText} from '../text/foreign-text.ts';
import {message} from './lines.ts';

const view = (text: string, columns: number): readonly string[] =>
	viewNewest({lines: [message(text)], columns, rows: 20, theme: plainTheme}, 3);

test('a newest line is never wider than the window, not even by what its name leaves no room for', () => {
	expect(view('hi', 5)).toEqual(['── 3…', 'bob: ']);
	expect(view('👨‍👩‍👧‍👦'.repeat(20), 12)[1]).toBe('bob: 👨‍👩‍👧‍👦👨‍👩‍👧‍👦👨‍👩‍👧‍👦…');
	fc.assert(
		fc.property(fc.oneof(fc.string(), foreignText), fc.integer({min: 1, max: 30}), (text, columns) => {
			for (const row of view(text, columns)) expect(displayWidth(row)).toBeLessThanOrEqual(columns);
		}),
	);
});

test('what runs from right to left has a row of its own, and they are five rows all the same', () => {
	const lines = ['one', 'two', 'שלום 12', 'four', 'five'].map(text => message(text));
	const pane = {lines, columns: 40, rows: 20, theme: plainTheme};
	const rows = viewNewest(pane, 9);
	expect(rows.slice(1)).toEqual([
		'      bob: two',
		'      bob:',
		'      שלום 12',
		'      bob: four',
		'      bob: five',
	]);
	expect(newestRows(pane, 9)).toBe(6);
	const all = {...pane, lines: lines.map(() => message('שלום', 'דוד'))};
	expect(viewNewest(all, 9).slice(1)).toEqual(['      ˑדודˑ:', '      שלום', '      ˑדודˑ:', '      שלום']);
	expect(newestRows(all, 9)).toBe(5);
});
