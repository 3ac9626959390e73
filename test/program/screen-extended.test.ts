import {expect, test} from 'vitest';
import {addressOf, openChat, quit, say} from '../support/chat-screen.ts';
import {temporaryFolder} from '../support/environment.ts';
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
	await alice.waitFor('to bob, nc, dave (not here)');
	alice.press('enter', 'alt+0');
	await bob.waitFor('alice → bob, nc, dave:');
	expect(await nc.line()).toBe('from alice: fine');
	await alice.waitFor('fine ✓ bob, nc · dave: nobody by');
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
	await second.waitFor('2 messages came while you were away, from alice');
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
	const {port} = await startHost(['--rate', '1/s']);
	const alice = await openChat(port, 'alice');
	await alice.waitFor('nobody else is here');
	for (let line = 1; line <= 7; line++) say(alice, `bob: line ${line}`);
	await alice.waitFor('you send faster than this host takes it');
	await alice.waitFor(/line 7 ✓/, {timeout: 15_000});
	expect(alice.text().split('you send faster').length).toBe(2);
});
