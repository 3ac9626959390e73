import {cleanup, render} from 'ink-testing-library';
import {afterEach, expect, test} from 'vitest';
import {App} from '../../source/ui/app.tsx';
import {createScreenState, type ScreenAction, screenReducer} from '../../source/ui/screen/screen-state.ts';
import {Store} from '../../source/ui/screen/store.ts';
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
const typed = (text: string): ScreenAction => ({type: 'composer', action: {type: 'insert', text}});

test('an empty chat has its status, its pane and its composer in place', () => {
	expect(open().frame()).toMatchInlineSnapshot(`
		"
		 127.0.0.1:8080 · alice





		 write "name: message" · Tab completes …
		›
		"
	`);
});

test('messages stand at the bottom, the newest next to the composer', () => {
	const {frame} = open(40, 8, received('bob', 'hi', 'are you there?'), typed('bob: yes'));

	expect(frame()).toMatchInlineSnapshot(`
		"
		 127.0.0.1:8080 · alice · seen: bob



		12:00 bob: hi
		12:00 bob: are you there?
		 to bob
		› bob: yes
		"
	`);
});

test('a long message goes on under its own text', () => {
	const {frame} = open(40, 8, received('bob', 'one two three four five six seven eight nine'));

	expect(frame()).toMatchInlineSnapshot(`
		"
		 127.0.0.1:8080 · alice · seen: bob



		12:00 bob: one two three four five six
		           seven eight nine
		 write "name: message" · Tab completes …
		›
		"
	`);
});
