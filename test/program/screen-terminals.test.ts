import {once} from 'node:events';
import {isDeepStrictEqual} from 'node:util';
import {expect, test} from 'vitest';
import {addressOf, meet, openChat, quit} from '../support/chat-screen.ts';
import {programCommand} from '../support/dist.ts';
import {Peer} from '../support/peer.ts';
import {startHost} from '../support/program.ts';
import {openTerminal} from '../support/terminal.ts';
import {expectTerminalRestored} from '../support/terminal-restored.ts';
import {hasTmux, openTmux, paneModes, type Tmux} from '../support/tmux.ts';

/** Waits until tmux has in its pane what the terminal around it shows: what is between them is under way for a moment. */
const expectSame = ({screen, capture, tell}: Tmux) =>
	expect
		.poll(() => [
			[capture(), tell('#{cursor_x},#{cursor_y}')],
			[screen.text(), `${screen.cursor.column},${screen.cursor.row}`],
		])
		.toSatisfy(([inside, outside]) => isDeepStrictEqual(inside, outside));

test.each(['xterm-256color', 'linux'])('a chat in a terminal that is %s', async TERM => {
	const {port} = await startHost();
	const screen = await openChat(port, 'alice', {env: {TERM}});
	const bob = await meet(screen, port, 'bob');
	bob.send('alice: 日本語, and a tick of your own');
	await screen.waitFor(/bob.*日本語, and a tick/);
	bob.socket.destroy();
	quit(screen);

	expect(await screen.waitForExit()).toEqual({code: 0});
	await expectTerminalRestored(screen);
});

test('a chat in a dumb terminal is lines, and leaves it as it was', async () => {
	const {port} = await startHost();
	const bob = await Peer.login(addressOf(port), 'bob');
	const screen = await openTerminal({
		args: ['--name=alice', `--join=127.0.0.1:${port}`],
		env: {TERM: 'dumb'},
	});
	screen.type('bob: hello\r');
	expect(await bob.line()).toBe('from alice: hello');
	bob.send('alice: hi');
	await screen.waitFor('from bob: hi');
	screen.type('\u0004');

	expect(await screen.waitForExit()).toEqual({code: 0});
	expect(screen.raw).not.toContain('\u001B');
	await expectTerminalRestored(screen);
	bob.socket.end();
	await once(bob.socket, 'close');
});

test.skipIf(!hasTmux)(
	'a chat in a tmux that is screen-256color shows what tmux itself has (skipped where there is no tmux)',
	async () => {
		const {port} = await startHost();
		const tmux = await openTmux();
		const {screen} = tmux;
		screen.type('echo $TERM\r');
		await screen.waitFor(/^screen-256color$/m);
		const before = paneModes(tmux);
		screen.type(`${programCommand(['--name=alice', `--join=127.0.0.1:${port}`]).join(' ')}\r`);
		await screen.waitFor(/127\.0\.0\.1:\d+ · alice/);
		const bob = await meet(screen, port, 'bob');
		for (let index = 0; index < 30; index++) bob.send(`alice: 日本語 ${index} é, \`code\` and *more*`);
		await screen.waitFor('日本語 29 é');
		screen.type('bob: a draft');
		await screen.waitFor('bob: a draft');

		await expectSame(tmux);
		screen.press('pageup');
		await screen.waitFor(/ newer ─/);
		await expectSame(tmux);

		screen.press('alt+0', 'ctrl+c');
		quit(screen);
		await screen.waitFor(/\nshell>\s*$/);
		expect(paneModes(tmux)).toBe(before);
		screen.type('exit\r');
		expect(await screen.waitForExit()).toEqual({code: 0});
		await expectTerminalRestored(screen);
		bob.socket.destroy();
	},
);
