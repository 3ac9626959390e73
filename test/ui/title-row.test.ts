import fc from 'fast-check';
import {expect, test} from 'vitest';
import {changePeople} from '../../source/chat/people.ts';
import {type TitleRowProps, titleRow} from '../../source/ui/rows/title-row.ts';
import {displayWidth} from '../../source/ui/text/width.ts';
import {createTheme, plainTheme} from '../../source/ui/theme.ts';
import {here, openScreen, said} from './open-screen.ts';
import {foreignText} from './text/foreign-text.ts';

const people = changePeople(new Map(), [
	{login: 'bob', state: 'here'},
	{login: 'carol', state: 'away'},
]);
const row = (members: readonly string[], columns: number, more: Partial<TitleRowProps> = {}): string =>
	titleRow({members, isMuted: false, people, lookAlikes: new Map(), columns, theme: plainTheme, ...more});

test('it says whom a conversation is with and who of them is here', () => {
	expect(row(['bob', 'carol', 'dave'], 40)).toBe('── bob, carol away, dave not here ──────');
	expect(row(['bob', 'carol', 'dave'], 40, {people: undefined})).toBe(
		'── bob, carol, dave ────────────────────',
	);
	expect(row(['#dev'], 40, {isMuted: true})).toBe('── #dev · muted ────────────────────────');
});

test('of many people those are named that have room', () => {
	expect(row(['bob', 'carol', 'dave'], 24)).toBe('── bob, carol away +1 ──');
	expect(row(['bob', 'carol', 'dave'], 20)).toBe('── bob +2 ──────────');
	expect(row(['a-name-as-long-as-one-can-ever-be', 'bob'], 20)).toBe('── a-name-as-long-a…');
});

test('whatever names there are it is as wide as its room', () => {
	fc.assert(
		fc.property(
			fc.array(foreignText, {minLength: 1, maxLength: 21}),
			fc.integer({min: 8, max: 100}),
			(members, columns) => {
				expect(displayWidth(row(members, columns))).toBe(columns);
			},
		),
	);
});

test('it stands above a conversation, not above everything or a page, and not in low windows', () => {
	const actions = [here('alice', 'bob'), said('bob', 'alice')] as const;
	const {frame, press, type, store} = openScreen({columns: 70, rows: 14}, ...actions);
	const title = () => frame().split('\n')[2];
	expect(title()).toBe(' 0 everything     │');
	press('alt+1');
	expect(title()).toBe(` 0 everything     │ ── bob ${'─'.repeat(43)}`);
	press('f1');
	expect(title()).toBe(' 0 everything     │  Writing');
	press('escape');
	// It stays where the list has its place, while something is chosen and while it is read further up.
	type('x');
	store.dispatch(said('bob', 'alice', 'word '.repeat(200)));
	press('alt+e', 'pageup');
	expect(title()).toContain('── bob');
	expect(
		frame()
			.split('\n')
			.slice(2, -3)
			.every(text => text.charAt(18) === '│'),
	).toBe(true);
	store.dispatch({type: 'resized', size: {columns: 70, rows: 13}});
	expect(frame()).not.toContain('── bob');
});

test('names have the colours that they have below it, but for those who are gone', () => {
	const theme = createTheme({colors: 'true', background: undefined, takesStrings: false});
	const styled = row(['bob', 'dave'], 40, {theme});
	expect(styled).toContain(theme.name('bob', 'bob'));
	expect(styled).toContain(theme.dim('dave'));
});
