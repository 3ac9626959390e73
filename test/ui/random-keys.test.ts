import fc from 'fast-check';
import {expect, test} from 'vitest';
import {keyTable} from '../../source/ui/help/key-table.ts';
import {displayWidth} from '../../source/ui/text/width.ts';
import {here, openScreen, said} from './open-screen.ts';
import {foreignText} from './text/foreign-text.ts';

const names = ['bob', 'carol', 'Zoë', '山田'];
const keys = [
	...keyTable.flatMap(({entries}) => entries.flatMap(entry => entry.keys.map(key => key.toLowerCase()))),
	...['escape', 'backspace', 'delete', 'left', 'right', 'home', 'end', 'f2', 'alt+x'],
];
const printable = foreignText.map(text => text.replace(/\p{C}/gu, ''));
const words = fc.constantFrom(
	'bob: hi',
	'bob, ca',
	'/he',
	'/m',
	'/join #dev',
	' /quit',
	'//',
	'x',
	'漢字',
	', ',
);

type Step =
	| {readonly press: string}
	| {readonly type: string}
	| {readonly hear: readonly [from: string, to: string, text: string]}
	| {readonly size: readonly [columns: number, rows: number]};

const step: fc.Arbitrary<Step> = fc.oneof(
	{weight: 6, arbitrary: fc.record({press: fc.constantFrom(...keys)})},
	{weight: 4, arbitrary: fc.record({type: fc.oneof(words, printable)})},
	{
		weight: 2,
		arbitrary: fc.record({
			hear: fc.tuple(fc.constantFrom(...names), fc.constantFrom('alice', '#dev', 'alice,bob'), foreignText),
		}),
	},
	{
		weight: 1,
		arbitrary: fc.record({size: fc.tuple(fc.integer({min: 15, max: 100}), fc.integer({min: 3, max: 30}))}),
	},
);

type Screen = ReturnType<typeof openScreen>;

function take(screen: Screen, next: Step): void {
	if ('press' in next) screen.press(next.press);
	else if ('type' in next) screen.type(next.type);
	else if ('hear' in next) screen.store.dispatch(said(...next.hear));
	else screen.store.dispatch({type: 'resized', size: {columns: next.size[0], rows: next.size[1]}});
}

test('whatever is pressed, the window is whole and nothing is wider than it', () => {
	fc.assert(
		fc.property(fc.array(step, {minLength: 1, maxLength: 40}), steps => {
			const screen = openScreen({columns: 60, rows: 14}, here('alice', ...names), said('bob', 'alice'));
			for (const next of steps) {
				take(screen, next);
				const {columns, rows} = screen.store.current.size;
				const lines = screen.frame().slice(1, -1).split('\n');
				expect(lines).toHaveLength(rows);
				for (const line of lines) expect(displayWidth(line)).toBeLessThanOrEqual(columns);
			}
		}),
		{numRuns: 60},
	);
});

test('whatever is looked at in front of a draft, the draft is the same behind it', () => {
	const pressed = ['up', 'down', 'tab', 'shift+tab', 'pageup', 'pagedown', 'backspace', 'ctrl+u', 'home'];
	const harmless: fc.Arbitrary<Step> = fc.oneof(
		fc.record({press: fc.constantFrom(...pressed)}),
		fc.record({type: printable}),
	);
	fc.assert(
		fc.property(printable, fc.constantFrom('f1', 'ctrl+g'), fc.array(harmless), (draft, opener, steps) => {
			const screen = openScreen({columns: 60, rows: 14}, here('alice', ...names));
			screen.type(draft);
			const before = screen.store.current.composer;
			screen.press(opener);
			for (const next of steps) take(screen, next);
			screen.press('escape');
			expect(screen.store.current.composer).toBe(before);
			expect(screen.store.current.overlay).toBeUndefined();
		}),
		{numRuns: 100},
	);
});
