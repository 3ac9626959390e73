import {expect, test} from 'vitest';
import {meet, openChat, quit, say} from '../support/chat-screen.ts';
import {startForeignServer} from '../support/foreign-server.ts';
import {startHost} from '../support/program.ts';
import {openTerminal} from '../support/terminal.ts';
import {expectTerminalRestored} from '../support/terminal-restored.ts';

const hostile = {
	'a colour': '\u001B[31;5mred',
	'a cleared screen': '\u001B[2J\u001B[H',
	'another title': '\u001B]0;owned\u0007',
	'a clipboard write': '\u001B]52;c;b3duZWQ=\u0007',
	'a link': '\u001B]8;;http://evil/\u001B\\click\u001B]8;;\u001B\\',
	'a question to the terminal': '\u001B[6n\u001B[c\u001B[>q',
	'the normal buffer': '\u001B[?1049l\u001B[?25l',
	'a reset': '\u001Bc',
	'C1 controls': '\u009B31m\u009D0;owned\u009C',
	'a carriage return': 'good\rfrom bob: evil',
	'a bidi override': '\u202Egnp.exe',
	'zero width': 'ze\u200Bro\u200Dwidth\uFEFF',
	'other line ends': 'a\u2028b\u2029c\u0085d',
	'a bell': '\u0007\u0008\u0000',
	'many marks': `Z${'\u0301'.repeat(200)}`,
	tags: 'x\u{E0041}\u{E007F}',
};

test.each(Object.entries(hostile))('%s from a server reaches no terminal', async (_, text) => {
	// A server of its own: the broker would already take out some of it.
	const server = await startForeignServer();
	const opening = openTerminal({args: ['--name=alice', `--join=127.0.0.1:${server.port}`]});
	const socket = await server.accept();
	const alice = await opening;
	await alice.waitFor(({isAlternate, cursor}) => isAlternate && !cursor.isHidden && cursor.row > 0);
	let titles = 0;
	alice.terminal.onTitleChange(() => {
		titles += 1;
	});
	const before = alice.raw.length;
	socket.write(`from bob: <<${text}>>\nfrom mallory${text}: name\nfrom bob: end of it\n`);
	await alice.waitFor('end of it');

	const written = alice.raw.slice(before);
	expect(written).not.toContain(text);
	expect(written).not.toMatch(
		/\u001B\]|\u001B[c]|\u001B\[(?:\?1049|2J|6n|c|>q)|[\u0080-\u009F\u202E\u2028\u2029\uFEFF]/,
	);
	expect(titles).toBe(0);
	expect(alice.isAlternate).toBe(true);
	expect(alice.cursor.isHidden).toBe(false);
	// What stands for it is between the marks, so nothing was dropped in silence.
	expect(alice.text()).toMatch(/<<.+>>/s);
});

test('hostile text through our own host, in both directions', async () => {
	const {port} = await startHost();
	const alice = await openChat(port, 'alice');
	const bob = await meet(alice, port, 'bob');
	for (const text of Object.values(hostile)) {
		bob.send(`alice: ${text.replaceAll(/[\n\r]/g, '')}`);
	}
	bob.send('alice: end of it');
	await alice.waitFor('end of it');

	expect(alice.isAlternate).toBe(true);
	say(alice, 'bob: all well');
	expect(await bob.line()).toBe('from alice: all well');
	quit(alice);
	await expectTerminalRestored(alice);
	bob.socket.destroy();
});

test('a line of 64 KiB folds', async () => {
	const {port} = await startHost();
	const alice = await openChat(port, 'alice');
	const bob = await meet(alice, port, 'bob');
	bob.send(`alice: ${'long '.repeat(13_000)}`, 'alice: after it');

	await alice.waitFor('after it');
	expect(alice.terminal.buffer.active.length).toBe(24);
	bob.socket.destroy();
});

test('a reply of the terminal that is unknown or late never becomes text', async () => {
	const {port} = await startHost();
	const alice = await openChat(port, 'alice');
	const bob = await meet(alice, port, 'bob');
	alice.type('bob: a');
	for (const reply of [
		'\u001B[?62;22c',
		'\u001B[12;40R',
		'\u001B]11;rgb:1212/1616/1f1f\u001B\\',
		'\u001B]11;rgb:1212/1616/1f1f\u0007',
		'\u001BP>|xterm(390)\u001B\\',
		'\u001B[?2026;2$y',
		'\u001B[I',
		'\u001B[O',
		'\u001B[<0;10;10M',
		'\u001B[<0;10;10m',
		'\u001B[M !!',
		'\u001B[99~',
		'\u001B_Gi=1;OK\u001B\\',
	]) {
		alice.type(reply);
	}
	say(alice, 'b');

	expect(await bob.line()).toBe('from alice: ab');
	quit(alice);
	await expectTerminalRestored(alice);
	bob.socket.destroy();
});

test('what the terminal answers is not left for the shell', async () => {
	const {port} = await startHost();
	const alice = await openChat(port, 'alice');
	quit(alice);

	await expectTerminalRestored(alice);
	expect(alice.surroundings().unreadInput).toBe('');
});

test('words of a server that are no message stand where they were said', async () => {
	const server = await startForeignServer();
	const opening = openTerminal({args: ['--name=alice', `--join=127.0.0.1:${server.port}`]});
	const socket = await server.accept();
	const alice = await opening;
	socket.write('from bob: one\nhere is no chat\nfrom bob: two\n');
	await alice.waitFor('bob: two');

	expect(alice.text()).toMatch(/bob: one\n.*here is no chat\n.*bob: two\n/);
});
