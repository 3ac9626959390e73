import {expect, test} from 'vitest';
import {addressOf, answer} from '../support/chat-screen.ts';
import {Peer} from '../support/peer.ts';
import {startHost} from '../support/program.ts';
import {openTerminal, type TerminalOptions} from '../support/terminal.ts';

/** A screen whose name somebody else has, and which therefore asks for another one. */
async function openRefused(options: TerminalOptions = {}) {
	const {port} = await startHost();
	const owner = await Peer.login(addressOf(port), 'alice');
	const screen = await openTerminal({args: ['--name=alice', `--join=127.0.0.1:${port}`], ...options});
	await screen.waitFor('your name: alice-2');
	return {owner, screen};
}

test('what was sent before the name was refused goes out under the next one', async () => {
	const {port} = await startHost();
	const owner = await Peer.login(addressOf(port), 'alice');
	const bob = await Peer.login(addressOf(port), 'bob');
	const screen = await openTerminal({args: ['--name=alice', `--join=127.0.0.1:${port}`]});
	await screen.waitFor(({isAlternate}) => isAlternate);
	screen.type('bob: one\rbob: two\rbob: a draft');
	await screen.waitFor('your name');
	await answer(screen, 'enter');

	expect(await bob.take(2)).toEqual(['from alice-2: one', 'from alice-2: two']);
	await screen.waitFor(/alice-2: one ✓.* two ✓.*› bob: a draft/s);
	owner.socket.destroy();
	bob.socket.destroy();
});

test('keys that come in one piece are all taken by the prompt for a name', async () => {
	const {owner, screen} = await openRefused();
	screen.type('zed\ralice: hi');
	await screen.waitFor('› alice: hi');
	screen.press('enter');

	expect(await owner.line()).toBe('from zed: hi');
	owner.socket.destroy();
});

test('a name that stands there is thrown away as a line or a word of the composer is', async () => {
	const {owner, screen} = await openRefused();
	screen.press('ctrl+u');
	await screen.waitFor(/your name:\s*$/);
	screen.type('bia');
	screen.press('ctrl+w');
	screen.type('mia\ralice: hi');
	await screen.waitFor('› alice: hi');
	screen.press('enter');
	expect(await owner.line()).toBe('from mia: hi');
	owner.socket.destroy();
});

test.each([
	[80, 24],
	[20, 5],
])('a name of any length leaves a window of %i×%i whole', async (columns, rows) => {
	const {owner, screen} = await openRefused({columns, rows});
	screen.paste('x\u202e\n'.repeat(100_000));
	screen.press('enter');
	await screen.waitFor(/the name "x/);

	expect(screen.row(rows - 1)).toMatch(/^ your name:/);
	expect(screen.row(0)).toContain('alice');
	expect(screen.raw).not.toContain('\u202e');
	// What was refused gives way to what is typed next, too.
	screen.type('zed');
	await screen.waitFor(/your name: zed\s*$/);
	owner.socket.destroy();
});
