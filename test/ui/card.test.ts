import {expect, test} from 'vitest';
import type {ScreenAction} from '../../source/ui/screen/screen-state.ts';
import {displayWidth} from '../../source/ui/text/width.ts';
import {message, openKeyScreen, said} from './key-screen.ts';

const focused = (isFocused: boolean, seconds: number): ScreenAction => ({
	type: 'focused',
	isFocused,
	now: seconds * 1000,
});

const while60s = (...actions: ScreenAction[]): ScreenAction[] => [
	said(message('dave', '#dev', 'before')),
	focused(false, 0),
	...actions,
	focused(true, 60),
];

const news = said(
	message('bob', '#dev', 'one'),
	message('eve', '#ops', 'two'),
	message('bob', '#dev', 'three, alice'),
	message('carol', 'alice', 'four'),
);

test('who comes back after a minute sees who wrote, who wants something first', () => {
	const {pane, press, store} = openKeyScreen(while60s(news));
	expect(pane()).toMatchInlineSnapshot(`
		[
		  "12:00 eve → #ops: two",
		  "      bob → #dev: three, alice",
		  "      carol: four",
		  "── 4 messages came while you were away ─────────────────────",
		  " #dev 2, 1 for you",
		  " carol 1",
		  " #ops 1",
		  " Alt+A goes to the first",
		]
	`);
	press('home');
	expect(pane().join()).not.toContain('while you were away');
	expect(store.current.card).toBeUndefined();
});

test('who looks like somebody else is marked', () => {
	const alike = {login: 'b\u043eb', like: 'bob'};
	const {pane, store} = openKeyScreen(while60s(said(message('b\u043eb', 'alice', 'one'))));
	store.dispatch({type: 'chat', action: {type: 'looked-alike', pairs: [alike]}});
	store.publish();
	expect(pane()).toContain(' ≈b\u043eb 1');
});

test('the card counts what the list counts, and stands there again until all of it is read or told to be', () => {
	const {pane, press, store} = openKeyScreen(while60s(news));
	const counts = () =>
		[...store.current.chat.conversations.values()].map(({id, unread}) => `${id} ${unread}`);
	expect(counts()).toEqual(['#dev 2', '#ops 1', 'carol 1']);
	press('alt+a');
	expect(pane().join()).not.toContain('while you were away');
	press('alt+0');
	expect(pane().slice(-4)).toMatchInlineSnapshot(`
		[
		  "── 4 messages came while you were away · 2 unread ──────────",
		  " carol 1",
		  " #ops 1",
		  " Alt+A goes to the first",
		]
	`);
	press('pageup');
	expect(pane().join()).toContain('2 unread');
	press('end', 'alt+0');
	expect(counts()).toEqual(['#dev 0', '#ops 0', 'carol 0']);
	expect(store.current.card).toBeUndefined();
});

test('whoever was away for less, or missed nothing, sees no card', () => {
	const short = [focused(false, 0), news, focused(true, 59)];
	expect(openKeyScreen(short).store.current.card).toBeUndefined();
	expect(openKeyScreen(while60s()).store.current.card).toBeUndefined();
	const muted: ScreenAction = {type: 'chat', action: {type: 'muted', id: '#dev', isMuted: true}};
	const unheard = [muted, said(message('bob', '#dev', 'one'))];
	expect(openKeyScreen(while60s(...unheard)).store.current.card).toBeUndefined();
});

test('what was unread before does not count', () => {
	const {store, press} = openKeyScreen([said(message('bob', 'alice', 'one'))]);
	press('alt+1');
	for (const action of [
		said(message('carol', 'alice', 'two')),
		...while60s(said(message('carol', 'alice', 'x'))),
	])
		store.dispatch(action);
	expect(store.current.card).toMatchObject({messages: 1});
});

test('Alt+A goes from one conversation of the card to the next, also as Escape and then a', () => {
	const {store, press} = openKeyScreen(while60s(news));
	const seen = (...keys: string[]) => {
		press(...keys);
		return store.current.chat.open;
	};
	expect(seen('alt+a')).toBe('#dev');
	expect(seen('escape', 'a')).toBe('carol');
	expect(seen('alt+a')).toBe('#ops');
	expect(seen('alt+a')).toBe('#ops');
	expect(store.current.hint).toBe('nothing is unread');
});

test('who writes, or presses Escape, has seen the card, and Alt+A still leads on', () => {
	const {store, press, type} = openKeyScreen(while60s(news));
	type('x');
	expect(store.current.card).toBeUndefined();
	press('alt+a');
	expect(store.current.chat.open).toBe('#dev');
	const other = openKeyScreen(while60s(news));
	other.press('escape');
	expect(other.store.current.card).toBeUndefined();
});

test('after a break it says how many came in all, and fits into every window', () => {
	const lines = Array.from({length: 9}, (_, at) =>
		message(
			`somebody-with-a-long-name-${at}`,
			at % 2 === 0 ? 'alice' : '#a-room-日本語-with-a-name',
			'alice?',
		),
	);
	for (const [columns, rows] of [
		[80, 24],
		[40, 12],
		[20, 5],
	] as const) {
		const {store, pane} = openKeyScreen([focused(false, 0), said(...lines)], {columns, rows});
		store.dispatch({type: 'returned', messages: 2000});
		const shown = pane().map(row => row.replace(/^.*│/, ''));
		expect(shown.slice(shown.findIndex(row => row.includes('2000 messages')))).toMatchSnapshot();
		for (const row of pane()) expect(displayWidth(row)).toBeLessThanOrEqual(columns);
		store.dispatch({type: 'resized', size: {columns, rows: rows + 1}});
		expect(pane()).toHaveLength(shown.length + 1);
	}
});
