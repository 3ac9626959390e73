import {EventEmitter} from 'node:events';
import {setImmediate} from 'node:timers/promises';
import {expect, test} from 'vitest';
import {key} from '../../source/ui/keys/key-event.ts';
import {mountScreen} from '../../source/ui/mount.ts';
import {createScreenState, type ScreenAction, screenReducer} from '../../source/ui/screen/screen-state.ts';
import {Store} from '../../source/ui/screen/store.ts';
import type {Frame} from '../../source/ui/terminal/painter.ts';
import type {Terminal} from '../../source/ui/terminal/terminal.ts';
import {plainTheme} from '../../source/ui/theme.ts';

/** A terminal that takes every frame at once and keeps it. */
class FrameKeeper extends EventEmitter {
	readonly frames: Frame[] = [];
	isReady = true;
	size = {columns: 40, rows: 8};
	paint(frame: Frame): void {
		this.frames.push(frame);
	}
	enter(frame: Frame): void {
		this.frames.push(frame);
	}
	invalidate(): void {}
}

function mount(theme = plainTheme, onName: (name: string) => void = () => {}) {
	const terminal = new FrameKeeper();
	const store = new Store(
		screenReducer,
		createScreenState({size: terminal.size, login: 'alice', address: 'here:80', theme}),
	);
	const faults: unknown[] = [];
	const screen = mountScreen(terminal as unknown as Terminal, store, {
		onName,
		onFault: error => faults.push(error),
	});
	return {terminal, store, screen, faults};
}

const received = (from: string): ScreenAction => ({
	type: 'chat',
	action: {type: 'received', at: 0, messages: [{from, text: 'hi'}]},
});
const typed = (text: string): ScreenAction => ({type: 'composer', action: {type: 'insert', text}});
const shown = (frame: Frame | undefined) => frame?.rows.map(row => row.trimEnd());

/** Asks for a name and types one, in place of the proposed one, into the prompt, which Ink draws, until it is there. */
async function openPrompt({terminal, store, screen}: ReturnType<typeof mount>): Promise<void> {
	store.dispatch({type: 'asked', question: {kind: 'name', reason: 'choose a name', suggestion: 'al'}});
	expect(shown(terminal.frames.at(-1))?.at(-1)).toBe(' your name: al');
	for (const text of 'alice') await screen.passToInk({type: 'text', text});
	while (!shown(terminal.frames.at(-1))?.at(-1)?.includes('alice')) await setImmediate();
}

test('what is typed is shown at once, from the first frame on', () => {
	const {terminal, store, screen} = mount();
	screen.enter();
	store.dispatch(typed('bob: h'));
	store.dispatch(typed('i'));

	expect(terminal.frames.map(frame => shown(frame)?.at(-1))).toEqual(['›', '› bob: h', '› bob: hi']);
	expect(terminal.frames.at(-1)?.caret).toEqual({row: 7, column: 9});
	screen.unmount();
});

test('each change is painted once, the conversation together with what is around it', () => {
	const {terminal, store, screen} = mount();
	store.dispatch(received('bob'));
	store.dispatch(received('bob'));
	store.dispatch(typed('bob: 1\n2'));
	const frames = terminal.frames.map(shown);

	expect(frames.map(rows => rows?.length)).toEqual([8, 8, 8]);
	expect(frames.at(-1)).toEqual([
		' alice · seen: bob · here:80',
		...(frames.at(-2) ?? []).slice(2, 6),
		' to [bob], 2 lines',
		'› bob: 1',
		'  2',
	]);
	screen.unmount();
});

test('keys for the prompt that come before it wait for it', async () => {
	const names: string[] = [];
	const mounted = mount(plainTheme, name => names.push(name));
	await openPrompt(mounted);
	await mounted.screen.passToInk(key('enter'));

	expect(names).toEqual(['alice']);
	mounted.screen.unmount();
});

test('keys in a window too small for the prompt do not answer it unseen', async () => {
	const names: string[] = [];
	const mounted = mount(plainTheme, name => names.push(name));
	const {store, screen} = mounted;
	await openPrompt(mounted);
	store.dispatch({type: 'resized', size: {columns: 3, rows: 1}});
	await screen.passToInk(key('enter'));
	await screen.passToInk(key('enter'));
	store.dispatch({type: 'resized', size: {columns: 40, rows: 8}});
	for (let turn = 0; turn < 10; turn++) await setImmediate();
	expect(names).toEqual([]);
	await screen.passToInk(key('enter'));
	expect(names).toHaveLength(1);
	screen.unmount();
});

test('behind the prompt everything is as before, and the next one begins anew', async () => {
	const mounted = mount();
	const {terminal, store, screen} = mounted;
	store.dispatch(typed('bob: hi'));
	const before = shown(terminal.frames.at(-1));
	await openPrompt(mounted);
	store.dispatch({type: 'asked', question: undefined});
	expect(shown(terminal.frames.at(-1))).toEqual(before);
	await openPrompt(mounted);

	expect(new Set(terminal.frames.map(({rows}) => rows.length))).toEqual(new Set([8]));
	screen.unmount();
});

test('what a component throws is reported', async () => {
	let isBroken = false;
	const status = (text: string) => {
		if (isBroken) throw new Error('planted');
		return text;
	};
	const {store, faults} = mount({...plainTheme, status});
	await setImmediate();
	isBroken = true;
	store.dispatch({type: 'named', login: 'bob'});
	while (faults.length === 0) await setImmediate();

	expect(faults).toEqual([new Error('planted')]);
});

test('a resize draws nothing of the old size', async () => {
	const mounted = mount();
	const {terminal, screen} = mounted;
	await openPrompt(mounted);
	const drawn = terminal.frames.length;
	terminal.size = {columns: 30, rows: 6};
	terminal.emit('resize', terminal.size);
	for (let turn = 0; turn < 5; turn++) await setImmediate();

	const frames = terminal.frames.slice(drawn);
	expect(new Set(frames.map(({rows}) => rows.length))).toEqual(new Set([6]));
	screen.unmount();
});

test('a resize to a size that looks the same is drawn too', async () => {
	const {terminal, screen} = mount();
	await setImmediate();
	terminal.size = {columns: 10, rows: 3};
	terminal.emit('resize', terminal.size);
	for (let turn = 0; turn < 5; turn++) await setImmediate();
	const drawn = terminal.frames.length;
	terminal.size = {columns: 11, rows: 3};
	terminal.emit('resize', terminal.size);
	for (let turn = 0; turn < 5; turn++) await setImmediate();

	expect(terminal.frames.length).toBeGreaterThan(drawn);
	screen.unmount();
});
