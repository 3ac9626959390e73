import fc from 'fast-check';
import {describe, expect, it} from 'vitest';
import {graphemes} from '../../../source/ui/text/graphemes.ts';
import {sanitise, sanitiseSegments} from '../../../source/ui/text/sanitise.ts';
import {displayWidth} from '../../../source/ui/text/width.ts';
import {truncate, wrapSegments, wrapText} from '../../../source/ui/text/wrap.ts';
import {foreignText} from './foreign-text.ts';

/** The rows between two bars, as wide as the window: what a person would see. */
const picture = (rows: readonly string[], columns: number): string[] =>
	rows.map(row => `|${row}${' '.repeat(columns - displayWidth(row))}|`);

const wrapped = (text: string, columns: number, maxRows?: number): string[] =>
	picture(wrapText(text, columns, maxRows === undefined ? {} : {maxRows}), columns);

const withoutSpaces = (text: string): string => text.replace(/[ \n]/g, '');

/** Texts with line ends, whose rows are told by them. */
const lines = fc
	.array(foreignText, {minLength: 1, maxLength: 3})
	.map(texts => texts.map(sanitise).join('\n'));

/** Texts of more than three rows of 30 cells. */
const longText = foreignText.map(text => sanitise(`${text} a word `.repeat(15)));

describe('wrapping', () => {
	it('breaks at spaces', () => {
		expect(wrapped('the quick brown fox jumps', 10)).toEqual([
			'|the quick |',
			'|brown fox |',
			'|jumps     |',
		]);
	});

	it('cuts what has no space where the row ends', () => {
		expect(wrapped('see https://example.org/a/long/path ok', 12)).toEqual([
			'|see         |',
			'|https://exam|',
			'|ple.org/a/lo|',
			'|ng/path ok  |',
		]);
	});

	it('keeps the ends of lines and the spaces at their starts', () => {
		expect(wrapped('if (a) {\n\n  return from here\n}', 10)).toEqual([
			'|if (a) {  |',
			'|          |',
			'|  return  |',
			'|from here |',
			'|}         |',
		]);
	});

	it('drops the spaces at a break, however many', () => {
		expect(wrapped('ab      cd', 4)).toEqual(['|ab  |', '|cd  |']);
	});

	it('breaks between wide characters, but not before closing punctuation', () => {
		expect(wrapped('漢字仮名、です。', 8)).toEqual(['|漢字仮  |', '|名、で  |', '|す。    |']);
		expect(wrapped('abc 漢字', 7)).toEqual(['|abc 漢 |', '|字     |']);
	});

	it('never cuts a character in two', () => {
		expect(wrapped('e\u0301e\u0301e\u0301 👩‍🚀👩‍🚀', 3)).toEqual([
			'|e\u0301e\u0301e\u0301|',
			'|👩‍🚀 |',
			'|👩‍🚀 |',
		]);
	});

	it('shows a placeholder for a character that is wider than the window', () => {
		expect(wrapped('漢a', 1)).toEqual(['|□|', '|a|']);
	});

	it('makes one empty row of nothing', () => {
		expect(wrapText('', 5)).toEqual(['']);
		expect(wrapText('   ', 2)).toEqual(['']);
	});

	it('folds what is longer than the rows it may have, and says how much that is', () => {
		expect(wrapped('abc '.repeat(40).trimEnd(), 23, 3)).toEqual([
			'|abc abc abc abc abc abc|',
			'|abc abc abc abc abc abc|',
			'|… (111 more characters)|',
		]);
		expect(wrapped('x'.repeat(64 * 1024), 8, 2)).toEqual(['|xxxxxxxx|', '|… (6552…|']);
	});

	it('does not fold what just fits', () => {
		expect(wrapped('ab cd', 2, 2)).toEqual(['|ab|', '|cd|']);
		expect(wrapped('a\nb', 2, 2)).toEqual(['|a |', '|b |']);
	});

	it('leaves room in the first row, for which no word is cut', () => {
		const rows = (text: string) => picture(wrapText(text, 12, {taken: 7}), 12);
		expect(rows('the quick fox')).toEqual(['|the         |', '|quick fox   |']);
		expect(rows('brown foxes jump')).toEqual(['|brown       |', '|foxes jump  |']);
		expect(rows('https://example.org')).toEqual(['|            |', '|https://exam|', '|ple.org     |']);
		expect(rows('漢字漢字漢')).toEqual(['|漢字        |', '|漢字漢      |']);
	});

	it('makes rows of words no longer than the measure, but gives a long word what there is', () => {
		const rows = (text: string, isVerbatim = false) => wrapText(text, 20, {measure: 10, isVerbatim});
		expect(rows('the quick brown fox')).toEqual(['the quick', 'brown fox']);
		expect(rows('see https://example.org now')).toEqual(['see', 'https://example.org', 'now']);
		expect(rows('if (a) { return 1; }', true)).toEqual(['if (a) { return 1; }']);
	});

	it('keeps apart what is a token', () => {
		expect(wrapSegments(sanitiseSegments('red \u001B[31m'), 5)).toEqual([
			[{text: 'red', isToken: false}],
			[
				{text: '␛', isToken: true},
				{text: '[31m', isToken: false},
			],
		]);
	});

	it('makes no row wider than the window', () => {
		fc.assert(
			fc.property(
				lines,
				fc.integer({min: 1, max: 30}),
				fc.option(fc.integer({min: 1, max: 9})),
				fc.nat({max: 29}),
				(text, columns, maxRows, some) => {
					const taken = some % columns;
					const rows = wrapText(text, columns, {taken, ...(maxRows && {maxRows})});
					expect(rows.filter(row => displayWidth(row) > columns)).toEqual([]);
					expect(displayWidth(rows[0] ?? '')).toBeLessThanOrEqual(columns - taken);
					expect(rows.length).toBeLessThanOrEqual(maxRows ?? Number.POSITIVE_INFINITY);
				},
			),
			{numRuns: 500},
		);
	});

	it('loses nothing but spaces', () => {
		fc.assert(
			fc.property(lines, fc.integer({min: 2, max: 30}), fc.nat({max: 29}), (text, columns, some) => {
				const options = {taken: some % columns, measure: 1 + (some % 13)};
				expect(withoutSpaces(wrapText(text, columns).join(''))).toBe(withoutSpaces(text));
				expect(withoutSpaces(wrapText(text, columns, options).join(''))).toBe(withoutSpaces(text));
			}),
			{numRuns: 500},
		);
	});

	it('counts in the fold exactly what it hides', () => {
		fc.assert(
			fc.property(longText, text => {
				const rows = wrapText(text, 30, {maxRows: 3});
				const fold = /^… \((\d+) more characters\)$/.exec(rows[2] ?? '');
				expect(fold).not.toBeNull();
				const shown = withoutSpaces(rows.slice(0, 2).join(''));
				const hidden = withoutSpaces(text).slice(shown.length);
				expect(withoutSpaces(text).startsWith(shown)).toBe(true);
				expect(Number(fold?.[1])).toBeGreaterThanOrEqual(graphemes(hidden).length);
				expect(Number(fold?.[1])).toBeLessThanOrEqual(graphemes(text).length - graphemes(shown).length);
			}),
		);
	});
});

describe('truncating', () => {
	it('ends in an ellipsis only if something is cut off', () => {
		expect(truncate('hello', 5)).toBe('hello');
		expect(truncate('hello world', 5)).toBe('hell…');
		expect(truncate('漢字', 4)).toBe('漢字');
		expect(truncate('漢字漢字', 4)).toBe('漢…');
		expect(truncate('漢', 1)).toBe('…');
		expect(truncate('a', 0)).toBe('');
	});

	it('never gives more than it may', () => {
		fc.assert(
			fc.property(foreignText.map(sanitise), fc.integer({min: 0, max: 20}), (text, columns) => {
				const cut = truncate(text, columns);
				expect(displayWidth(cut)).toBeLessThanOrEqual(columns);
				expect(cut === text || columns === 0 || cut.endsWith('…')).toBe(true);
			}),
		);
	});
});
