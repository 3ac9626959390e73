import {expect, test} from 'vitest';
import {meet, openChat, quit, say} from '../support/chat-screen.ts';
import type {Environment} from '../support/environment.ts';
import {startHost} from '../support/program.ts';
import {expectTerminalRestored} from '../support/terminal-restored.ts';
import {strangersIn} from '../support/terminal-stream.ts';

const unfocused = '\u001B[O';
const focused = '\u001B[I';

const openWith = async (env: Environment = {}) => {
	const {port} = await startHost();
	const alice = await openChat(port, 'alice', {env: {NO_COLOR: '1', ...env}});
	const bob = await meet(alice, port, 'bob');
	return {alice, bob};
};

const bells = (stream: string): number => stream.split('\u0007').length - 1;

test('who looks elsewhere is called once for many words, and not with them; the title counts, and comes back', async () => {
	const {alice, bob} = await openWith();
	await alice.waitFor(({modes}) => modes.title === 'a-chat-tui');
	bob.send('alice: while you look');
	await alice.waitFor('while you look');
	let sent = 0;
	alice.type(unfocused);
	await expect
		.poll(() => {
			sent++;
			// What is said before the program has heard of the keyboard is seen.
			bob.send('alice: and while you do not');
			return alice.modes.title;
		})
		.toMatch(/^\((?!1\)).+\) a-chat-tui$/);
	alice.type(focused);
	await alice.waitFor(({modes}) => modes.title === 'a-chat-tui');
	quit(alice);

	await expectTerminalRestored(alice);
	expect(bells(alice.raw)).toBeGreaterThan(0);
	expect(bells(alice.raw)).toBeLessThan(sent);
	expect(strangersIn(alice.raw)).toEqual(['<7>', '<1B>]9;a-chat-tui:<20>bob<20>wrote<20>to<20>you<1B>\\']);
	bob.socket.destroy();
});

test('a terminal that would print it is told nothing but the bell', async () => {
	const {alice, bob} = await openWith({TERM: 'linux'});
	alice.type(unfocused);
	await expect
		.poll(() => {
			bob.send('alice: look here');
			return bells(alice.raw);
		})
		.toBe(1);
	say(alice, 'bob: here I am');
	await alice.waitFor('here I am');

	expect(alice.raw).not.toContain('\u001B]');
	bob.socket.destroy();
});
