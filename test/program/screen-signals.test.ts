import {readFileSync} from 'node:fs';
import {constants} from 'node:os';
import process from 'node:process';
import {describe, expect, test} from 'vitest';
import {addressOf, meet, openChat, say} from '../support/chat-screen.ts';
import {programCommand} from '../support/dist.ts';
import {Peer} from '../support/peer.ts';
import {startHost} from '../support/program.ts';
import {openTerminal, type TerminalScreen} from '../support/terminal.ts';
import {expectTerminalRestored} from '../support/terminal-restored.ts';

describe.each([
	['SIGHUP', 129],
	['SIGINT', 130],
	['SIGTERM', 143],
] as const)('%s', (signal, code) => {
	test(`ends the screen with ${code}, the terminal as before, the reason in one line`, async () => {
		const {port} = await startHost();
		const screen = await openChat(port, 'alice');
		screen.type('bob: draft');
		await screen.waitFor('draft');
		screen.kill(signal);

		expect(await screen.waitForExit()).toEqual({code});
		expect(screen.text().trim().split('\n')).toHaveLength(1);
		await expectTerminalRestored(screen);
	});

	test('ends a screen that hosts with 0', async () => {
		const screen = await openTerminal({args: ['--host', '--listen=0', '--name=alice']});
		await screen.waitFor(/--join \S+:\d+/);
		screen.kill(signal);

		expect(await screen.waitForExit()).toEqual({code: 0});
		await expectTerminalRestored(screen);
	});
});

test.each(['SIGQUIT', 'SIGABRT', 'SIGALRM', 'SIGUSR1', 'SIGUSR2'] as const)(
	'%s, which nobody sends to a chat, gives the terminal back too',
	async signal => {
		const {port} = await startHost();
		const screen = await openChat(port, 'alice');
		screen.kill(signal);

		expect(await screen.waitForExit()).toEqual({code: 128 + constants.signals[signal]});
		expect(screen.text().trim().split('\n')).toHaveLength(1);
		await expectTerminalRestored(screen);
	},
);

test('a closed window ends the program, and its name is free', async () => {
	const {port} = await startHost();
	const screen = await openChat(port, 'alice', {isSessionLeader: true});
	const bob = await meet(screen, port, 'bob');
	screen.hangUp();
	await screen.waitForExit();

	const next = await openChat(port, 'alice', {home: screen.home});
	say(next, 'bob: free');
	expect(await bob.line()).toBe('from alice: free');
	bob.socket.destroy();
});

test('a screen that hosts shows what others type to join, and they can', async () => {
	const screen = await openTerminal({args: ['--host', '--listen=0', '--name=alice'], columns: 100});
	await screen.waitFor(/a-chat-tui --join \S+:\d+/);
	const port = Number(/--join 127\.0\.0\.1:(\d+)/.exec(screen.text())?.[1]);
	// The invitation is there before alice herself is in.
	await screen.waitFor('nobody else is here');
	const bob = await Peer.login(addressOf(port), 'bob');
	bob.send('alice: found you');

	await screen.waitFor('found you');
	bob.socket.destroy();
});

/** A chat as the foreground job of an interactive shell. */
async function openInShell(port: number): Promise<TerminalScreen> {
	const command = programCommand(['--name=alice', `--join=127.0.0.1:${port}`]);
	const shell = await openTerminal({command: ['bash', '--norc', '--noprofile', '-i'], env: {PS1: 'shell> '}});
	await shell.waitFor('shell>');
	shell.type(`${command.join(' ')}\r`);
	await shell.waitFor(({isAlternate, cursor}) => isAlternate && !cursor.isHidden && cursor.row > 0);
	return shell;
}

test('Ctrl+Z goes to the shell, and fg brings everything back', async () => {
	const {port} = await startHost();
	const shell = await openInShell(port);
	const bob = await meet(shell, port, 'bob');
	shell.type('bob: kept');
	await shell.waitFor('bob: kept');
	shell.press('ctrl+z');
	await shell.waitFor(({isAlternate}) => !isAlternate);
	await shell.waitFor(/Stopped[\s\S]*shell>$/m);

	shell.type('stty -a\r');
	await shell.waitFor(/ icanon\b/);
	expect(shell.cursor.isHidden).toBe(false);
	await shell.resize(60, 10);
	shell.type('fg\r');
	await shell.waitFor(({isAlternate}) => isAlternate);
	await shell.waitFor(screen => screen.row(8).includes('to [bob') && screen.row(9).includes('bob: kept'));
	say(shell, ' it');
	expect(await bob.line()).toBe('from alice: kept it');
	bob.socket.destroy();
});

test.skipIf(process.platform !== 'linux')(
	'who was stopped from elsewhere is whole again after fg',
	async () => {
		const {port} = await startHost();
		const shell = await openInShell(port);
		shell.type('bob: kept');
		await shell.waitFor('bob: kept');
		const child = Number(readFileSync(`/proc/${shell.pid}/task/${shell.pid}/children`, 'utf8'));
		process.kill(child, 'SIGSTOP');
		await shell.waitFor(/Stopped[\s\S]*shell>$/m);
		shell.type('fg\r');
		await shell.waitFor(screen => !screen.text().includes('Stopped') && screen.row(23) === '› bob: kept');
		shell.type('!');

		// A terminal that is not raw would echo it where the cursor is, and tell us only at the end of the line.
		await shell.waitFor(screen => screen.row(23) === '› bob: kept!');
		shell.press('ctrl+u');
		await shell.waitFor(screen => screen.row(23) === '›');
	},
);

test('Ctrl+Z while others are here is answered with a sentence on a screen that hosts', async () => {
	const screen = await openTerminal({args: ['--host', '--listen=0', '--name=alice'], columns: 100});
	await screen.waitFor(/--join 127\.0\.0\.1:\d+/);
	const port = Number(/--join 127\.0\.0\.1:(\d+)/.exec(screen.text())?.[1]);
	const bob = await Peer.login(addressOf(port), 'bob');
	const before = screen.text();
	screen.press('ctrl+z');
	await screen.waitFor(now => now.text() !== before);

	expect(screen.isAlternate).toBe(true);
	bob.send('bob: the host runs on');
	expect(await bob.line()).toBe('from bob: the host runs on');
	bob.socket.destroy();
});
