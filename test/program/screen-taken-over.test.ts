import {cpSync} from 'node:fs';
import {expect, test} from 'vitest';
import {addressOf, answer, openChat, quit, say, sayToStrangers} from '../support/chat-screen.ts';
import {temporaryFolder} from '../support/environment.ts';
import {closedPort} from '../support/foreign-server.ts';
import {JsonBot} from '../support/json-bot.ts';
import {Peer} from '../support/peer.ts';
import {startHost} from '../support/program.ts';
import {openTerminal} from '../support/terminal.ts';

const again = (port: number, home: string) =>
	openTerminal({args: ['--name=alice', `--join=127.0.0.1:${port}`], home});

test('a second screen of the same machine takes the name over when it is told to, with all that is kept', async () => {
	const {port} = await startHost();
	const bob = await Peer.login(addressOf(port), 'bob');
	const home = temporaryFolder();
	const first = await openChat(port, 'alice', {home});
	say(first, 'bob: one');
	await first.waitFor('bob: one ✓');
	first.type('bob: a draft');
	await first.waitFor('› bob: a draft');

	const second = await again(port, home);
	await second.waitFor('"alice" is open in another terminal here');
	second.type('y');
	await second.waitFor(/bob: one ✓.*above is what was said before/s);
	await first.waitFor('"alice" went on in another terminal');
	bob.send('alice: two');
	await second.waitFor('bob: two');
	expect(first.text()).not.toContain('two');
	second.press('ctrl+u');
	say(second, 'bob: three');
	await second.waitFor('bob: three ✓✓');

	await answer(first, 'y');
	await second.waitFor('"alice" went on in another terminal');
	await first.waitFor(/bob: one ✓✓.*bob: two.*bob: three ✓✓.*› bob: a draft/s);
	first.press('enter');
	expect(await bob.take(3)).toEqual(['from alice: one', 'from alice: three', 'from alice: a draft']);
	second.type('n');
	await second.waitFor('your name: alice-2');
	second.press('enter');
	await second.waitFor(/alice-2 · .*alice/);
	await sayToStrangers(second, 'nobody: four');
	await second.waitFor(/bob: three ✓✓\s.*nobody: four ✗ nobody: no such/s);
	quit(first);
	expect(await first.waitForExit()).toEqual({code: 0});
	bob.socket.destroy();
});

test('a second screen with the same key at another machine takes it over without a word, and the first one asks', async () => {
	const {port} = await startHost();
	const first = await openChat(port, 'alice');
	await first.waitFor('nobody else is here');
	const home = temporaryFolder();
	// The same person at another machine: the key, and none of the other files.
	cpSync(`${first.home}/data/identity.pem`, `${home}/data/identity.pem`);
	const second = await openChat(port, 'alice', {home});
	await second.waitFor('nobody else is here');
	await first.waitFor('"alice" went on in another terminal');
	expect(second.hasExited).toBe(false);
	first.press('ctrl+c');
	await first.waitFor('Leave the chat?');
	first.press('enter');
	expect(await first.waitForExit()).toEqual({code: 0});
});

test('a screen that hosts goes on hosting when its name is taken over', async () => {
	const port = await closedPort();
	const home = temporaryFolder();
	const first = await openTerminal({args: ['--name=alice', '--host', `--listen=${port}`], home});
	await first.waitFor('nobody else is here');
	const bob = await Peer.login(addressOf(port), 'bob');
	const second = await again(port, home);
	await second.waitFor('"alice" is open in another terminal here');
	second.type('y');
	await second.waitFor('1 here: bob');
	await first.waitFor('"alice" went on in another terminal');
	say(second, 'bob: still here');
	expect(await bob.line()).toBe('from alice: still here');
	bob.socket.destroy();
});

test('a program that is taken over ends', async () => {
	const {port} = await startHost();
	const home = temporaryFolder();
	const bot = await JsonBot.join(port, 'alice', {home});
	const screen = await again(port, home);
	await screen.waitFor('"alice" is open in another terminal here');
	screen.type('y');
	await screen.waitFor('nobody else is here');
	expect((await bot.program.waitForExit()).code).toBe(1);
	await bot.until('disconnected', {code: 'TAKEN_OVER', retryAt: undefined});
});

test('where the host cannot be reached nobody is taken over, and the screen says why', async () => {
	const {port, program} = await startHost();
	const home = temporaryFolder();
	const first = await openChat(port, 'alice', {home});
	await first.waitFor('nobody else is here');
	program.kill('SIGKILL');
	await program.waitForExit();
	const second = await again(port, home);
	await second.waitFor('"alice" is open in another terminal here');
	second.type('y');
	await second.waitFor('"alice" is not taken over');
	await second.waitFor('your name: alice-2');
	expect(first.hasExited).toBe(false);
});
