import {expect, test} from 'vitest';
import type {ScreenAction} from '../../source/ui/screen/screen-state.ts';
import {here, openScreen, said} from './open-screen.ts';

const connected: ScreenAction = {
	type: 'chat',
	action: {type: 'connection-changed', connection: {phase: 'open'}},
};
const joined: ScreenAction = {type: 'chat', action: {type: 'noticed', texts: ['bob came'], at: 0}};

test('where nothing is said yet it says who is here, how one writes to somebody, and how others join', () => {
	const {frame, store, enter} = openScreen({columns: 80, rows: 14}, connected, here('alice'));
	expect(frame()).toMatchInlineSnapshot(`
		"
		 here:80 · alice · nobody else is here
		 0 everything     │
		                  │
		                  │
		                  │
		                  │
		                  │
		                  │
		                  │  nobody else is here
		                  │  name: hello           writes to somebody
		                  │  others join with      a-chat-tui --join here:80
		                  │  F1                    the keys; /help, all the rest
		 write "name: message" · /help · Tab completes · /quit leaves
		›
		"
	`);
	store.dispatch(here('alice', 'bob', 'carol', 'dave', 'erin'));
	store.dispatch(joined);
	expect(frame()).toMatchInlineSnapshot(`
		"
		 here:80 · alice · 4 here: bob, carol, dave, erin
		 0 everything     │
		                  │
		                  │
		                  │
		                  │
		                  │ 00:00 bob came
		                  │
		                  │  bob, carol, dave and 1 more are here
		                  │  bob: hello            writes to bob
		                  │  others join with      a-chat-tui --join here:80
		                  │  F1                    the keys; /help, all the rest
		 write "name: message" · /help · Tab completes · /quit leaves
		›
		"
	`);
	enter('bob: hi');
	expect(frame()).not.toContain('F1');
});

test('it goes with the first message of somebody else, and is not there before there is a connection', () => {
	const {frame, store} = openScreen({columns: 80, rows: 14}, here('alice', 'bob'));
	expect(frame()).not.toContain('F1');
	store.dispatch(connected);
	expect(frame()).toContain('F1');
	store.dispatch(said('bob', 'alice'));
	expect(frame()).not.toContain('F1');
});

test('a host has said already how others join, and a plain host does not tell who is here', () => {
	const hosting: ScreenAction = {type: 'hosting', isHosting: true, address: '127.0.0.1:8080'};
	const {frame} = openScreen({columns: 80, rows: 14}, connected, hosting);
	expect(frame()).not.toMatch(/join|here/);
});

test('in narrow and low windows it says less, and never takes more than half of the pane', () => {
	const people = here('alice', 'bob', 'carol');
	expect(openScreen({columns: 40, rows: 12}, connected, people, joined).frame()).toMatchInlineSnapshot(`
		"
		 alice · 2 here: bob, carol · here:80




		00:00 bob came
		 bob and carol are here
		 bob: hello  writes to bob
		 a-chat-tui --join here:80  for others
		 F1  the keys; /help, all the rest
		 write "name: message" · /help · F1
		›
		"
	`);
	expect(openScreen({columns: 20, rows: 5}, connected, people, joined).frame()).toMatchInlineSnapshot(`
		"
		 alice · 2 here: bo…
		bob came
		 bob and carol are …
		 write name: message
		›
		"
	`);
});
