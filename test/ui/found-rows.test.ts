import fc from 'fast-check';
import {expect, test} from 'vitest';
import type {Found} from '../../source/chat/find.ts';
import {emptyScrollback} from '../../source/chat/scrollback.ts';
import {cardRows} from '../../source/ui/card/card-rows.ts';
import {foundRows} from '../../source/ui/search/found-rows.ts';
import {displayWidth} from '../../source/ui/text/width.ts';
import {plainTheme as theme} from '../../source/ui/theme.ts';
import {foreignText} from './text/foreign-text.ts';

const unseen = /[\p{Cc}\p{Zl}\p{Zp}\u202A-\u202E\u2066-\u2069\u200B]/u;
const size = {columns: fc.integer({min: 20, max: 120}), rows: fc.integer({min: 1, max: 30})};

/** All of them are there, and nothing in them moves or hides anything. */
const expectWhole = (shown: readonly string[], columns: number) => {
	for (const row of shown) {
		expect(row).not.toMatch(unseen);
		expect(displayWidth(row)).toBeLessThanOrEqual(columns);
	}
};

test('what others wrote is shown harmless and no wider than the window where it is found', () => {
	const message = fc.record({
		from: foreignText,
		to: fc.array(foreignText, {maxLength: 3}),
		text: foreignText,
	});
	const props = fc.record({
		...size,
		messages: fc.array(message, {minLength: 1, maxLength: 5}),
	});
	fc.assert(
		fc.property(props, fc.nat(), ({columns, rows, messages}, at) => {
			const found = messages.map((one): Found => ({kind: 'message', at: 0, ...one}));
			const {text = ''} = messages[at % messages.length] ?? {};
			const shown = foundRows({
				...{found, columns, rows, theme},
				...{current: at % found.length, text: text.slice(at % 5, (at % 5) + 4)},
			});
			expect(shown).toHaveLength(rows);
			expectWhole(shown, columns);
		}),
		{numRuns: 200},
	);
});

test('what runs from right to left has a row of its own, below who said it', () => {
	const found = ['one', 'two', 'שלום 12', 'four', 'five'].map(
		(text): Found => ({kind: 'message', at: new Date(2026, 0, 2, 12, 5).getTime(), from: 'bob', text}),
	);
	const shown = (current: number, rows: number) =>
		foundRows({found, current, rows, text: 'o', columns: 70, theme});
	expect(shown(0, 4)).toEqual([
		' found elsewhere, newest first · Enter goes there',
		'> 2026-01-02 12:05 bob: one',
		'  2026-01-02 12:05 bob: two',
		'  2026-01-02 12:05 bob:',
	]);
	expect(shown(2, 5)).toEqual([
		' found elsewhere, newest first · Enter goes there',
		'  2026-01-02 12:05 bob: one',
		'  2026-01-02 12:05 bob: two',
		'> 2026-01-02 12:05 bob:',
		'  שלום 12',
	]);
	expect(shown(2, 2)).toEqual(['> 2026-01-02 12:05 bob:', '  שלום 12']);
	expect(shown(4, 5).slice(1)).toEqual([
		'  2026-01-02 12:05 bob:',
		'  שלום 12',
		'  2026-01-02 12:05 bob: four',
		'> 2026-01-02 12:05 bob: five',
	]);
});

test('and so are names on the card', () => {
	const quiet = {scrollback: emptyScrollback, seenSince: 0, isMuted: false};
	const one = fc.record({
		id: foreignText,
		members: fc.array(foreignText, {minLength: 1, maxLength: 4}),
		unread: fc.nat(),
		mentions: fc.nat(),
	});
	const props = fc.record({
		...size,
		missed: fc.uniqueArray(one, {maxLength: 8, selector: ({id}) => id}),
		messages: fc.nat(),
		wasHere: fc.boolean(),
	});
	fc.assert(
		fc.property(props, ({columns, rows, missed, messages, wasHere}) => {
			const conversations = new Map(missed.map(some => [some.id, {...quiet, ...some}]));
			const card = {messages, wasHere, view: ''};
			const shown = cardRows({card, conversations, columns, rows, theme, lookAlikes: new Map()});
			expect(shown.length).toBeLessThanOrEqual(Math.min(6, rows));
			expectWhole(shown, columns);
		}),
		{numRuns: 200},
	);
});
