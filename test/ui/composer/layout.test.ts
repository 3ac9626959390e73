import fc from 'fast-check';
import {describe, expect, it} from 'vitest';
import {composerReducer, emptyComposer} from '../../../source/ui/composer/composer.ts';
import {layoutComposer} from '../../../source/ui/composer/layout.ts';
import {graphemes} from '../../../source/ui/text/graphemes.ts';
import {displayWidth} from '../../../source/ui/text/width.ts';
import {foreignText} from '../text/foreign-text.ts';
import {type} from './type.ts';

/** The rows between bars, the cell of the caret marked below its row. */
function picture(keystrokes: string, columns: number, maxRows = 10): string[] {
	const {rows, caretRow, caretColumn} = layoutComposer(type(keystrokes), columns, maxRows);
	return rows.flatMap((row, index) => {
		const drawn = `|${row}${' '.repeat(columns - displayWidth(row))}|`;
		return index === caretRow ? [drawn, `${' '.repeat(caretColumn + 1)}^`] : [drawn];
	});
}

describe('the composer', () => {
	it('shows an empty draft as one row', () => {
		expect(picture('', 6)).toEqual(['|      |', ' ^']);
	});

	it('has its caret behind what was typed', () => {
		expect(picture('hello', 6)).toEqual(['|hello |', '      ^']);
	});

	it('goes on in the next row where one is full', () => {
		expect(picture('hello world', 6)).toEqual([
			'|hello |', //
			'|world |',
			'      ^',
		]);
	});

	it('has its caret on a row of its own behind a full one', () => {
		expect(picture('hello!', 6)).toEqual([
			'|hello!|', //
			'|      |',
			' ^',
		]);
		expect(picture('hello!<left>', 6)).toEqual(['|hello!|', '      ^']);
	});

	it('never cuts a wide character in two', () => {
		expect(picture('abc漢字', 6)).toEqual([
			'|abc漢 |', //
			'|字    |',
			'   ^',
		]);
		expect(picture('abc漢字<left>', 6)).toEqual([
			'|abc漢 |', //
			'|字    |',
			' ^',
		]);
	});

	it('has its caret on the first cell of a wide character', () => {
		expect(picture('a漢字<left>', 6)).toEqual(['|a漢字 |', '    ^']);
	});

	it('begins a row at a line feed', () => {
		expect(picture('one<ctrl+j><ctrl+j>two<up>', 6)).toEqual([
			'|one   |', //
			'|      |',
			' ^',
			'|two   |',
		]);
	});

	it('shows the rows around its caret', () => {
		const lines = '1<ctrl+j>2<ctrl+j>3<ctrl+j>4<ctrl+j>5';
		expect(picture(lines, 3, 3)).toEqual([
			'|3  |', //
			'|4  |',
			'|5  |',
			'  ^',
		]);
		expect(picture(`${lines}<up><up>`, 3, 3)).toEqual([
			'|2  |', //
			'|3  |',
			'  ^',
			'|4  |',
		]);
		expect(layoutComposer(type(lines), 3, 3).firstRow).toBe(2);
	});

	it('shows what is invisible, with the caret in front of all of it', () => {
		expect(picture('a\u202Eb<left><left>', 12)).toEqual(['|a⟨U+202E⟩b  |', '  ^']);
		expect(picture('a\u202Eb<left><left>', 8)).toEqual([
			'|a       |', //
			'|⟨U+202E⟩|',
			' ^',
			'|b       |',
		]);
	});

	it('shows a placeholder for a character that is wider than the window', () => {
		expect(picture('漢<left>', 1)).toEqual(['|□|', ' ^']);
	});

	it('keeps within its columns and rows, its caret within both, whatever the draft', () => {
		const sizes = fc.record({columns: fc.integer({min: 1, max: 20}), maxRows: fc.integer({min: 1, max: 5})});
		const lines = fc.array(foreignText, {minLength: 1, maxLength: 3});
		fc.assert(
			fc.property(lines, fc.nat(), sizes, (texts, place, {columns, maxRows}) => {
				const {text} = composerReducer(emptyComposer, {type: 'insert', text: texts.join('\n')});
				const before = graphemes(text);
				const caret = before.slice(0, place % (before.length + 1)).join('').length;
				const layout = layoutComposer({text, caret}, columns, maxRows);
				expect(layout.rows.length).toBeLessThanOrEqual(maxRows);
				expect(layout.rows.filter(row => displayWidth(row) > columns)).toEqual([]);
				expect(layout.rows[layout.caretRow]).toBeDefined();
				expect(layout.caretColumn).toBeLessThan(columns);
				expect(layout.caretColumn).toBeLessThanOrEqual(displayWidth(layout.rows[layout.caretRow] ?? ''));
			}),
			{numRuns: 500},
		);
	});

	it('shows the same rows wherever its caret stands, but for the one behind a full row', () => {
		fc.assert(
			fc.property(foreignText, fc.nat(), fc.integer({min: 1, max: 20}), (foreign, place, columns) => {
				const {text} = composerReducer(emptyComposer, {type: 'insert', text: foreign});
				const clusters = graphemes(text);
				const caret = clusters.slice(0, place % (clusters.length + 1)).join('').length;
				// A space at the end of a full row is not seen, and may stand there or not.
				const layOut = (at: number) => {
					const {rows, caretRow} = layoutComposer({text, caret: at}, columns, 1000);
					return {rows: rows.map(row => row.trimEnd()), caretRow};
				};
				const atStart = layOut(0).rows;
				const {rows, caretRow} = layOut(caret);
				const hasRowOfItsOwn = rows.length > atStart.length;
				expect(hasRowOfItsOwn ? rows.toSpliced(caretRow, 1) : rows).toEqual(atStart);
				if (hasRowOfItsOwn) expect(rows[caretRow]).toBe('');
			}),
		);
	});
});
