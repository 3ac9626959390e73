import {expect, test} from 'vitest';
import {displayWidth} from '../../source/ui/text/width.ts';
import {here, openScreen, said} from './open-screen.ts';

const size = {columns: 60, rows: 12};
const people = here('alice', 'bob', 'carol', 'caspar', 'cleo', 'chris', 'claire', 'cid');

test('the first Tab completes and shows the others, any other key closes them', () => {
	const {type, press, frame} = openScreen(size, people, said('cleo', 'alice'), said('caspar', 'alice'));
	type('ca');
	press('tab');
	expect(frame()).toMatchInlineSnapshot(`
		"
		 here:80 · alice · 7 here: bob, carol, caspar, cleo, chris,…
		 [0:everything] · 1:cleo · 2:caspar




		00:00 cleo: hi
		      caspar: hi
		 > caspar  here
		   carol   here
		 to [caspar]
		› caspar:
		"
	`);
	press('tab');
	expect(frame()).toContain('> carol');
	press('shift+tab');
	expect(frame()).toContain('> caspar');
	press('escape');
	expect(frame()).not.toContain('> caspar');
	expect(frame()).toContain('› caspar:');
	// Escape closed it and is no Alt: this is the letter.
	type('b');
	expect(frame()).toContain('› caspar: b');
});

test('a single possibility is completed without a word', () => {
	const {type, press, frame, draft} = openScreen(size, people);
	type('bo');
	press('tab');
	expect(draft()).toBe('bob: ');
	expect(frame()).not.toContain('> bob');
});

test('commands are completed with what they take and do', () => {
	const {type, press, frame, draft} = openScreen({columns: 76, rows: 12}, people);
	type('/m');
	press('tab');
	expect(frame()).toMatchInlineSnapshot(`
		"
		 here:80 · alice · 7 here: bob, carol, caspar, cleo, chris, claire, cid
		 0 everything     │
		                  │
		                  │
		                  │
		                  │
		                  │
		 > /me TEXT           tells what you do: "/me waves"
		   /msg NAMES [TEXT]  says something to people or a room, or only opens the…
		   /mute              calls you no more for what is said here, or again
		 /me TEXT: tells what you do: "/me waves"
		› /me
		"
	`);
	press('tab');
	type('car');
	press('tab');
	expect(draft()).toBe('/msg carol ');
});

test('behind /help commands are completed as what they are', () => {
	const {type, press, frame} = openScreen(size, people);
	type('/help m');
	press('tab');
	expect(frame()).toContain(' > /me TEXT           tells what you do: "/me waves"\n');
	expect(frame()).not.toContain('not here');
});

test('a name that runs from right to left leaves what stands behind it in its place', () => {
	const {press, frame} = openScreen(size, here('alice', 'דוד', 'bob'));
	press('tab');
	expect(frame()).toContain('   bob    here\n');
	expect(frame()).toContain(' > ˑדודˑ  here\n');
});

test('a slash alone shows all commands, as many as have room', () => {
	const {type, press, frame, draft} = openScreen({columns: 40, rows: 12});
	type('/');
	press('shift+tab');
	expect(draft()).toBe('/quit');
	expect(frame()).toMatchInlineSnapshot(`
		"
		 alice · here:80



		   /search [WORDS]    finds what was sa…
		   /ignore [NAME]     hides what somebo…
		   /mute              calls you no more…
		   /clear             empties what is s…
		   /away [WORDS]      tells others that…
		 > /quit              leaves the chat
		 /quit: leaves the chat
		› /quit
		"
	`);
});

test('a room is completed behind /join, also one that only the host has told of', () => {
	const {type, press, draft} = openScreen(
		size,
		said('bob', '#dev'),
		{type: 'rooms-listed', rooms: ['#dev', '#ops']},
		people,
	);
	type('/join ');
	press('tab', 'tab');
	expect(draft()).toBe('/join #ops');
	press('ctrl+u');
	type('#o');
	press('tab');
	expect(draft()).toBe('#ops: ');
	press('ctrl+u');
	type('/help qu');
	press('tab');
	expect(draft()).toBe('/help quit');
});

test('Ctrl+G goes where a part of a name leads, first where it begins so', () => {
	const {type, press, frame, view, draft} = openScreen(
		size,
		people,
		said('bob', '#arcade'),
		said('carol', 'alice'),
		{type: 'rooms-listed', rooms: ['#cars']},
	);
	type('a draft');
	press('ctrl+g');
	type('ca');
	expect(frame()).toMatchInlineSnapshot(`
		"
		 here:80 · alice · 7 here: bob, carol, caspar, cleo, chris,…
		 [0:everything] · 1:#arcade · 2:carol


		00:00 bob → #arcade: hi
		      carol: hi
		 > carol    here
		   #cars
		   caspar   here
		   #arcade
		 go to: ca  Enter goes, Esc returns
		› a draft
		"
	`);
	press('down', 'down', 'enter');
	expect(view()).toBe('caspar');
	expect(draft()).toBe('');
	press('alt+/');
	expect(draft()).toBe('a draft');
	press('ctrl+g', 'up', 'ctrl+g');
	expect(view()).toBe('everything');
});

test('what comes while somebody chooses changes nothing in what Enter means', () => {
	const {type, press, store, view} = openScreen(size, people);
	press('ctrl+g');
	type('ca');
	store.dispatch(said('bob', '#cafe'));
	press('enter');
	expect(view()).toBe('carol');
});

test('Escape returns from Ctrl+G, and nobody of that name is said', () => {
	const {type, press, view, hint, frame} = openScreen(size, people);
	press('ctrl+g');
	type('xyz');
	press('enter');
	expect(hint()).toBe('there is nobody and nothing of that name');
	press('ctrl+u');
	type('bo');
	expect(frame()).toContain('> bob');
	press('escape');
	expect(frame()).not.toContain('> bob');
	expect(view()).toBe('everything');
});

test('in the smallest window there is no popup: what Enter would take stands where it is typed', () => {
	const {type, press, frame, view} = openScreen({columns: 20, rows: 5}, people);
	press('ctrl+g');
	type('bo');
	expect(frame()).toMatchInlineSnapshot(`
		"
		 alice · 7 here: bo…


		 go to: bo  bob
		›
		"
	`);
	press('enter');
	expect(view()).toBe('bob');
	type('/m');
	press('tab');
	expect(frame().split('\n')).toHaveLength(7);
});

test.each([
	[20, 5],
	[20, 10],
	[40, 12],
	[80, 24],
	[200, 60],
])('at %i×%i nothing is wider or higher than the window', (columns, rows) => {
	const {type, press, frame} = openScreen({columns, rows}, people, said('山田太郎', 'alice'));
	const check = () => {
		const lines = frame().slice(1, -1).split('\n');
		expect(lines).toHaveLength(rows);
		expect(Math.max(...lines.map(displayWidth))).toBeLessThanOrEqual(columns);
	};
	press('tab');
	check();
	press('ctrl+g');
	check();
	type('山田太郎'.repeat(20));
	check();
	press('escape', 'f1');
	check();
	type('c');
	check();
	press('escape', 'ctrl+u');
	type('/');
	press('tab');
	check();
});
