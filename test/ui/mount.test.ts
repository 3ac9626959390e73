import {EventEmitter} from 'node:events';
import {setImmediate} from 'node:timers/promises';
import {expect, test} from 'vitest';
import {mountScreen} from '../../source/ui/mount.ts';
import {createScreenState, screenReducer} from '../../source/ui/screen/screen-state.ts';
import {Store} from '../../source/ui/screen/store.ts';
import type {Frame} from '../../source/ui/terminal/painter.ts';
import type {Terminal} from '../../source/ui/terminal/terminal.ts';
import {plainTheme} from '../../source/ui/theme.ts';

/** A terminal that takes every frame at once and keeps it. */
class FrameKeeper extends EventEmitter {
	readonly frames: Frame[] = [];
	readonly isReady = true;
	size = {columns: 40, rows: 8};
	paint(frame: Frame): void {
		this.frames.push(frame);
	}
	invalidate(): void {}
}

function mount(theme = plainTheme) {
	const terminal = new FrameKeeper();
	const store = new Store(
		screenReducer,
		createScreenState({size: terminal.size, login: 'alice', address: 'here:80', theme}),
	);
	const faults: unknown[] = [];
	const screen = mountScreen(terminal as unknown as Terminal, store, {
		onName: () => {},
		onFault: error => faults.push(error),
	});
	return {terminal, store, screen, faults};
}

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
	const {terminal, screen} = mount();
	await setImmediate();
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
