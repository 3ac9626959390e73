import {EventEmitter} from 'node:events';
import {expect, test} from 'vitest';
import {Aside} from '../../../source/ui/terminal/aside.ts';

/** A terminal that takes what it is told as soon as it is asked for more. */
class SlowTerminal extends EventEmitter<{ready: []; entered: []}> {
	isReady = true;
	readonly told: string[] = [];

	tell(bytes: string): void {
		this.told.push(bytes);
		this.isReady = false;
	}

	takeOne(): void {
		this.isReady = true;
		this.emit('ready');
	}
}

function open() {
	const terminal = new SlowTerminal();
	const aside = new Aside(terminal as never, {takesStrings: true, charset: 'unicode', isInTmux: false});
	return {terminal, aside, told: terminal.told};
}

test('whatever is told waits for the terminal, a call and the newest title at most', () => {
	const {terminal, aside, told} = open();
	terminal.isReady = false;
	aside.title('one');
	aside.title('two');
	aside.call('bob');
	aside.call('carol');
	expect(told).toEqual([]);
	expect(aside.copy('text')).toBe(false);
	terminal.takeOne();
	expect(told).toEqual(['\x07\x1b]9;bob\x1b\\\x1b]2;two\x1b\\']);
	terminal.takeOne();
	expect(told).toHaveLength(1);
	expect(aside.copy('text')).toBe(true);
	expect(told.at(-1)).toBe('\x1b]52;c;dGV4dA==\x1b\\');
});

test('titles that change quickly are told one after the other, the last of them for certain', async () => {
	const {terminal, aside, told} = open();
	for (const title of ['one', 'two', 'three']) {
		aside.title(title);
		terminal.takeOne();
	}
	expect(told).toEqual(['\x1b]2;one\x1b\\']);
	await expect.poll(() => told.at(-1)).toBe('\x1b]2;three\x1b\\');
	expect(told).toHaveLength(2);
});

test('a title is told anew once a shell had the terminal', async () => {
	const {terminal, aside, told} = open();
	aside.title('one');
	terminal.takeOne();
	terminal.emit('entered');
	terminal.takeOne();
	await expect.poll(() => told).toEqual(['\x1b]2;one\x1b\\', '\x1b]2;one\x1b\\']);
});
