import {setImmediate} from 'node:timers/promises';
import {cleanup, render} from 'ink-testing-library';
import {afterEach, expect, test} from 'vitest';
import type {ChatState} from '../../source/chat/chat-state.ts';
import {App} from '../../source/ui/app.tsx';
import {createScreenState, type ScreenAction, screenReducer} from '../../source/ui/screen/screen-state.ts';
import {Store} from '../../source/ui/screen/store.ts';
import {viewWindow} from '../../source/ui/screen/window-view.ts';
import {displayWidth} from '../../source/ui/text/width.ts';
import {plainTheme} from '../../source/ui/theme.ts';

afterEach(cleanup);

/** Noon, wherever the test runs. */
const noon = new Date(2026, 0, 2, 12, 0).getTime();

function open(columns = 40, rows = 8, ...actions: ScreenAction[]) {
	const store = new Store(
		screenReducer,
		createScreenState({size: {columns, rows}, login: 'alice', address: '127.0.0.1:8080', theme: plainTheme}),
	);
	for (const action of actions) store.dispatch(action);
	const {lastFrame} = render(<App store={store} onName={() => {}} />);
	return {store, frame: () => `\n${lastFrame()}\n`};
}

const received = (from: string, ...texts: string[]): ScreenAction => ({
	type: 'chat',
	action: {type: 'received', at: noon, messages: texts.map(text => ({from, text}))},
});
const connected: ScreenAction = {
	type: 'chat',
	action: {type: 'connection-changed', connection: {phase: 'open'}},
};
const typed = (text: string): ScreenAction => ({type: 'composer', action: {type: 'insert', text}});

test('an empty chat has its status, its pane and its composer in place', () => {
	expect(open().frame()).toMatchInlineSnapshot(`
		"
		 alice · 127.0.0.1:8080





		 write "name: message" · /help · F1
		›
		"
	`);
});

test('messages stand at the bottom, the newest next to the composer', () => {
	const {frame} = open(40, 8, received('bob', 'hi', 'are you there?'), typed('bob: yes'));

	expect(frame()).toMatchInlineSnapshot(`
		"
		 alice · seen: bob · 127.0.0.1:8080



		12:00 bob: hi
		           are you there?
		 to [bob]
		› bob: yes
		"
	`);
});

test('a long message goes on under its own text', () => {
	const {frame} = open(40, 8, received('bob', 'one two three four five six seven eight nine'));

	expect(frame()).toMatchInlineSnapshot(`
		"
		 alice · seen: bob · 127.0.0.1:8080



		12:00 bob: one two three four five six
		           seven eight nine
		 write "name: message" · /help · F1
		›
		"
	`);
});

test('what keeps a draft here is said above it', () => {
	expect(open(40, 6, typed('hello')).frame()).toMatchInlineSnapshot(`
		"
		 alice · 127.0.0.1:8080



		 to whom? "name: …" for one, "/join #ro…
		› hello
		"
	`);
	expect(
		open(60, 6, connected, received('bob', 'hi'), typed('bob, dave: hello')).frame(),
	).toMatchInlineSnapshot(`
		"
		 127.0.0.1:8080 · alice · seen: bob


		12:00 bob: hi
		 to [bob] [dave never seen]
		› bob, dave: hello
		"
	`);
	expect(
		open(40, 6, typed('hello'), {type: 'hinted', hint: 'a hint about the last key'}).frame(),
	).toMatchInlineSnapshot(`
		"
		 alice · 127.0.0.1:8080



		 a hint about the last key
		› hello
		"
	`);
});

test('a draft of several lines takes rows from the pane', () => {
	expect(open(40, 9, received('bob', 'hi'), typed('bob: one\ntwo\nthree')).frame()).toMatchInlineSnapshot(`
		"
		 alice · seen: bob · 127.0.0.1:8080



		12:00 bob: hi
		 to [bob], 3 lines
		› bob: one
		  two
		  three
		"
	`);
});

test('a reader who has scrolled up is told of what is below', async () => {
	const {store, frame} = open(60, 7, received('bob', '1', '2', '3', '4', '5', '6'), {
		type: 'scrolled',
		by: 'page-up',
	});
	const before = frame();
	store.dispatch(received('bob', '7'));
	await setImmediate();

	expect(before).toMatchInlineSnapshot(`
		"
		 127.0.0.1:8080 · alice · seen: bob
		12:00 bob: 1
		           2
		           3
		           4
		 2 newer below · PageDown, Ctrl+End
		›
		"
	`);
	expect(frame()).toBe(before.replace('2 newer', '3 newer'));
});

test('the status tells of the connection, with a countdown', () => {
	const connection = (state: ChatState['connection']): ScreenAction => ({
		type: 'chat',
		action: {type: 'connection-changed', connection: state},
	});
	const statusAt = (columns: number, ...actions: ScreenAction[]) =>
		open(columns, 5, ...actions)
			.frame()
			.split('\n')[1];
	const status = (...actions: ScreenAction[]) => statusAt(70, ...actions);

	expect(status(connection({phase: 'connecting', since: 0}))).toBe(' 127.0.0.1:8080 · alice · connecting');
	expect(status(connection({phase: 'connecting', since: 0}), {type: 'ticked', now: 3400})).toBe(
		' 127.0.0.1:8080 · alice · connecting (3 s)',
	);
	const early = connection({phase: 'connecting', since: 0, state: 'waiting for another host'});
	expect(status(early, {type: 'ticked', now: 3400})).toBe(
		' 127.0.0.1:8080 · alice · waiting for another host (3 s)',
	);
	expect(
		status(connection({phase: 'waiting', until: 5000, reason: 'nobody there'}), {type: 'ticked', now: 3400}),
	).toBe(' ! not connected, next try in 2 s  alice · 127.0.0.1:8080');
	expect(status(connection({phase: 'open'}), {type: 'hosting', isHosting: true, address: '0.0.0.0:80'})).toBe(
		' hosting 0.0.0.0:80 · alice',
	);

	const waiting = [
		connection({phase: 'waiting', until: 15_000, reason: 'nobody there'}),
		{type: 'ticked', now: 3400},
	] as const;
	expect(statusAt(40, ...waiting)).toBe(' ! not connected, next try in 12 s  ali…');
	expect(statusAt(20, ...waiting)).toBe(' ! next try in 12 s');
	expect(statusAt(20, connection({phase: 'open'}))).toBe(' alice · 127.0.0.1:…');
});

test('a connection that is back at once was never gone, and tries that follow each other do not flicker', () => {
	const connection = (now: number, state: ChatState['connection']): readonly ScreenAction[] => [
		{type: 'ticked', now},
		{type: 'chat', action: {type: 'connection-changed', connection: state}},
	];
	const {store} = open(60, 5, ...connection(10_000, {phase: 'open'}));
	const statuses = (...actions: readonly ScreenAction[]) =>
		actions.map(action => {
			store.dispatch(action);
			return viewWindow(store.current).chrome.status.trim();
		});
	const calm = '127.0.0.1:8080 · alice';
	const trying = '! not connected, trying again  alice · 127.0.0.1:8080';
	const reason = 'nobody there';

	expect(
		new Set(
			statuses(
				...connection(20_000, {phase: 'waiting', until: 20_200, reason}),
				...connection(20_200, {phase: 'connecting', since: 20_200}),
				...connection(20_250, {phase: 'open'}),
			),
		),
	).toEqual(new Set([calm]));
	expect(
		statuses(
			...connection(30_000, {phase: 'connecting', since: 30_000}),
			...connection(30_450, {phase: 'waiting', until: 30_900, reason}),
			...connection(30_900, {phase: 'connecting', since: 30_900}),
			...connection(31_000, {phase: 'waiting', until: 33_900, reason}),
			{type: 'ticked', now: 32_900},
			...connection(33_900, {phase: 'connecting', since: 33_900}),
			...connection(33_950, {phase: 'open'}),
		),
	).toEqual([
		...[calm, calm, calm, calm],
		...[trying, trying, trying, trying.replace('trying again', 'next try in 3 s')],
		...[trying, trying, trying, trying, calm],
	]);
});

test('leaving is asked for, and says what would be lost', () => {
	const posted: ScreenAction = {
		type: 'chat',
		action: {type: 'posted', post: 1, to: ['bob'], text: 'hi', at: noon},
	};
	expect(open(50, 5, posted, {type: 'asked', question: {kind: 'leave'}}).frame()).toMatchInlineSnapshot(`
		"
		 127.0.0.1:8080 · alice

		12:00 → bob: hi …
		 Leave? 1 unsent line would be lost
		 Enter leaves, any other key stays
		"
	`);
});

test('a name is asked for, with a suggestion and what was wrong with the last answer', () => {
	const question: ScreenAction = {
		type: 'asked',
		question: {
			kind: 'name',
			reason: 'the name "alice" is taken',
			suggestion: 'alice-2',
			problem: 'the name is empty',
		},
	};
	expect(open(50, 5, question).frame()).toMatchInlineSnapshot(`
		"
		 127.0.0.1:8080 · alice


		 the name is empty
		 your name: alice-2
		"
	`);
});

test('a window that is too small says so, and nothing is wider than it', () => {
	expect(open(12, 3).frame()).toMatchInlineSnapshot(`
		"
		window too
		small: make
		it 20×5
		"
	`);
	for (const [columns, rows] of [
		[20, 5],
		[40, 12],
		[200, 60],
		[3, 1],
	] as const) {
		const frame = open(
			columns,
			rows,
			received('bob', 'x'.repeat(500), '漢字'.repeat(90)),
			typed('bob: 漢字漢字漢字漢字漢字'),
		).frame();
		const lines = frame.slice(1, -1).split('\n');

		expect(lines).toHaveLength(rows);
		expect(Math.max(...lines.map(displayWidth))).toBeLessThanOrEqual(columns);
	}
});

const people = (...changes: readonly [login: string, state: 'here' | 'away'][]): ScreenAction => ({
	type: 'chat',
	action: {type: 'people-listed', people: changes.map(([login, state]) => ({login, state}))},
});

test('who is here stands in the status, and whom a draft reaches in front of it', () => {
	const here = people(['alice', 'here'], ['bob', 'here'], ['carol', 'away']);
	expect(open(60, 6, here, typed('bob, carol, dave: hi')).frame()).toMatchInlineSnapshot(`
		"
		 127.0.0.1:8080 · alice · 2 here: bob, carol (away)



		 to [bob] [carol away] [dave not here]
		› bob, carol, dave: hi
		"
	`);
	expect(open(60, 6, people(['alice', 'here'])).frame()).toContain('nobody else is here');
});

test('who is writing is told until something came', () => {
	const typing: ScreenAction = {type: 'chat', action: {type: 'typing', login: 'bob', isActive: true, now: 0}};
	const said: ScreenAction = {
		type: 'chat',
		action: {
			type: 'said',
			lines: [{kind: 'message', at: noon, from: 'bob', to: ['alice', 'carol'], text: 'hi'}],
		},
	};
	expect(open(60, 6, typing).frame()).toContain(' bob is writing');
	expect(open(60, 6, typing, {type: 'ticked', now: 7000}).frame()).not.toContain('writing');
	expect(open(60, 6, typing, said).frame()).toMatchInlineSnapshot(`
		"
		 127.0.0.1:8080 · alice · seen: bob


		12:00 bob → carol, alice: hi
		 write "name: message" · /help · Tab completes · /quit leav…
		›
		"
	`);
});

test('lines that may have arrived long ago are asked about', () => {
	const asked = (count: number): ScreenAction => ({type: 'asked', question: {kind: 'stale', count}});
	expect(open(60, 5, asked(1)).frame()).toMatchInlineSnapshot(`
		"
		 127.0.0.1:8080 · alice


		 An old line may have arrived already: send again?
		 y sends, n does not
		"
	`);
	expect(open(60, 5, asked(3)).frame()).toContain('3 old lines may have arrived already: send again?');
});

test('who is at another screen too is asked which goes on', () => {
	const asked = (kind: 'open-here' | 'taken-over') =>
		open(60, 5, {type: 'asked', question: {kind, login: 'alice'}}).frame();
	expect(asked('open-here')).toMatchInlineSnapshot(`
		"
		 127.0.0.1:8080 · alice


		 "alice" is open in another terminal here
		 y takes it over, n another name
		"
	`);
	expect(asked('taken-over')).toMatchInlineSnapshot(`
		"
		 127.0.0.1:8080 · alice


		 "alice" went on in another terminal
		 y takes it back, n another name
		"
	`);
});

test('conversations stand in a row where a list has no room, and at the left where it has', () => {
	const talked = [connected, received('bob', 'hi'), received('carol', 'hi')];
	expect(open(50, 10, ...talked).frame()).toMatchInlineSnapshot(`
		"
		 127.0.0.1:8080 · alice · seen: carol, bob
		 [0:everything] · 1:bob · 2:carol




		12:00 bob: hi
		      carol: hi
		 write "name: message" · /help · F1
		›
		"
	`);
	expect(open(72, 6, ...talked).frame()).toMatchInlineSnapshot(`
		"
		 127.0.0.1:8080 · alice · seen: carol, bob
		 0 everything     │
		 1 bob            │ 12:00 bob: hi
		 2 carol          │       carol: hi
		 write "name: message" · /help · Tab completes · /quit leaves
		›
		"
	`);
});

test('another host than before is asked about', () => {
	const asked = (wants: 'lines' | 'signature', waiting: number): ScreenAction => ({
		type: 'asked',
		question: {kind: 'stranger', srv: 's', wants, waiting},
	});
	expect(open(60, 6, asked('lines', 2)).frame()).toMatchInlineSnapshot(`
		"
		 127.0.0.1:8080 · alice



		 Another host than before: send it the 2 lines that wait?
		 y sends, n does not
		"
	`);
	expect(open(69, 6, asked('signature', 0)).frame()).toMatchInlineSnapshot(`
		"
		 127.0.0.1:8080 · alice



		 Another host than before wants a proof of your name: trust it?
		 y trusts it, n leaves
		"
	`);
});

test('a name that looks like another one is marked wherever it stands', () => {
	const pairs = [{login: 'b\u03BFb', like: 'bob'}];
	const alike: ScreenAction = {type: 'chat', action: {type: 'looked-alike', pairs}};
	const {frame} = open(
		48,
		7,
		received('bob', 'hi'),
		received('b\u03BFb', 'hi'),
		alike,
		typed('b\u03BFb: the key'),
	);

	expect(frame()).toMatchInlineSnapshot(`
		"
		 alice · seen: ≈bοb, bob · 127.0.0.1:8080


		12:00 bob: hi
		      ≈bοb: hi
		 to [≈bοb not bob]
		› bοb: the key
		"
	`);
});
