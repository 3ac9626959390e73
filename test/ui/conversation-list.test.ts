import {expect, test} from 'vitest';
import {barRow, listRows} from '../../source/ui/pane/conversation-list.ts';
import {
	createScreenState,
	type ScreenAction,
	type ScreenState,
	screenReducer,
} from '../../source/ui/screen/screen-state.ts';
import {displayWidth} from '../../source/ui/text/width.ts';
import {plainTheme} from '../../source/ui/theme.ts';

const said = (from: string, ...to: string[]): ScreenAction => ({
	type: 'chat',
	action: {type: 'said', lines: [{kind: 'message', at: 0, from, to, text: 'hi'}]},
});
const setup = {size: {columns: 80, rows: 24}, login: 'alice', address: 'here:80', theme: plainTheme};
const after = (...actions: ScreenAction[]) => actions.reduce(screenReducer, createScreenState(setup));
const shown = ({chat, drafts, theme}: ScreenState, columns: number) => ({
	conversations: chat.conversations,
	open: chat.open,
	lookAlikes: chat.lookAlikes,
	drafts,
	theme,
	columns,
});
const opened = (id: string): ScreenAction => ({type: 'opened', party: {id, members: [id]}});

const busy = after(
	opened('bob'),
	{type: 'composer', action: {type: 'insert', text: 'a draft'}},
	opened('carol'),
	said('bob', 'alice'),
	said('日本語', '#dev'),
	said('bob', 'alice', 'carol', 'dave', 'a-name-that-is-long'),
	said('bidi\u202e', 'alice'),
	{type: 'chat', action: {type: 'muted', id: '#dev', isMuted: true}},
);

test('the list has a row for each conversation: what is unread, for whom, and where a draft waits', () => {
	expect(`\n${listRows({...shown(busy, 20), rows: 7}).join('\n')}\n`).toMatchInlineSnapshot(`
		"
		 0 everything     │ 
		 1 bob        *1! │ 
		 2 carol          │ 
		 3 #dev         1 │ 
		 4 a-name-that… 1 │ 
		                  │ 
		                  │ 
		"
	`);
});

test('of more conversations than rows those around the open one are listed', () => {
	const many = after(...Array.from({length: 20}, (_, at) => said(`n${at}`, 'alice')), opened('n12'));
	expect(`\n${listRows({...shown(many, 20), rows: 5}).join('\n')}\n`).toMatchInlineSnapshot(`
		"
		   n10            │ 
		   n11            │ 
		   n12            │ 
		   n13            │ 
		   n14            │ 
		"
	`);
});

test('in one row the open one comes first, then those that wait', () => {
	expect(barRow(shown(busy, 60))).toMatchInlineSnapshot(
		`" [2:carol] · 1:bob *1! · 3:#dev 1 · 4:a-name-that-is… 1 +1"`,
	);
	expect(barRow(shown(busy, 40))).toMatchInlineSnapshot(`" [2:carol] · 1:bob *1! +3, 2 new"`);
});

test('what does not fit in one row is counted, and what is new in it is told', () => {
	const names = [
		'erin',
		'frank',
		'grace',
		'heidi',
		'ivan',
		'judy',
		'mallory',
		'niaj',
		'olivia',
		'peggy',
		'rupert',
	];
	const old = names.map(name => opened(name));
	const many = after(
		...old,
		opened('bob'),
		said('bob', 'alice'),
		said('rupert', '#dev'),
		said('peggy', 'alice'),
	);
	expect(barRow(shown(many, 40))).toMatchInlineSnapshot(`" [bob] · peggy 1! · #dev 1 +11"`);
	const fresh = after(...old, opened('bob'), ...names.map(name => said(name, 'alice')));
	expect(barRow(shown(fresh, 40))).toMatchInlineSnapshot(`" [bob] · 1:erin 1! +11, 10 new"`);
});

test('nothing is wider than its room, whatever names there are', () => {
	const names = after(said('日'.repeat(16), 'alice'), said('x'.repeat(32), 'alice'), opened('ﷺ'));
	for (const columns of [8, 20, 33]) {
		for (const row of listRows({...shown(names, columns), rows: 6})) expect(displayWidth(row)).toBe(columns);
		expect(displayWidth(barRow(shown(names, columns)))).toBeLessThanOrEqual(columns);
	}
});

test('who looks like somebody else is marked in the list too: there one chooses whom to talk to', () => {
	const pairs = [{login: 'b\u043eb', like: 'bob'}];
	const state = after(said('bob', 'alice'), said('b\u043eb', 'alice'), {
		type: 'chat',
		action: {type: 'looked-alike', pairs},
	});
	expect(barRow(shown(state, 60))).toBe(' [0:everything] · 1:bob · 2:≈b\u043eb');
	expect(listRows({...shown(state, 20), rows: 3})[2]).toContain(' 2 ≈b\u043eb');
});
