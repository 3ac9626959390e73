import {expect, test} from 'vitest';
import {paint} from '../../../source/ui/terminal/painter.ts';

const frame = (...rows: string[]) => ({rows, caret: {row: 1, column: 2}});

test('nothing is written for the same frame', () => {
	expect(paint(frame('a', 'b'), frame('a', 'b'))).toBe('');
});

test('only the rows that changed are written, as one update', () => {
	expect(paint(frame('a', 'b', 'c'), frame('a', 'B', 'c'))).toBe(
		'\x1b[?2026h\x1b[?25l\x1b[2;1H\x1b[0m\x1b[KB\x1b[0m\x1b[2;3H\x1b[?25h\x1b[?2026l',
	);
});

test('a row that fills the window keeps its last cell: nothing is erased behind it', () => {
	const bytes = paint(undefined, frame('x'.repeat(80)));

	expect(bytes).toContain('x'.repeat(80));
	expect(bytes.slice(bytes.indexOf('x'))).not.toMatch(/\x1b\[\d*[JKX]/);
});

test('a frame without a caret hides the cursor', () => {
	expect(paint(frame('a'), {rows: ['a'], caret: undefined})).toBe('\x1b[?2026h\x1b[?25l\x1b[?2026l');
});
