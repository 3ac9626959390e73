import {expect, test} from 'vitest';
import type {Found} from '../../source/chat/find.ts';
import {placeLines} from '../../source/chat/place-lines.ts';
import type {ScreenAction} from '../../source/ui/screen/screen-state.ts';
import {searchLimits} from '../../source/ui/search/search-state.ts';
import {displayWidth} from '../../source/ui/text/width.ts';
import {message, noon, openKeyScreen, said} from './key-screen.ts';

const lines = (count: number, textOf: (at: number) => string) =>
	said(...Array.from({length: count}, (_, at) => message('bob', 'alice', textOf(at), noon + at)));

const found = (...messages: ReturnType<typeof message>[]): readonly Found[] =>
	placeLines('alice', messages).flatMap(line => (line.kind === 'notice' ? [] : [line]));

const answer = (text: string, messages: readonly Found[] | undefined, isCut = false): ScreenAction => ({
	type: 'search',
	action: {type: 'answered', text, found: messages, isCut},
});

test('what is typed is found from the newest on, marked, and the keys go from hit to hit', () => {
	const {press, type, pane, below, caret} = openKeyScreen([
		lines(12, at => (at % 4 === 1 ? `tea at ${at}` : `line ${at}`)),
	]);
	press('ctrl+r');
	expect(below()).toEqual([' search:   · type what to find · Esc goes back', '›']);
	type('TEA');
	expect(below()[0]).toBe(' search: TEA  · 1 of 3');
	expect(caret()).toEqual({row: 10, column: 12});
	expect(pane()).toMatchInlineSnapshot(`
		[
		  "12:00 bob: line 4",
		  "           [tea] at 5",
		  "           line 6",
		  "           line 7",
		  "           line 8",
		  "[     ]      [tea] at 9",
		  "           line 10",
		  "           line 11",
		]
	`);
	press('ctrl+r', 'up');
	expect(below()[0]).toBe(' search: TEA  · 3 of 3');
	expect(pane()).toMatchInlineSnapshot(`
		[
		  "12:00 bob: line 0",
		  "[     ]      [tea] at 1",
		  "           line 2",
		  "           line 3",
		  "           line 4",
		  "           [tea] at 5",
		  "           line 6",
		  "           line 7",
		]
	`);
	press('ctrl+r', 'ctrl+s', 'down', 'down');
	expect(below()[0]).toBe(' search: TEA  · 1 of 3');
});

test('Enter stays there, Escape goes back to where one was, and the draft is as before', () => {
	const {store, press, type, below} = openKeyScreen([lines(60, at => `line ${at}.`)]);
	type('a draft');
	press('pageup');
	const before = store.current.scroll;
	press('ctrl+r');
	type('line 3.');
	const place = store.current.scroll;
	expect(place).not.toEqual(before);
	press('escape');
	expect(store.current.search).toBeUndefined();
	expect(store.current.scroll).toEqual(before);
	press('ctrl+r');
	type('line 3.');
	press('enter');
	expect(store.current.search).toBeUndefined();
	expect(store.current.scroll).toEqual(place);
	expect(below()[1]).toBe('› a draft');
	// Escape ended the search: it is not held for the next key.
	press('ctrl+r', 'escape');
	type('b');
	expect(below()[1]).toBe('› a draftb');
});

test('what is typed can be corrected, and is bounded', () => {
	const {store, press, type, below} = openKeyScreen([lines(3, at => `line ${at}`)]);
	press('ctrl+r');
	type('line twof');
	press('backspace');
	expect(store.current.search?.text).toBe('line two');
	press('ctrl+w');
	expect(below()[0]).toBe(' search: line   · 1 of 3');
	press('ctrl+u');
	type('\u001B[200~x\ry\u001B[201~');
	expect(store.current.search?.text).toBe('x y');
	type('é'.repeat(300));
	expect(Array.from(store.current.search?.text ?? '')).toHaveLength(searchLimits.characters);
	expect(below()[0]).toMatch(/^ search: …é+ {2}· nothing here$/);
});

test('what only the host has is listed behind what is here, and what is here is opened where it stands', () => {
	const old = message('carol', '#dev', 'we drank tea then', noon - 86_400_000 * 3);
	const {store, press, type, pane, below} = openKeyScreen([
		said(message('bob', 'alice', 'tea?'), message('carol', 'alice', 'no tea'), message('bob', 'alice', 'hm')),
	]);
	press('alt+1', 'ctrl+r');
	type('tea');
	expect(below()[0]).toBe(' search: tea  · 1 of 2');
	store.dispatch({type: 'search', action: {type: 'waited', text: 'tea'}});
	expect(below()[0]).toBe(' search: tea  · 1 of 2 · asking the host');
	// What is loaded is not listed once more; an answer to what was typed before is none.
	const heard = found(old, message('bob', 'alice', 'tea?'), message('carol', 'alice', 'no tea'));
	store.dispatch(answer('te', heard));
	store.dispatch(answer('tea', heard));
	expect(below()[0]).toBe(' search: tea  · 1 of 3');
	press('up');
	expect(pane()).toMatchInlineSnapshot(`
		[
		  " found elsewhere, newest first · Enter goes there",
		  "[> 2026-11-23 12:00 carol: no tea]",
		  "  2026-11-20 12:00 carol → #dev: we drank [tea] then",
		  "",
		  "",
		  "",
		  "",
		  "",
		]
	`);
	expect(below()[0]).toBe(' search: tea  · 2 of 3, elsewhere');
	press('enter');
	expect(store.current.search).toBeUndefined();
	expect(store.current.chat.open).toBe('carol');
});

test('where it leads to another conversation only what is in sight there is read', () => {
	const many = Array.from({length: 40}, (_, at) =>
		message('carol', 'alice', at === 3 ? 'tea' : `line ${at}`, at),
	);
	const {store, press, type} = openKeyScreen([said(message('bob', 'alice', 'hm'))]);
	press('alt+1');
	store.dispatch(said(...many));
	const carol = () => store.current.chat.conversations.get('carol');
	press('ctrl+r');
	type('tea');
	press('enter');
	expect(store.current.chat.open).toBe('carol');
	expect(carol()?.unread).toBe(40);
	press('ctrl+end');
	expect(carol()?.unread).toBe(0);
});

test('without an answer it says that only what is loaded was looked through', () => {
	const {store, press, type, below} = openKeyScreen([said(message('bob', 'alice', 'tea?'))]);
	press('ctrl+r');
	type('tea');
	store.dispatch(answer('tea', undefined));
	expect(below()[0]).toBe(' search: tea  · 1 of 1 · only what is loaded');
	type('pot');
	expect(below()[0]).toBe(' search: teapot  · nothing here');
	store.dispatch(answer('teapot', []));
	expect(below()[0]).toBe(' search: teapot  · nothing found');
	press('enter');
	expect(store.current.search).toBeUndefined();
});

test('it holds no more hits than it says, here and elsewhere', () => {
	const {store, press, type, below} = openKeyScreen([lines(300, at => `tea ${at}`)]);
	press('ctrl+r');
	type('tea');
	const many = Array.from({length: 300}, (_, at) => message('carol', 'alice', `tea of old ${at}`, at));
	store.dispatch(answer('tea', found(...many), true));
	expect(below()[0]).toBe(' search: tea  · 1 of 400+');
});

test('words that only a folded part of a message has are unfolded for as long as it is sought', () => {
	const long = Array.from({length: 60}, (_, at) => `row ${at}.`).join('\n');
	const {store, press, type, pane} = openKeyScreen([said(message('bob', 'alice', long))], {rows: 20});
	expect(pane().join()).toContain('Alt+E unfolds');
	press('ctrl+r');
	type('row 40.');
	expect(pane().join('\n')).toContain('[row] [40.]');
	press('escape');
	expect(store.current.unfolded.size).toBe(0);
});

test('at 40 columns and in the smallest window nothing is wider than it', () => {
	for (const [columns, rows] of [
		[40, 12],
		[20, 5],
	] as const) {
		const {store, press, type, pane, below} = openKeyScreen([lines(9, at => `tea for ${at} of us`)], {
			columns,
			rows,
		});
		press('ctrl+r');
		type('tea for 日本語 and everybody else who is here');
		press('ctrl+w', 'ctrl+w');
		store.dispatch({type: 'search', action: {type: 'typed', text: 'tea'}});
		store.dispatch(
			answer(
				'tea',
				found(message('carol', '#dev', '日本語 tea 🎉'.repeat(20), new Date(2025, 0, 5, 9).getTime())),
			),
		);
		press(...Array.from({length: 9}, () => 'up'));
		for (const row of [...pane(), ...below()])
			expect(displayWidth(row.replaceAll(/[[\]]/g, ''))).toBeLessThanOrEqual(columns);
		expect(pane()).toMatchSnapshot();
		press('enter');
		expect(pane()).toMatchSnapshot();
	}
});

test('whoever goes to what was found further up has not read what stands below it', () => {
	const {store, press, type} = openKeyScreen([said(message('bob', 'alice', 'hi'))]);
	press('alt+1');
	store.dispatch(
		said(message('carol', '#dev', 'tea'), ...Array.from({length: 40}, () => message('carol', '#dev', 'x'))),
	);
	press('ctrl+r');
	type('tea');
	press('enter');
	expect(store.current.chat.open).toBe('#dev');
	expect(store.current.chat.conversations.get('#dev')?.unread).toBe(41);
	press('ctrl+end');
	expect(store.current.chat.conversations.get('#dev')?.unread).toBe(0);
});
