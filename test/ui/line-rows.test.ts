import fc from 'fast-check';
import {expect, test} from 'vitest';
import type {ChatLine} from '../../source/chat/chat-line.ts';
import {rowsOfLine} from '../../source/ui/pane/line-rows.ts';
import {scrollBy, viewPane} from '../../source/ui/pane/viewport.ts';
import {displayWidth} from '../../source/ui/text/width.ts';
import {plainTheme} from '../../source/ui/theme.ts';

const noon = new Date(2026, 0, 2, 12, 0).getTime();
let id = 0;
const message = (text: string, from = 'bob'): ChatLine => ({kind: 'message', id: ++id, at: noon, from, text});
const own = (text: string, delivery: 'waiting' | 'written' | 'unsure', to = ['bob']): ChatLine => ({
	kind: 'own',
	id: ++id,
	at: noon,
	to,
	text,
	delivery,
	post: 1,
});
const rows = (line: ChatLine, columns = 40) => rowsOfLine(line, columns, plainTheme).join('\n');

test('a text stands in a column of its own behind the name', () => {
	expect(rows(message('one two three four five six seven eight'))).toBe(
		['12:00 bob: one two three four five six', '           seven eight'].join('\n'),
	);
});

test('a long name gets a row, and the text begins below it', () => {
	expect(rows(message('hello', 'a-name-of-quite-some-length'))).toBe(
		['12:00 a-name-of-quite-some-length:', '      hello'].join('\n'),
	);
	expect(rows(message('hello', 'a-name-of-quite-some-length'), 20)).toBe(
		['a-name-of-quite-som…', 'hello'].join('\n'),
	);
});

test('an own line says whom it went to and what became of it', () => {
	expect(rows(own('hi', 'waiting', ['bob', 'carol']), 60)).toBe('12:00 → bob, carol: hi … waiting');
	expect(rows(own('hi', 'written'), 60)).toBe('12:00 → bob: hi ✓');
	expect(rows(own('hi', 'unsure'), 90)).toBe(
		'12:00 → bob: hi ? written before the connection broke, nobody knows whether it arrived',
	);
});

test('what a sender means for the terminal is shown, in texts and in names', () => {
	expect(rows(message('\x1b[31mred\u202e', 'b\x07b'))).toBe('12:00 b␇b: ␛[31mred⟨U+202E⟩');
});

test('a line of 64 KiB is folded', () => {
	const laid = rowsOfLine(message('x'.repeat(65_536)), 40, plainTheme);

	expect(laid).toHaveLength(200);
	expect(laid.at(-1)).toMatch(/^ +… \(\d+ more charact/);
});

test('no row is ever wider than the window', () => {
	fc.assert(
		fc.property(
			fc.string({unit: 'grapheme', maxLength: 80}),
			fc.string({unit: 'grapheme', minLength: 1, maxLength: 40}),
			fc.integer({min: 20, max: 100}),
			(text, from, columns) => {
				for (const row of rowsOfLine(message(text, from), columns, plainTheme)) {
					expect(displayWidth(row)).toBeLessThanOrEqual(columns);
				}
			},
		),
	);
});

const pane = (lines: readonly ChatLine[], height = 4) => ({
	lines,
	columns: 40,
	rows: height,
	theme: plainTheme,
});
const texts = (viewport: {readonly rows: readonly string[]}) => viewport.rows.map(row => row.slice(11));
const numbered = (count: number) => Array.from({length: count}, (_, index) => message(String(index + 1)));

test('a pane is filled from its bottom', () => {
	expect(texts(viewPane(pane(numbered(2)), undefined))).toEqual(['', '', '1', '2']);
	expect(texts(viewPane(pane([]), undefined))).toEqual(['', '', '', '']);
});

test('new lines do not move what a reader has scrolled to', () => {
	const lines = numbered(20);
	const position = scrollBy(pane(lines), undefined, -6);
	const before = viewPane(pane(lines), position);
	const after = viewPane(pane([...lines, ...numbered(5)]), position);

	expect(texts(before)).toEqual(['11', '12', '13', '14']);
	expect(after.rows).toEqual(before.rows);
	expect([before.linesBelow, after.linesBelow]).toEqual([6, 11]);
});

test('scrolling ends with the oldest row on top, and at the newest it follows again', () => {
	const lines = numbered(6);
	const top = scrollBy(pane(lines), undefined, -100);

	expect(texts(viewPane(pane(lines), top))).toEqual(['1', '2', '3', '4']);
	expect(scrollBy(pane(lines), top, 100)).toBeUndefined();
	expect(scrollBy(pane(numbered(3)), undefined, -1)).toBeUndefined();
});

test('where the line that was scrolled to is dropped, the oldest that are left fill the pane', () => {
	const lines = numbered(20);
	const position = scrollBy(pane(lines), undefined, -14);
	const left = pane(lines.slice(10));

	expect(texts(viewPane(left, position))).toEqual(['11', '12', '13', '14']);
	expect(viewPane(left, position).linesBelow).toBe(6);
	expect(scrollBy(left, position, 1)).toEqual({id: lines[14]?.id, row: 0});
});

test('a pane that grows stays filled', () => {
	const lines = numbered(20);
	const top = scrollBy(pane(lines), undefined, -100);

	expect(texts(viewPane(pane(lines, 6), top))).toEqual(['1', '2', '3', '4', '5', '6']);
});

test('scrolling up and down again by as much comes back to the same rows', () => {
	const lines = Array.from({length: 60}, (_, index) => message('word '.repeat(1 + (index % 17))));
	fc.assert(
		fc.property(fc.integer({min: 1, max: 40}), fc.integer({min: 1, max: 20}), (first, second) => {
			const here = scrollBy(pane(lines), undefined, -first);
			const there = scrollBy(pane(lines), here, -second);
			const back = scrollBy(pane(lines), there, second);
			expect(viewPane(pane(lines), back).rows).toEqual(viewPane(pane(lines), here).rows);
		}),
	);
});
