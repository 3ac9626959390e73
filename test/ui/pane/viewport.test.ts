import fc from 'fast-check';
import {expect, test} from 'vitest';
import type {ChatLine} from '../../../source/chat/chat-line.ts';
import {scrollBy, scrollPage, viewPane} from '../../../source/ui/pane/viewport.ts';
import {plainTheme} from '../../../source/ui/theme.ts';
import {message, noon, notice, own} from './lines.ts';

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

test('lines that are loaded above do not move what is read, and its highest row still says whose it is', () => {
	const lines = numbered(20);
	const [earlier, later] = [lines.slice(0, 8), lines.slice(8)];
	const top = scrollBy(pane(later), undefined, -100);
	const before = viewPane(pane(later), top);
	const after = viewPane(pane([...earlier, ...later]), top);

	expect(texts(before)).toEqual(['9', '10', '11', '12']);
	expect(after.rows).toEqual(before.rows);
	expect(after.rows.slice(0, 2)).toEqual(['12:00 bob: 9', '           10']);
});

test('a day above what is read comes and goes without moving it', () => {
	const yesterday = noon - 24 * 3_600_000;
	const lines = [
		message('old', 'bob', {at: yesterday}),
		...Array.from({length: 9}, (_, index) => message(String(index), 'bob', {at: noon})),
	];
	const top = scrollBy(pane(lines.slice(1)), undefined, -100);

	expect(texts(viewPane(pane(lines.slice(1)), top))).toEqual(['0', '1', '2', '3']);
	expect(texts(viewPane(pane(lines), top))).toEqual(['0', '1', '2', '3']);
	expect(viewPane(pane(lines), scrollBy(pane(lines), top, -1)).rows[0]).toBe('── Fri 2026-01-02 ──');
});

test('while scrolled up the newest five lines stay in sight below a rule', () => {
	const lines = [
		...numbered(14),
		own('and what do *you* say?', 'written', ['bob', 'carol']),
		message('a long one, of which not all has room in its row', 'carol'),
		message('two\nlines', 'dave'),
		notice('bob is slow'),
		message('the last'),
	];
	const tall = pane(lines, 14);
	const up = scrollPage(tall, undefined, 'page-up');

	expect(`\n${viewPane(tall, up).rows.join('\n')}\n`).toMatchInlineSnapshot(`
		"
		12:00 bob: 2
		           3
		           4
		           5
		           6
		           7
		           8
		           9
		── 10 newer ────────────────────────────
		      → bob, carol: and what do *you* s…
		      carol: a long one, of which not a…
		      dave: two …
		      bob is slow
		      bob: the last
		"
	`);
	const grown = {...tall, lines: [...lines, message('newer still', 'erin')]};
	expect(viewPane(grown, up).rows.slice(0, 8)).toEqual(viewPane(tall, up).rows.slice(0, 8));
	expect(viewPane(grown, up).rows.at(-1)).toBe('      erin: newer still');
	expect(viewPane(pane(lines, 13), up).rows.join()).not.toContain('newer');
	// Said once: in the rule, or else below the pane.
	expect(viewPane(tall, up).linesBelow).toBe(0);
	expect(viewPane(pane(lines, 13), up).linesBelow).toBeGreaterThan(0);
	const wide = {...tall, columns: 60};
	expect(viewPane(wide, scrollPage(wide, undefined, 'page-up')).rows[8]).toMatch(
		/^── \d+ newer ─+ PageDown, Ctrl\+End ──$/,
	);
});

test('pages up and down read every row, whether the newest lines take room or not', () => {
	const lines = Array.from({length: 60}, (_, index) =>
		message(`${index} ${'word '.repeat(index % 9)}`.trim()),
	);
	const tall = pane(lines, 16);
	const seen = new Set<string>();
	let position = undefined as ReturnType<typeof scrollPage>;
	for (let page = 0; page < 40; page++) {
		for (const row of viewPane(tall, position).rows) seen.add(row.trim().replace(/^12:00 bob: /, ''));
		position = scrollPage(tall, position, 'page-up');
	}

	for (let index = 0; index < 60; index++)
		expect([...seen].some(row => row.startsWith(`${index} `) || row === String(index))).toBe(true);
	let pages = 0;
	while (position !== undefined && pages < 40) {
		position = scrollPage(tall, position, 'page-down');
		pages++;
	}
	expect(position).toBeUndefined();
	expect(pages).toBeGreaterThan(5);
});

test('a pane has exactly its rows, wherever it is scrolled to', () => {
	const line = fc
		.tuple(fc.integer({min: 0, max: 30}), fc.integer({min: 0, max: 3}))
		.map(([words, day]) => message('word '.repeat(words), 'bob', {at: noon + day * 86_400_000}));
	fc.assert(
		fc.property(
			fc.array(line, {maxLength: 40}),
			fc.integer({min: 1, max: 40}),
			fc.array(fc.integer({min: -50, max: 50}), {maxLength: 5}),
			(lines, height, steps) => {
				const window = pane(lines, height);
				let position = undefined as ReturnType<typeof scrollBy>;
				for (const step of steps) position = scrollBy(window, position, step);
				expect(viewPane(window, position).rows).toHaveLength(height);
			},
		),
	);
});
