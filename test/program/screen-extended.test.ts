import {cpSync} from 'node:fs';
import {expect, test} from 'vitest';
import {addressOf, answer, openChat, quit, say} from '../support/chat-screen.ts';
import {temporaryFolder} from '../support/environment.ts';
import {ExtendedPeer} from '../support/extended-peer.ts';
import {startForeignServer} from '../support/foreign-server.ts';
import {Peer} from '../support/peer.ts';
import {startHost} from '../support/program.ts';

test('the screen tells who is here, who is writing, and who has what', async () => {
	const {port} = await startHost();
	const home = temporaryFolder();
	const alice = await openChat(port, 'alice');
	await alice.waitFor('nobody else is here');
	const bob = await openChat(port, 'bob', {home});
	await alice.waitFor('1 here: bob');
	const nc = await Peer.login(addressOf(port), 'nc');
	await bob.waitFor('2 here: alice, nc');

	bob.type('alice: how are');
	await alice.waitFor('bob is writing');
	bob.press('enter', 'alt+0');
	await alice.waitFor('bob: how are');
	await expect.poll(() => alice.text()).not.toContain('writing');
	await bob.waitFor('→ alice: how are ✓✓');
	alice.type('bob, nc, dave: fine');
	await alice.waitFor('to [bob] [nc] [dave not here]');
	alice.press('enter');
	await alice.waitFor('Enter again');
	await answer(alice, 'enter');
	alice.press('alt+0');
	await bob.waitFor('alice → nc, dave, bob:');
	expect(await nc.line()).toBe('from alice: fine');
	await alice.waitFor('fine ✓ bob, nc · dave: no such');
	await nc.leave();
	await alice.waitFor('1 here: bob');
});

test('what came while somebody was away is there, with a line about it, and whoever sent it is told', async () => {
	const {port} = await startHost();
	const home = temporaryFolder();
	const alice = await openChat(port, 'alice');
	const first = await openChat(port, 'bob', {home});
	await alice.waitFor('1 here: bob');
	say(alice, 'bob: before');
	await first.waitFor('alice: before');
	quit(first);
	await first.waitForExit();
	await alice.waitFor('nobody else is here');
	say(alice, 'bob: one');
	say(alice, 'bob: two');
	await alice.waitFor('two ✓ bob: not yet');

	const second = await openChat(port, 'bob', {home});
	await second.waitFor(/2 messages came while you were away .*alice 2/s);
	await alice.waitFor('two ✓✓');
	const text = second.text();
	expect(text).toMatch(/alice: before.*above is what was said before.*alice: one.* two.*2 messages/s);
});

test('earlier messages are loaded when the reader scrolls up', async () => {
	const {port} = await startHost();
	const home = temporaryFolder();
	const first = await openChat(port, 'bob', {home});
	await first.waitFor('nobody else is here');
	const nc = await Peer.login(addressOf(port), 'nc');
	nc.send(...Array.from({length: 400}, (_, index) => `bob: line ${index}.`));
	await first.waitFor('line 399.');
	quit(first);
	await first.waitForExit();

	const second = await openChat(port, 'bob', {home});
	await second.waitFor('above is what was said before');
	for (let page = 0; page < 40 && !second.text().includes('line 0.'); page++) {
		second.press('pageup');
		await new Promise(resolve => setTimeout(resolve, 30));
	}
	await second.waitFor('line 0.');
	await nc.leave();
});

test('whoever sends faster than the host takes it is told so, once', async () => {
	const server = await startForeignServer();
	const opening = openChat(server.port, 'alice');
	const socket = await server.accept();
	socket.write(
		'@welcome a-chat=1 srv=s you=alice caps=ack n=0 ts=0 stored=disk text=4096 line=8192 dests=20 rate=5 ping=30 keys=60\n@live\n',
	);
	const alice = await opening;
	socket.write('@slow wait=200\n@slow wait=200\n@note code=OTHER :something else\n');
	await alice.waitFor('something else');
	expect(alice.text().split('you send faster than this host takes it')).toHaveLength(2);
});

test('what is not kept here comes from the host when the reader scrolls up, once and in order', async () => {
	const {port} = await startHost();
	const first = await openChat(port, 'alice');
	await first.waitFor('nobody else is here');
	const bob = await ExtendedPeer.join(addressOf(port), 'bob');
	for (let number = 0; number < 150; number++)
		bob.say({type: 'send', key: `k${number}`, to: ['alice'], text: `line ${number}.`});
	await first.waitFor('line 149.');
	say(first, 'bob: mine');
	await first.waitFor('mine ✓');
	quit(first);
	await first.waitForExit();

	const home = temporaryFolder();
	// The same person at another machine: the key, and nothing of what was said.
	cpSync(`${first.home}/data/identity.pem`, `${home}/data/identity.pem`);
	const second = await openChat(port, 'alice', {home});
	await second.waitFor('1 here: bob');
	say(second, 'bob: more');
	await second.waitFor('more ✓');
	for (let page = 0; page < 60 && !second.text().includes('line 0.'); page++) {
		second.press('pageup');
		await new Promise(resolve => setTimeout(resolve, 30));
		const shown = [...second.text().matchAll(/line (\d+)\./g)].map(([, number]) => Number(number));
		// Below what is read the newest ones stay in sight.
		expect(shown).toEqual([...new Set(shown)].toSorted((one, other) => one - other));
	}
	await second.waitFor('line 0.');
	second.press('ctrl+end');
	// Of what was said elsewhere nobody here knows who has it.
	await second.waitFor(/line 149\..*mine\s.*more ✓/s);
	expect(second.text().split('more ✓')).toHaveLength(2);
	bob.peer.socket.destroy();
});
