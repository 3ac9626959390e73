import {expect, test} from 'vitest';
import {addressOf, meet, openChat, quit} from '../support/chat-screen.ts';
import {temporaryFolder} from '../support/environment.ts';
import {startPlainFront} from '../support/plain-host.ts';
import {startHost} from '../support/program.ts';
import type {TerminalScreen} from '../support/terminal.ts';

const enter = (screen: TerminalScreen, line: string): void => {
	screen.type(line);
	screen.press('enter');
};

test('people meet in a room, tell that they are away, and ask who is there', async () => {
	const {port} = await startHost();
	const alice = await openChat(port, 'alice');
	const bob = await openChat(port, 'bob');
	await alice.waitFor('1 here: bob');
	enter(alice, '/join dev');
	await alice.waitFor('you are in #dev, alone so far');
	enter(bob, '/j #dev');
	await bob.waitFor('you are in #dev, with alice');
	enter(bob, 'in the room');
	await alice.waitFor('in the room');
	enter(bob, '/me waves');
	await alice.waitFor('* waves');
	enter(bob, '/away at lunch');
	await bob.waitFor('bob (away: at lunch)');
	await alice.waitFor('1 here: bob (away)');
	enter(alice, '/who');
	await alice.waitFor('bob (away: at lunch)');
	enter(alice, '/rooms');
	await alice.waitFor('rooms: #dev (2)');
	enter(bob, '/away');
	await alice.waitFor(screen => !screen.row(0).includes('away'));
	enter(bob, '/join dev');
	await bob.waitFor('you are in #dev already, with alice');
	enter(bob, '/part');
	await bob.waitFor('you have left #dev');
	enter(bob, '/who dev');
	await bob.waitFor('you are not in #dev: /join #dev goes there');
	enter(bob, '/msg #dev');
	enter(bob, 'still there?');
	await bob.waitFor('not sent to #dev: /join #dev, Up leads back to it');
	enter(bob, '/join dev');
	await bob.waitFor('you are in #dev, with alice');
	bob.press('up', 'up', 'enter');
	await alice.waitFor('still there?');
	enter(bob, '/part #dev');
	await bob.waitFor(/you have left #dev.*you have left #dev/s);
	enter(bob, '/part #dev');
	await bob.waitFor(/you are not in #dev\s*\n/);
	enter(alice, '/who #dev');
	await alice.waitFor(/in #dev: alice\s/);
	enter(alice, '/quit');
	expect(await alice.waitForExit()).toEqual({code: 0});
});

test('commands wait for the connection, and what is said to a room for its members', async () => {
	const store = `--store=${temporaryFolder()}`;
	const {port, program} = await startHost([store]);
	const alice = await openChat(port, 'alice');
	await alice.waitFor('nobody else is here');
	program.kill('SIGKILL');
	await alice.waitFor('not connected');
	alice.type('/join #dev\rfirst words\r/who\r');
	await alice.waitFor(/wait for the connection[\s\S]*first words/);
	await startHost([store], {port});
	await alice.waitFor('you are in #dev, alone so far');
	await alice.waitFor('here: alice');
	await alice.waitFor(/first words ✓/);
});

test('on a plain host, what it cannot do is said in a sentence, and lines go out one by one', async () => {
	const host = await startHost();
	const {port} = await startPlainFront(addressOf(host.port));
	const alice = await openChat(port, 'alice');
	const bob = await meet(alice, port, 'bob');
	bob.send('alice: hi');
	await alice.waitFor('bob: hi');
	enter(alice, '/who');
	await alice.waitFor('this host does not tell who is here; spoken have bob');
	for (const line of ['/rooms', '/join dev', '/away']) {
		enter(alice, '/clear');
		await alice.waitFor(screen => !screen.text().includes('no more than'));
		enter(alice, line);
		await alice.waitFor('This host knows no more than names and texts.');
	}
	alice.type('bob: one');
	alice.press('ctrl+j');
	alice.type('two');
	alice.press('enter');
	expect(await bob.take(2)).toEqual(['from alice: one', 'from alice: two']);
	alice.press('alt+0');
	enter(alice, '/me bob: waves');
	expect(await bob.line()).toBe('from alice: * waves');
	bob.socket.destroy();
});

test('what is typed behind /join and /part without waiting for the host goes where they lead, and is not lost', async () => {
	const {port} = await startHost();
	const alice = await openChat(port, 'alice');
	const bob = await meet(alice, port, 'bob');
	const carol = await openChat(port, 'carol');
	await carol.waitFor('2 here');
	enter(carol, '/join dev');
	await carol.waitFor('you are in #dev');
	alice.type('/msg bob\r/join dev\rto all of dev\r');
	await carol.waitFor('to all of dev');
	alice.type('bob: to bob\r');
	expect(await bob.line()).toBe('from alice: to bob');
	alice.type('/msg #dev\r/part\rcarol: half a thought');
	await alice.waitFor('you have left #dev');
	await alice.waitFor('› carol: half a thought');
	bob.socket.destroy();
});

test('who comes into a room sees what was said there, and has it at the next start though nothing was said since', async () => {
	const {port} = await startHost([`--store=${temporaryFolder()}`]);
	const alice = await openChat(port, 'alice');
	await alice.waitFor('nobody else is here');
	enter(alice, '/join #dev');
	await alice.waitFor('you are in #dev, alone so far');
	enter(alice, 'words of the room');
	await alice.waitFor(/words of the room ✓/);
	enter(alice, '/join #ops');
	await alice.waitFor('you are in #ops, alone so far');
	const bob = await openChat(port, 'bob');
	await bob.waitFor('1 here: alice');
	enter(bob, '/join #dev');
	await bob.waitFor(/words of the room.*you are in #dev, with alice/s);
	enter(bob, '/join #quiet');
	await bob.waitFor('you are in #quiet, alone so far');
	quit(bob);
	await bob.waitForExit();
	const again = await openChat(port, 'bob', {home: bob.home});
	await again.waitFor(screen => ['#dev', '#quiet'].every(room => screen.text().includes(room)));
});
