import {setImmediate} from 'node:timers/promises';
import {expect, onTestFinished, test, vi} from 'vitest';
import {Controller, type ScreenPorts} from '../../source/ui/controller.ts';
import type {KeyEvent} from '../../source/ui/keys/key-event.ts';
import {KeyParser} from '../../source/ui/keys/key-parser.ts';
import {
	createScreenState,
	type Question,
	type ScreenAction,
	screenReducer,
	type YesOrNo,
} from '../../source/ui/screen/screen-state.ts';
import {Store} from '../../source/ui/screen/store.ts';
import {plainTheme} from '../../source/ui/theme.ts';
import {keySequence} from '../support/keys.ts';

/** Time stands still in this test, but for what it waits, in ms. */
function withFakeTime(): (ms: number) => void {
	vi.useFakeTimers({toFake: ['performance', 'setTimeout', 'clearTimeout']});
	onTestFinished(() => void vi.useRealTimers());
	return ms => void vi.advanceTimersByTime(ms);
}

/** A controller whose ports write down what they were called for. */
function open(...actions: ScreenAction[]) {
	const store = new Store(
		screenReducer,
		createScreenState({size: {columns: 60, rows: 8}, login: 'alice', address: 'here:80', theme: plainTheme}),
	);
	for (const action of actions) store.dispatch(action);
	const calls: unknown[] = [];
	const told: string[] = [];
	const ports: ScreenPorts = {
		send: (to, text) => calls.push([to.join(), text]),
		takeBack: () => undefined,
		command: command => calls.push(command),
		loadEarlier: () => calls.push('earlier'),
		tellTyping: (to: readonly string[]) => told.push(to.join()),
		leave: () => calls.push('leave'),
		answer: ({kind}, isYes) => calls.push(`${kind} ${isYes}`),
		suspend: () => undefined,
		copy: () => true,
		redraw: () => calls.push('redraw'),
		async passToInk(event) {
			calls.push(event.type === 'key' ? event.name : 'text' in event && event.text);
			await setImmediate();
		},
	};
	const controller = new Controller(store, ports);
	const parser = new KeyParser();
	const push = (bytes: string) => {
		for (const event of parser.push(Buffer.from(bytes))) controller.handle(event);
		for (const event of parser.flush()) controller.handle(event);
	};
	return {
		store,
		calls,
		told,
		type: push,
		press: (...names: string[]) => names.forEach(name => void push(keySequence(name))),
		handle: (event: KeyEvent) => controller.handle(event),
		draft: () => store.current.composer.text,
	};
}

const typed = (text: string): ScreenAction => ({type: 'composer', action: {type: 'insert', text}});
const received = (from: string, text: string): ScreenAction => ({
	type: 'chat',
	action: {type: 'received', at: 0, messages: [{from, text}]},
});
const nameQuestion: ScreenAction = {
	type: 'asked',
	question: {kind: 'name', reason: '"alice" is taken', suggestion: 'alice-2'},
};

test('Escape and then a key is Alt with that key', () => {
	const {press, draft} = open(typed('one two three'));
	press('escape', 'b', 'escape', 'b', 'escape', 'd');
	expect(draft()).toBe('one  three');
	press('escape', 'enter');
	expect(draft()).toBe('one \n three');
});

test('a key that is nothing with Alt is itself behind Escape', () => {
	const {press, draft, store, calls} = open(typed('one two'));
	press('escape', 'ctrl+a', 'escape', 'x', 'escape', 'ctrl+c');
	expect(draft()).toBe('');
	press('escape', 'up');
	expect(draft()).toBe('xone two');
	press('escape', 'ctrl+l');
	expect(calls).toEqual(['redraw']);
	press('ctrl+u', 'escape', 'ctrl+d');
	expect(store.current.question).toEqual({kind: 'leave'});
});

test('Ctrl+C counts also where Escape came with it in one piece', () => {
	const {type, calls, store} = open();
	type('\x1b\x03');
	expect(store.current.question).toEqual({kind: 'leave'});
	type('\x1b\x03');
	expect(calls).toEqual(['leave']);
});

test('the prompt for a name gets one key a turn, and what follows its answer is for the composer', async () => {
	const {type, calls, store, draft} = open(nameQuestion);
	type('\x7f\x7fx\rbob: hi');
	expect(calls).toEqual(['backspace']);
	while (calls.length < 4) await setImmediate();
	expect(calls).toEqual(['backspace', 'backspace', 'x', 'enter']);
	store.dispatch({type: 'asked', question: undefined});
	await setImmediate();
	expect(draft()).toBe('bob: hi');
});

test('Ctrl+C at the prompt for a name leaves at once, unless that would lose something', () => {
	const empty = open(nameQuestion);
	empty.press('ctrl+c');
	expect(empty.calls).toEqual(['leave']);

	const {press, calls, store} = open(typed('bob: a draft'), nameQuestion);
	press('ctrl+c');
	expect(calls).toEqual([]);
	expect(store.current.question?.kind).toBe('leave');
	press('x');
	expect(store.current.question?.kind).toBe('name');
	press('ctrl+c', 'ctrl+c');
	expect(calls).toEqual(['leave']);
});

test('a hint is gone with the next key, also one that scrolls', () => {
	const {press, store} = open(typed('no name'));
	press('enter');
	expect(store.current.hint).toMatch(/to whom/);
	press('pageup');
	expect(store.current.hint).toBeUndefined();
});

test('Ctrl+End, and End in an empty composer, go to the newest line', () => {
	const lines = Array.from({length: 30}, (_, index) => ({from: 'bob', text: String(index)}));
	const {press, store} = open({type: 'chat', action: {type: 'received', messages: lines, at: 0}});
	for (const key of ['end', 'ctrl+end']) {
		press('pageup', 'pageup');
		expect(store.current.scroll).toBeDefined();
		press(key);
		expect(store.current.scroll).toBeUndefined();
	}

	press('pageup', 'x', 'home', 'end');
	expect(store.current.scroll).toBeDefined();
	press('ctrl+end');
	expect(store.current.scroll).toBeUndefined();
});

test('who goes on writing instead of answering whether to leave loses nothing', () => {
	const {type, press, draft, store} = open();
	press('ctrl+d');
	type('\x1b[200~bob: pasted\x1b[201~');
	expect(draft()).toBe('bob: pasted');
	press('ctrl+u', 'ctrl+d', 'n');
	expect(draft()).toBe('');
	expect(store.current.question).toBeUndefined();
});

test('Shift+Tab goes through the names the other way', () => {
	const messages = ['carol', 'bob', 'dave'].map(from => ({from, text: 'hi'}));
	const {press, draft} = open({type: 'chat', action: {type: 'received', messages, at: 0}});
	press('tab', 'tab', 'shift+tab');
	expect(draft()).toBe('dave: ');
	press('shift+tab');
	expect(draft()).toBe('carol: ');
});

test('the window is scrolled and redrawn also while a name is asked for', () => {
	const messages = Array.from({length: 30}, (_, index) => ({from: 'bob', text: String(index)}));
	const {press, store, calls} = open(
		{type: 'chat', action: {type: 'received', messages, at: 0}},
		nameQuestion,
	);
	press('pageup', 'ctrl+l');
	expect(store.current.scroll).toBeDefined();
	expect(calls).toEqual(['redraw']);
});

test('whom a draft is for is told with each key, and nobody while that is not known', () => {
	const {type, told} = open();
	type('b');
	type('ob');
	type(': ');
	type('hi');
	expect(told).toEqual(['', '', 'bob', 'bob']);
});

test('earlier messages are asked for when the reader comes near the oldest', () => {
	const lines = (count: number): ScreenAction => ({
		type: 'chat',
		action: {
			type: 'received',
			at: 0,
			messages: Array.from({length: count}, () => ({from: 'bob', text: 'hi'})),
		},
	});
	const far = open(lines(100));
	far.press('pageup', 'pageup');
	expect(far.calls).toEqual([]);
	const near = open(lines(15));
	near.press('pageup');
	expect(near.calls).toEqual(['earlier']);
});

test('another host than before gets what waits on y, and nothing on n; other keys wait for one of them', () => {
	const wait = withFakeTime();
	const question: ScreenAction = {
		type: 'asked',
		question: {kind: 'stranger', srv: 's1', wants: 'lines', waiting: 2},
	};
	const yes = open(question);
	yes.press('enter', 'escape');
	yes.type('x');
	wait(1000);
	expect(yes.calls).toEqual([]);
	yes.type('y');
	wait(300);
	expect(yes.calls).toEqual(['stranger true']);
	expect(yes.store.current.question).toBeUndefined();
	const no = open(question);
	no.press('ctrl+c', 'escape');
	no.type('n');
	wait(300);
	expect(no.calls).toEqual(['stranger false']);
});

test.each<YesOrNo>([
	{kind: 'stale', count: 2},
	{kind: 'open-here', login: 'alice'},
	{kind: 'taken-over', login: 'alice'},
])('a question is answered by y or n and nothing else: $kind', question => {
	const wait = withFakeTime();
	for (const [key, isYes] of [
		['y', true],
		['N', false],
	] as const) {
		const asked = open({type: 'asked', question});
		asked.press('enter', 'escape');
		expect(asked.calls).toEqual([]);
		asked.type(key);
		expect(asked.calls).toEqual([]);
		wait(300);
		expect(asked.calls).toEqual([`${question.kind} ${isYes}`]);
		expect(asked.store.current.question).toBeUndefined();
	}
});

test('what is typed at a question of yes or no is written, also a word that begins as an answer does', () => {
	const wait = withFakeTime();
	const {calls, type, press, draft} = open({type: 'asked', question: {kind: 'open-here', login: 'alice'}});
	type('yves');
	for (const letter of 'no: ') {
		wait(200);
		type(letter);
	}
	wait(1000);
	press('enter', 'backspace');
	expect(draft()).toBe('yvesno:');
	expect(calls).toEqual([]);
	wait(1000);
	for (const letter of 'yo') type(letter);
	expect(draft()).toBe('yvesno:yo');
	wait(1000);
	type('y');
	press('enter');
	expect(calls).toEqual(['open-here true']);
	expect(draft()).toBe('yvesno:yo');
});

test('Enter that is held down, or pressed twice at once, does not say yes to leaving with unsent lines', () => {
	const wait = withFakeTime();
	const {calls, type, press} = open();
	type('bob: hi');
	press('enter');
	type('/quit');
	wait(1000);
	press('enter', 'enter');
	wait(500);
	press('enter');
	expect(calls).toEqual([['bob', 'hi']]);
	wait(1000);
	press('enter');
	expect(calls).toEqual([['bob', 'hi'], 'leave']);
});

test('Alt+V shows the newest message in sight character by character', () => {
	const {store, press, draft} = open(received('bob', 'first'), received('b\u03BFb', 'a\u202Eb'), {
		type: 'chat',
		action: {type: 'noticed', texts: ['a notice'], at: 0},
	});
	press('alt+v', 'escape', 'v');
	const texts = store.current.chat.scrollback.lines.map(({text}) => text).slice(3);
	const raw = 'character by character, from b\u03BF⟨U+03BF⟩b: a⟨RLO U+202E⟩b';
	expect(texts).toEqual([raw, raw]);
	expect(draft()).toBe('');
});

test('Alt+V takes the lowest line where the reader has scrolled to, and does nothing without a message', () => {
	const lines = Array.from({length: 40}, (_, index) => received('bob', `line ${index}`));
	const {store, press} = open(...lines);
	press('pageup', 'alt+v');
	expect(store.current.chat.scrollback.lines.at(-1)?.text).toMatch(/from bob: line 3[0-8]$/);
	const empty = open();
	empty.press('alt+v');
	expect(empty.store.current.chat.scrollback.lines).toEqual([]);
});

test.each<Question>([
	{kind: 'stranger', srv: 's1', wants: 'signature', waiting: 0},
	{kind: 'taken-over', login: 'alice'},
	{kind: 'name', reason: '"alice" is taken', suggestion: 'alice-2'},
])('who is writing when a question comes does not answer it: $kind', question => {
	const wait = withFakeTime();
	const {store, calls, type, press, draft} = open();
	type('bob: perhaps');
	store.dispatch({type: 'asked', question});
	for (const letter of ', y or n') type(letter);
	press('backspace', 'enter');
	expect(draft()).toBe('bob: perhaps, y or ');
	expect(calls).toEqual([]);
	expect(store.current.question).toEqual(question);
	wait(1000);
	type('y');
	wait(300);
	expect(calls).toEqual([question.kind === 'name' ? 'y' : `${question.kind} true`]);
});
