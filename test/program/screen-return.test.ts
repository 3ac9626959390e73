import {globSync, readFileSync} from 'node:fs';
import path from 'node:path';
import {DatabaseSync} from 'node:sqlite';
import {expect, test} from 'vitest';
import {addressOf, answer, meet, openChat, quit, say, sayToStrangers} from '../support/chat-screen.ts';
import {temporaryFolder} from '../support/environment.ts';
import {expectOneSentence} from '../support/expectations.ts';
import {ExtendedPeer} from '../support/extended-peer.ts';
import {startForeignServer} from '../support/foreign-server.ts';
import {Peer} from '../support/peer.ts';
import {startHost} from '../support/program.ts';
import {openTerminal} from '../support/terminal.ts';
import {expectTerminalRestored} from '../support/terminal-restored.ts';

/** A host that has it is the same one when it comes back. */
const storeFlag = (): string => `--store=${temporaryFolder()}`;

/**
 * Another host than before, where the name is bound at once: one that is slow to let us in would be tried anew, and want our
 * signature.
 */
const inMemory = ['--store=memory'];

/** A screen whose host was killed after all that was said had arrived. */
const openAtKilledHost = async (store: string) => {
	const {program, port} = await startHost([store]);
	const alice = await openChat(port, 'alice');
	(await meet(alice, port, 'bob')).socket.destroy();
	// Else it waits, too.
	await alice.waitFor(/hello ✓/);
	// Else nobody would have heard that bob has left.
	await alice.waitFor('nobody else is here');
	program.kill('SIGKILL');
	await program.waitForExit();
	await alice.waitFor(/not connected/);
	return {alice, port};
};

/** What a screen keeps of what was said, while it runs. */
const keptIn = (home: string) => {
	const [file = expect.fail('nothing is kept')] = globSync('data/sessions/*/*/session.db', {cwd: home});
	const database = new DatabaseSync(path.join(home, file), {readOnly: true});
	const rows = database.prepare('SELECT body, told FROM messages ORDER BY at').all();
	database.close();
	return rows;
};

const sentenceAfter = (text: string): string => `${text.trim()}\n`;

test('a screen that is killed comes back under its name', async () => {
	const {port} = await startHost();
	const first = await openChat(port, 'alice');
	const bob = await meet(first, port, 'bob');
	first.kill('SIGKILL');
	await first.waitForExit();
	const second = await openChat(port, 'alice', {home: first.home});
	say(second, 'bob: back');

	expect(await bob.line()).toBe('from alice: back');
	bob.socket.destroy();
});

test('a host that is killed is waited for, and what was typed meanwhile is sent in order', async () => {
	const store = storeFlag();
	const {alice, port} = await openAtKilledHost(store);
	say(alice, 'bob: one');
	say(alice, 'bob: two');
	await alice.waitFor('two');
	alice.press('alt+1');
	await startHost([store], {port});
	const bob = await Peer.login(addressOf(port), 'bob');

	expect(await bob.take(2)).toEqual(['from alice: one', 'from alice: two']);
	await alice.waitFor(/connected again[\s\S]*bob came/);
	alice.press('alt+0');
	await alice.waitFor(/the connection to 127[\s\S]*connected again/);
	expect(alice.text()).not.toContain('Nobody hosts');
	bob.socket.destroy();
});

test('what was typed for one host does not go to another one at its address', async () => {
	const {alice, port} = await openAtKilledHost(storeFlag());
	say(alice, 'bob: a secret');
	await alice.waitFor('a secret');
	await startHost(inMemory, {port});
	const bob = await Peer.login(addressOf(port), 'bob');
	await alice.waitFor('Another host than before: send it the line that waits?');
	await answer(alice, 'n');
	await alice.waitFor('✗ not sent');
	say(alice, 'bob: hello');

	expect(await bob.line()).toBe('from alice: hello');
	bob.socket.destroy();
});

test('what was typed for one host goes to another one if the person says so', async () => {
	const {alice, port} = await openAtKilledHost(storeFlag());
	say(alice, 'bob: one');
	say(alice, 'bob: two');
	await alice.waitFor('two');
	await startHost(inMemory, {port});
	await alice.waitFor('Another host than before: send it the 2 lines that wait?');
	const bob = await Peer.login(addressOf(port), 'bob');
	await answer(alice, 'y');

	expect(await bob.take(2)).toEqual(['from alice: one', 'from alice: two']);
	bob.socket.destroy();
});

test('what was never written can be taken back, what was is not sent twice', async () => {
	const store = storeFlag();
	const {program, port} = await startHost([store]);
	const alice = await openChat(port, 'alice');
	const before = await meet(alice, port, 'bob');
	await alice.waitFor(/hello ✓/);
	program.kill('SIGKILL');
	await before.ended;
	await alice.waitFor(/not connected/);
	say(alice, 'bob: wrong');
	await alice.waitFor('wrong');
	alice.press('up');
	await alice.waitFor(screen => screen.row(screen.cursor.row).includes('bob: wrong'));
	alice.press('ctrl+w');
	say(alice, 'right');
	await startHost([store], {port});
	const bob = await Peer.login(addressOf(port), 'bob');

	expect(await bob.line()).toBe('from alice: right');
	expect(bob.lines).toEqual([]);
	bob.socket.destroy();
});

test('a port that answers HTTP says so, on a terminal given back', async () => {
	const server = await startForeignServer();
	server.accept().then(socket => socket.end('HTTP/1.1 400 Bad Request\r\n\r\n'));
	const screen = await openTerminal({args: ['--name=alice', `--join=127.0.0.1:${server.port}`]});

	expect(await screen.waitForExit()).toEqual({code: 1});
	expect(screen.text()).toMatch(/answers HTTP, not chat/);
	await expectTerminalRestored(screen);
});

test.each([
	['a wrong flag', ['--nonsense']],
	['a bad name', ['--name=a:b']],
])('%s leaves the terminal alone', async (_, args) => {
	const screen = await openTerminal({args, columns: 200});

	expect(await screen.waitForExit()).toEqual({code: 2});
	expectOneSentence(sentenceAfter(screen.text()));
	expect(screen.raw).not.toContain('\u001B[?1049h');
	await expectTerminalRestored(screen);
});

test('where nobody hosts at a given address the screen tries on, and can be left', async () => {
	const screen = await openTerminal({args: ['--name=alice', '--join=127.0.0.1:1']});
	await screen.waitFor(/next try in \d+ s/);
	quit(screen);

	expect(await screen.waitForExit()).toEqual({code: 0});
	await expectTerminalRestored(screen);
});

test('who has what was said before is shown at the next start, also what came to somebody meanwhile', async () => {
	const {port} = await startHost([storeFlag()]);
	const alice = await openChat(port, 'alice', {columns: 120});
	const bobsHome = temporaryFolder();
	const bob = await openChat(port, 'bob', {home: bobsHome});
	await alice.waitFor('1 here: bob');
	alice.type('/join #dev\r');
	await alice.waitFor('you are in #dev');
	alice.press('alt+0');
	say(alice, 'bob: both');
	say(alice, '#dev, bob: the room');
	await alice.waitFor(/both ✓✓.*the room ✓ bob\s/s);
	quit(bob);
	await bob.waitForExit();
	await alice.waitFor('nobody else is here');
	say(alice, 'bob: meanwhile');
	await sayToStrangers(alice, 'bob, nobody: not all');
	await alice.waitFor(/meanwhile ✓ bob: not yet.*not all ✓ bob: not yet · nobody: no such/s);
	const keepsAll = () => keptIn(alice.home).every(({told}) => told !== null);
	await expect.poll(keepsAll).toBe(true);
	alice.kill('SIGKILL');
	await alice.waitForExit();

	const second = await openChat(port, 'alice', {home: alice.home, columns: 120});
	await second.waitFor(/both ✓✓.*the room ✓ bob\s.*meanwhile ✓ bob: not yet.*nobody: no such/s);
	// What was a draft in the second before the kill is one again.
	second.press('ctrl+u');
	quit(second);
	await second.waitForExit();
	const back = await openChat(port, 'bob', {home: bobsHome});
	await back.waitFor('not all');
	const third = await openChat(port, 'alice', {home: alice.home, columns: 120});
	await third.waitFor(/both ✓✓.*the room ✓ bob\s.*meanwhile ✓✓.*not all ✓ bob · nobody: no such/s);
});

test('what nobody has read is unread at the next start, with what came meanwhile, also after a kill', async () => {
	const {port} = await startHost();
	const size = {columns: 100};
	const first = await openChat(port, 'dan', size);
	await first.waitFor('nobody else is here');
	const [eve, alice] = [await Peer.login(addressOf(port), 'eve'), await Peer.login(addressOf(port), 'alice')];
	eve.send('dan: read by dan');
	await first.waitFor('read by dan');
	first.type('/msg bob\r');
	await first.waitFor('to [bob not here]');
	eve.send('dan: one', 'dan: two');
	await first.waitFor(/eve +2!/);
	alice.send(...Array.from({length: 150}, (_, at) => `dan: line ${at}.`));
	await first.waitFor(/alice +150!/);
	first.press('ctrl+d', 'enter');
	await first.waitForExit();
	alice.send('dan: meanwhile');

	const second = await openChat(port, 'dan', {home: first.home, ...size});
	await second.waitFor(/eve +2!.*alice +151!.*1 message came while you were away/s);
	eve.send('dan: three');
	await second.waitFor('eve: three');
	// It is looked at as it comes, and that is kept, too.
	const [file = expect.fail('nothing is kept')] = globSync('data/sessions/*/*/screen.json', {
		cwd: first.home,
	});
	const keeps = () => readFileSync(path.join(first.home, file), 'utf8').includes('"seenSince":1');
	await expect.poll(keeps, {timeout: 10_000}).toBe(true);
	second.kill('SIGKILL');
	await second.waitForExit();

	const third = await openChat(port, 'dan', {home: first.home, ...size});
	await third.waitFor(/eve +2!.*alice +151!/s);
	third.press('alt+a');
	await third.waitFor(/read by dan.*─ new ─.*one.*two.*three/s);
	third.press('alt+a');
	await third.waitFor('meanwhile');
	expect(third.text()).not.toMatch(/\d!/);
	third.press('alt+a');
	await third.waitFor('nothing is unread');
	for (const peer of [eve, alice]) peer.socket.destroy();
});

test('on coming back times run forward, and nobody who sat there is told of having been away', async () => {
	const store = storeFlag();
	const {program, port} = await startHost([store]);
	const alice = await openChat(port, 'alice');
	await alice.waitFor('nobody else is here');
	const before = await ExtendedPeer.join(addressOf(port), 'bob');
	await before.send('one', ['alice'], 'one');
	await alice.waitFor('bob: one');
	alice.kill('SIGSTOP');
	program.kill('SIGKILL');
	await program.waitForExit();
	await startHost([store], {port});
	const bob = await ExtendedPeer.join(addressOf(port), 'bob');
	await bob.send('two', ['alice'], 'two');
	alice.kill('SIGCONT');
	await alice.waitFor(/bob: one.* two.*connected again.*1 message came while the connection was gone/s);

	quit(alice);
	await alice.waitForExit();
	const second = await openChat(port, 'alice', {home: alice.home});
	await second.waitFor(/ two\s.*above is what was said before, last at \d\d:\d\d\s/s);
	bob.peer.socket.destroy();
});
