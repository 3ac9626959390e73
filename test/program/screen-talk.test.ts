import {expect, test} from 'vitest';
import {addressOf, meet, openChat, quit, say} from '../support/chat-screen.ts';
import {Peer} from '../support/peer.ts';
import {startHost} from '../support/program.ts';
import {openTerminal} from '../support/terminal.ts';
import {expectTerminalRestored} from '../support/terminal-restored.ts';

test('two people at screens and one on a bare socket talk', async () => {
	const {port} = await startHost();
	const alice = await openChat(port, 'alice');
	const bob = await openChat(port, 'bob');
	const carol = await meet(alice, port, 'carol');
	// Who is not known to be here yet would be asked about first.
	for (const screen of [alice, bob]) await screen.waitFor('2 here');
	say(bob, 'carol: hello');
	expect(await carol.line()).toBe('from bob: hello');

	say(alice, 'bob, carol: lunch at noon?');
	await bob.waitFor('lunch at noon?');
	expect(await carol.line()).toBe('from alice: lunch at noon?');
	say(bob, 'alice: 日本語 is fine 🎉');
	await alice.waitFor('日本語 is fine 🎉');
	carol.send('alice, bob: me too');
	await alice.waitFor('me too');
	await bob.waitFor('me too');

	for (const screen of [alice, bob]) {
		quit(screen);
		expect(await screen.waitForExit()).toEqual({code: 0});
		await expectTerminalRestored(screen);
	}

	carol.socket.destroy();
});

test('the first frame is whole: a key that is taken back changes nothing on it', async () => {
	const {port} = await startHost();
	const alice = await openChat(port, 'alice');
	// Only how it stands with the connection may change meanwhile.
	const rest = (): string => alice.text().slice(alice.row(0).length);
	const before = rest();
	alice.type('x');
	await alice.waitFor(screen => screen.row(screen.cursor.row).includes('x'));
	alice.press('backspace');
	await alice.waitFor(screen => !screen.row(screen.cursor.row).includes('x'));

	expect(rest()).toBe(before);
});

test('a message stands on the screen as it was written, with who it is from', async () => {
	const {port} = await startHost();
	const alice = await openChat(port, 'alice');
	const bob = await meet(alice, port, 'bob');
	bob.send('alice: see http://x/y: it is "done"');

	await alice.waitFor(/bob.*see http:\/\/x\/y: it is "done"/);
	bob.socket.destroy();
});

test('what is typed stands in the composer, the cursor behind it', async () => {
	const {port} = await startHost();
	const alice = await openChat(port, 'alice');
	alice.type('bob: 日本語 é');
	await alice.waitFor('bob: 日本語 é');

	const row = alice.row(alice.cursor.row);
	expect(row).toContain('bob: 日本語 é');
	// Each of the three takes two cells but one place in the text.
	expect(alice.cursor.column).toBe(row.indexOf('bob:') + 'bob: 日本語 é'.length + 3);
	expect(alice.cursor.isHidden).toBe(false);
});

test('whom a draft goes to stands there before it is sent, and who of them is not here', async () => {
	const {port} = await startHost();
	const alice = await openChat(port, 'alice');
	const bob = await meet(alice, port, 'bob');
	bob.send('alice: hi');
	await alice.waitFor(/bob.*hi/);
	alice.type('bob, dave: plan');

	await alice.waitFor(/\[bob\] \[dave not here/);
	bob.socket.destroy();
});

test('a line without a recipient stays, with a hint', async () => {
	const {port} = await startHost();
	const alice = await openChat(port, 'alice');
	const bob = await meet(alice, port, 'bob');
	say(alice, 'no one named');

	await alice.waitFor(/to whom|name.*colon/i);
	expect(alice.row(alice.cursor.row)).toContain('no one named');
	alice.press('ctrl+a');
	say(alice, 'bob: ');
	expect(await bob.line()).toBe('from alice: no one named');
	bob.socket.destroy();
});

test('Tab completes a name that was seen', async () => {
	const {port} = await startHost();
	const alice = await openChat(port, 'alice');
	const bob = await meet(alice, port, 'bob');
	bob.send('alice: hi');
	await alice.waitFor(/bob.*hi/);
	alice.type('b');
	await alice.waitFor(screen => screen.row(screen.cursor.row).includes('b'));
	alice.press('tab');

	await alice.waitFor(screen => screen.row(screen.cursor.row).includes('bob: '.trimEnd()));
	say(alice, 'completed');
	expect(await bob.line()).toBe('from alice: completed');
	bob.socket.destroy();
});

test('keys typed right at the start are kept', async () => {
	const {port} = await startHost();
	const bob = await Peer.login(addressOf(port), 'bob');
	const alice = await openTerminal({args: ['--name=alice', `--join=127.0.0.1:${port}`]});
	await alice.waitFor(({isAlternate}) => isAlternate);
	say(alice, 'bob: early');

	expect(await bob.line()).toBe('from alice: early');
	bob.socket.destroy();
});

test('Ctrl+C first clears the draft, which recall brings back, then asks, then leaves', async () => {
	const {port} = await startHost();
	const alice = await openChat(port, 'alice');
	alice.type('bob: not yet');
	await alice.waitFor('bob: not yet');
	alice.press('ctrl+c');
	await alice.waitFor(screen => !screen.row(screen.cursor.row).includes('bob: not yet'));
	alice.press('up');
	await alice.waitFor(screen => screen.row(screen.cursor.row).includes('bob: not yet'));
	alice.press('ctrl+c');
	await alice.waitFor(screen => !screen.row(screen.cursor.row).includes('bob: not yet'));
	const before = alice.text();
	alice.press('ctrl+c');
	await alice.waitFor(screen => screen.text() !== before);
	expect(alice.hasExited).toBe(false);
	alice.press('ctrl+c');

	expect(await alice.waitForExit()).toEqual({code: 0});
	await expectTerminalRestored(alice);
});

test('a name that is taken is asked for again, with another offered', async () => {
	const {port} = await startHost();
	const owner = await Peer.login(addressOf(port), 'alice');
	const screen = await openTerminal({args: ['--name=alice', `--join=127.0.0.1:${port}`]});
	await screen.waitFor('alice-2');
	screen.press('enter');
	say(screen, 'alice: may I?');

	expect(await owner.line()).toBe('from alice-2: may I?');
	owner.socket.destroy();
});
