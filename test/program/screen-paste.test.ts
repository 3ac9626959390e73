import {expect, test} from 'vitest';
import {meet, openChat} from '../support/chat-screen.ts';
import {startHost} from '../support/program.ts';

test('a pasted text of several lines waits for Enter', async () => {
	const {port} = await startHost();
	const alice = await openChat(port, 'alice');
	const bob = await meet(alice, port, 'bob');
	expect(alice.modes.bracketedPasteMode).toBe(true);
	alice.type('bob: ');
	alice.paste('one\ntwo\r\nthree');
	await alice.waitFor('three');
	bob.send('alice: are you still writing?');
	await alice.waitFor('are you still writing?');

	expect(bob.lines).toEqual([]);
	expect(alice.text()).toMatch(/bob: one\s.*two\s.*three/s);
	alice.press('enter', 'alt+0');
	expect(await bob.take(3)).toEqual(['from alice: one', 'from alice: two', 'from alice: three']);
	bob.socket.destroy();
});

test('a paste is text, whatever it contains', async () => {
	const {port} = await startHost();
	const alice = await openChat(port, 'alice');
	const bob = await meet(alice, port, 'bob');
	alice.type('bob: ');
	alice.paste('a\u0003b\u0004c\td');
	await alice.waitFor(/bob: a.*b.*c.*d/);
	alice.press('enter', 'alt+0');

	expect((await bob.line()).replaceAll(/[^a-z: ]/g, '')).toMatch(/^from alice: a ?b ?c ?d$/);
	expect(alice.hasExited).toBe(false);
	bob.socket.destroy();
});

test('a large paste arrives whole', async () => {
	const {port} = await startHost();
	const alice = await openChat(port, 'alice');
	const bob = await meet(alice, port, 'bob');
	const lines = Array.from({length: 400}, (_, index) => `line ${index} ${'x'.repeat(60)}`);
	alice.type('bob: ');
	alice.paste(lines.join('\n'));
	await alice.waitFor('line 399');
	alice.press('enter', 'alt+0');

	expect(await bob.take(400)).toEqual(lines.map(line => `from alice: ${line}`));
	bob.socket.destroy();
});

test('where the terminal has no brackets, a burst of lines is typing', async () => {
	const {port} = await startHost();
	const alice = await openChat(port, 'alice');
	const bob = await meet(alice, port, 'bob');
	alice.type('bob: first\rbob: second\r');

	expect(await bob.take(2)).toEqual(['from alice: first', 'from alice: second']);
	bob.socket.destroy();
});

test('Alt+Enter and Ctrl+J break the line', async () => {
	const {port} = await startHost();
	const alice = await openChat(port, 'alice');
	const bob = await meet(alice, port, 'bob');
	alice.type('bob: one');
	alice.press('alt+enter');
	alice.type('two');
	alice.press('ctrl+j');
	alice.type('three');
	await alice.waitFor('three');
	expect(bob.lines).toEqual([]);
	alice.press('enter', 'alt+0');

	expect(await bob.take(3)).toEqual(['from alice: one', 'from alice: two', 'from alice: three']);
	bob.socket.destroy();
});
