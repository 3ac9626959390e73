import {expect, test} from 'vitest';
import {meet, openChat, quit, say} from '../support/chat-screen.ts';
import {startForeignServer} from '../support/foreign-server.ts';
import {startHost} from '../support/program.ts';
import {openTerminal} from '../support/terminal.ts';
import {expectTerminalRestored} from '../support/terminal-restored.ts';

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
