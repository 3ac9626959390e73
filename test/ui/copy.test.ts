import {expect, test} from 'vitest';
import {message, openKeyScreen, said} from './key-screen.ts';

function open(...texts: string[]) {
	const taken: string[] = [];
	const screen = openKeyScreen([said(...texts.map(text => message('bob', 'alice', text)))], {
		ports: {copy: text => taken.push(text) > 0},
	});
	return {...screen, taken};
}

test('Alt+C copies the newest code, and says so', () => {
	const {press, taken, below} = open(
		'old:\n```\nold()\n```',
		'see\n```js\nif (a)\n\tb();\n```\nand\n```\nlast()\n\u001B[201~\n```\nbye',
		'that is all',
	);
	press('alt+c');
	expect(taken).toEqual(['last()\n␛[201~']);
	expect(below()[0]).toBe(' copied code of bob, 2 lines');
});

test('without code it is the newest message, and while older text is read the newest in sight', () => {
	const first = open(...Array.from({length: 40}, (_, at) => `line ${at}`), '``` no code', '```\n```');
	first.press('alt+c');
	expect(first.taken).toEqual(['```\n```']);
	first.press('pageup', 'pageup', 'alt+c');
	const id = first.store.current.scroll?.id;
	const line = first.store.current.chat.scrollback.lines.find(one => one.id === id);
	expect(first.taken.at(-1)).toBe(line?.text);
	expect(line?.text).toMatch(/^line \d+$/);

	const empty = openKeyScreen([]);
	empty.press('alt+c');
	expect(empty.below()[0]).toBe(' there is nothing to copy yet');
});

test('code that is not closed goes to the end, tabs in it stay, and a terminal without a clipboard is told of', () => {
	const {press, taken} = open('```\n\tx\u202E\ny');
	press('alt+c');
	expect(taken).toEqual(['\tx⟨U+202E⟩\ny']);

	const poor = openKeyScreen([said(message('bob', 'alice', 'hi'))], {
		columns: 99,
		ports: {copy: () => false},
	});
	poor.press('alt+c');
	expect(poor.below()[0]).toBe(
		' this terminal does not take what bob said: it is over 64 KiB, or the terminal has no clipboard',
	);
});

test('while something is sought it is the message that was found', () => {
	const {press, type, taken, below} = open('the one', '```\ncode\n```', 'another');
	press('ctrl+r');
	type('one');
	press('alt+c');
	expect(taken).toEqual(['the one']);
	expect(below()[0]).toBe(' copied what bob said');
	press('backspace');
	expect(below()[0]).toMatch(/^ search: on /);
});
