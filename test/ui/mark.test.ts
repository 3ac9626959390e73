import fc from 'fast-check';
import {expect, test} from 'vitest';
import {wordsOf} from '../../source/chat/find.ts';
import {markRow, markRows, markStart} from '../../source/ui/search/mark.ts';
import {graphemes} from '../../source/ui/text/graphemes.ts';
import {sanitise} from '../../source/ui/text/sanitise.ts';
import {foreignText} from './text/foreign-text.ts';

const brackets = (text: string) => `[${text}]`;
const mark = (row: string, text: string) => markRow(row, wordsOf(text), brackets);
const markAll = (rows: readonly string[], text: string, columns = 100) =>
	markRows(rows, {words: wordsOf(text), style: brackets, from: 6, columns});

test('each word is marked, whatever its case, and looks and links in between stay', () => {
	expect(mark('Bob: tea, TEA and teapots', 'tea')).toBe('Bob: [tea], [TEA] and [tea]pots');
	expect(mark('a b ab', 'b a')).toBe('[a] [b] [ab]');
	expect(mark('\x1b[1mbo\x1b[22mb: te\x1b[3ma\x1b[23m', 'bob tea')).toBe(
		'\x1b[1m[bo]\x1b[22m[b]: [te]\x1b[3m[a]\x1b[23m',
	);
	const link = '\x1b]8;id=m1;http://tea/\x1b\\http://tea/\x1b]8;;\x1b\\';
	expect(mark(link, 'tea')).toBe('\x1b]8;id=m1;http://tea/\x1b\\http://[tea]/\x1b]8;;\x1b\\');
	expect(markAll(['12:00 12 bob'], '12')).toEqual(['12:00 [12] bob']);
	expect(mark('nothing', 'x')).toBe('nothing');
	expect(markStart('\x1b[2m12:00 \x1b[22mbob', 5, brackets)).toBe('\x1b[2m[12:00] \x1b[22mbob');
});

test('a word that goes on in the next row is marked in both', () => {
	const rows = ['12:00 bob: https://example', '           .org/a and b', '      carol: hi'];
	expect(markAll(rows, 'ample.org hi', 26)).toEqual([
		'12:00 bob: https://ex[ample]',
		'           [.org]/a and b',
		'      carol: [hi]',
	]);
	// A row that is not full ends where a space was.
	expect(markAll(rows, 'ample.org', 40)).toEqual(rows);
	expect(markAll(['12:00 bob: 漢字', '           仮名'], '字仮')).toEqual([
		'12:00 bob: 漢[字]',
		'           [仮]名',
	]);
	expect(markAll(['12:00 bob: cafe', '           \u0301s'], 'ecafe', 16)).toEqual([
		'12:00 bob: cafe',
		'           \u0301s',
	]);
});

test('so is one that goes on through several rows', () => {
	const rows = ['12:00 bob: https://exam', '           ple.org/a/b', '           c/d and org'];
	const marked = ['12:00 bob: https://[exam]', '           [ple.org/a/b]', '           [c/d] and [org]'];
	expect(markAll(rows, 'example.org/a/bc/d org', 23)).toEqual(marked);
});

test('what is drawn as one is never parted', () => {
	expect(mark('a 👩‍🚀 b', '👩')).toBe('a [👩‍🚀] b');
	expect(mark('cafe\u0301s', 'cafe')).toBe('[cafe\u0301]s');
	fc.assert(
		fc.property(foreignText, fc.nat(), fc.integer({min: 1, max: 3}), (foreign, at, length) => {
			const row = sanitise(foreign).replaceAll(/[[\]]/g, '');
			const characters = Array.from(row);
			const start = characters.length === 0 ? 0 : at % characters.length;
			const marked = mark(row, characters.slice(start, start + length).join(''));
			expect(marked.replaceAll(/[[\]]/g, '')).toBe(row);
			const borders = new Set<number>();
			let end = 0;
			for (const cluster of graphemes(row)) {
				end += cluster.length;
				borders.add(end);
			}
			let before = 0;
			for (const part of marked.split(/[[\]]/).slice(0, -1)) {
				before += part.length;
				expect(before === 0 || borders.has(before)).toBe(true);
			}
		}),
	);
});
