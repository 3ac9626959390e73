import {expect, test} from 'vitest';
import type {ChatLine} from '../../source/chat/chat-line.ts';
import type {Found} from '../../source/chat/find.ts';
import {placeLines} from '../../source/chat/place-lines.ts';
import {type ExcerptAction, type ExcerptPart, maxExcerptLines} from '../../source/ui/excerpt/excerpt.ts';
import {displayWidth} from '../../source/ui/text/width.ts';
import {message, noon, openKeyScreen, said} from './key-screen.ts';

const longAgo = noon - 86_400_000 * 300;

/** What carol said to alice long ago, by its numbers at the host. */
const old = (from: number, to: number): readonly ChatLine[] =>
	Array.from({length: to - from + 1}, (_, at) => {
		const text = from + at === 50 ? 'we drank tea' : `line ${from + at}`;
		const [line] = placeLines('alice', [message('carol', 'alice', text, longAgo)]);
		return {...line, id: from + at} as ChatLine;
	});

const [hit] = old(50, 50);
const found = {...hit, n: 50} as Found;

/** Alice reads further up what bob says, searches for what carol said long ago, and goes to it. */
function openExcerpt(size?: {readonly columns: number; readonly rows: number}) {
	const screen = openKeyScreen(
		[said(...Array.from({length: 40}, (_, at) => message('bob', 'alice', `now ${at}`)))],
		size,
	);
	const {store, press, type} = screen;
	press('alt+1', 'pageup');
	const before = {scroll: store.current.scroll, open: store.current.chat.open};
	press('ctrl+r');
	type('tea');
	store.dispatch({type: 'search', action: {type: 'answered', text: 'tea', found: [found], isCut: false}});
	press('enter');
	const tell = (action: ExcerptAction) => store.dispatch({type: 'excerpt', action});
	return {
		...screen,
		before,
		place: () => ({scroll: store.current.scroll, open: store.current.chat.open}),
		wanted: () => store.current.excerpt?.wanted,
		tell,
		load: (part: ExcerptPart) => tell({type: 'loaded', found, part}),
	};
}

const around: ExcerptPart = {lines: old(40, 60), before: 40, after: 60};

test('what is further back than all that is held is shown with what was said around it, and the draft has the keys', () => {
	const {store, type, pane, below, wanted, tell, load} = openExcerpt({columns: 66, rows: 12});
	expect(wanted()).toBe('around');
	type('hi');
	tell({type: 'waited', found});
	expect(pane()[0]).toBe('── loading what was said around it… ──────────────────────────────');
	load(around);
	expect(pane()).toMatchInlineSnapshot(`
		[
		  "── an excerpt, Tue 2026-01-27 · PageUp, PageDown go on ───────────",
		  "12:00 carol: line 47",
		  "             line 48",
		  "             line 49",
		  "             we drank [tea]",
		  "             line 51",
		  "             line 52",
		  "── below is the newest · Esc goes back, Ctrl+End here ────────────",
		]
	`);
	expect(below()).toEqual([' to [carol]', '› hi']);
	expect(store.current.search).toBeUndefined();
	// What comes meanwhile moves nothing.
	const shown = pane();
	store.dispatch(said(message('carol', 'alice', 'and now')));
	expect(pane()).toEqual(shown);
	expect(store.current.chat.conversations.get('carol')?.unread).toBe(1);
});

test('the newest lines stay in sight below it', () => {
	const {store, pane, load} = openExcerpt({columns: 80, rows: 20});
	load(around);
	store.dispatch(said(message('carol', 'alice', 'and now')));
	expect(pane().slice(-3)).toMatchInlineSnapshot(`
		[
		  "                  │              line 54",
		  "                  │ ── below is the newest · Esc goes back, Ctrl+End here ──────",
		  "                  │       carol: and now",
		]
	`);
});

test('Escape goes back to where one was, Ctrl+End to the end of the conversation that it is in', () => {
	const {press, before, place, load, below} = openExcerpt();
	load(around);
	press('pageup', 'escape');
	expect(place()).toEqual(before);
	expect(below()[0]).toMatch(/newer/);
	const other = openExcerpt();
	other.press('ctrl+end');
	expect(other.place()).toEqual({scroll: undefined, open: 'carol'});
	// What comes too late changes nothing.
	other.load(around);
	expect(other.place()).toEqual({scroll: undefined, open: 'carol'});
	expect(other.store.current.excerpt).toBeUndefined();
});

test('it goes on both ways as one reads, up to the end of all that was said there', () => {
	const {store, press, pane, wanted, place, load} = openExcerpt();
	load(around);
	press('pageup');
	expect(wanted()).toBe('earlier');
	const shown = pane();
	load({lines: old(1, 39), before: undefined});
	expect(pane().slice(1)).toEqual(shown.slice(1));
	press(...Array.from({length: 9}, () => 'pageup'));
	expect(pane()[1]).toMatch(/carol: line 1$/);
	expect(wanted()).toBeUndefined();
	press(...Array.from({length: 12}, () => 'pagedown'));
	expect(wanted()).toBe('later');
	expect(pane().at(-2)).toMatch(/line 60$/);
	load({lines: old(61, 62), after: undefined});
	expect(pane().at(-2)).toMatch(/line 60$/);
	press('pagedown');
	expect(pane().at(-2)).toMatch(/line 62$/);
	expect(store.current.excerpt).toBeDefined();
	press('pagedown');
	expect(store.current.excerpt).toBeUndefined();
	expect(place()).toEqual({scroll: undefined, open: 'carol'});
});

test('it holds no more than its limit, and loads anew what it gave up', () => {
	const {store, press, wanted, load} = openExcerpt();
	load({lines: old(1000, 1000 + maxExcerptLines - 1), before: 1000, after: undefined});
	press(...Array.from({length: 200}, () => 'pageup'));
	load({lines: old(900, 999), before: 900});
	expect(store.current.excerpt?.lines.map(({id}) => id)).toEqual(
		Array.from({length: maxExcerptLines}, (_, at) => 900 + at),
	);
	press(...Array.from({length: 200}, () => 'pagedown'));
	expect(wanted()).toBe('later');
	expect(store.current.excerpt?.after).toBe(900 + maxExcerptLines - 1);
});

test('what cannot be had is said once, in a sentence, beside what was found', () => {
	const {press, pane, wanted, tell, load} = openExcerpt({columns: 80, rows: 10});
	tell({type: 'failed', found, problem: 'not-reached'});
	expect(pane().join('\n')).toMatch(/── not reached · PageUp asks again ─/);
	press('pageup');
	expect(wanted()).toBe('around');
	tell({type: 'failed', found, problem: 'gone'});
	expect(pane().join('\n')).toContain('── the host does not have what was said around it any more ─');
	press('pageup');
	load(around);
	expect(pane().join('\n')).toContain('line 51');
});

test('a search in it is one of the conversation, and Escape leads back to it', () => {
	const {store, press, type, pane, load} = openExcerpt();
	load(around);
	store.dispatch(said(message('carol', 'alice', 'and now')));
	const shown = pane();
	press('ctrl+r');
	type('now');
	expect(pane().join('\n')).toMatch(/and \[now\]/);
	press('escape');
	expect(pane()).toEqual(shown);
	press('ctrl+r');
	type('now');
	press('enter');
	expect(store.current.excerpt).toBeUndefined();
});

test('in every window the excerpt and how to get back from it have room', () => {
	for (const [columns, rows] of [
		[200, 60],
		[40, 12],
		[20, 5],
	] as const) {
		const {pane, load} = openExcerpt({columns, rows});
		load(around);
		for (const row of pane()) expect(displayWidth(row.replaceAll(/[[\]]/g, ''))).toBeLessThanOrEqual(columns);
		expect(pane().join('\n')).toMatch(/drank \[tea\]/);
		expect(pane().join('\n')).toContain('Esc');
	}
});
