import {cpSync} from 'node:fs';
import {expect, test} from 'vitest';
import {addressOf, openChat, quit} from '../support/chat-screen.ts';
import {temporaryFolder} from '../support/environment.ts';
import {Peer} from '../support/peer.ts';
import {startHost} from '../support/program.ts';
import type {TerminalScreen} from '../support/terminal.ts';

/** The numbers of what stands there as `old 7.`, from the top. */
const shownIn = (screen: TerminalScreen): readonly number[] =>
	[...screen.text().matchAll(/old (\d+)\./g)].map(([, number]) => Number(number));

const upTo = (count: number): readonly number[] => Array.from({length: count}, (_, at) => at);

test('a conversation shows what was said there long ago, from here or from the host, once and in order', async () => {
	const {port} = await startHost();
	const home = temporaryFolder();
	const first = await openChat(port, 'bob', {home});
	await first.waitFor('nobody else is here');
	const [carol, dave] = [
		await Peer.login(addressOf(port), 'carol'),
		await Peer.login(addressOf(port), 'dave'),
	];
	carol.send(...upTo(12).map(number => `bob: old ${number}.`));
	await first.waitFor('old 11.');
	dave.send(...upTo(500).map(number => `bob: line ${number}.`));
	await first.waitFor('line 499.');
	quit(first);
	await first.waitForExit();

	const second = await openChat(port, 'bob', {home});
	await second.waitFor('above is what was said before');
	second.type('/msg carol\r');
	await second.waitFor('old 11.');
	expect(shownIn(second)).toEqual(upTo(12));
	carol.send('bob: old 12.');
	await second.waitFor('old 12.');
	for (let count = 0; count < 5; count++) second.press('pageup');
	second.press('pagedown', 'ctrl+end');
	expect(shownIn(second)).toEqual(upTo(13));
	quit(second);
	await second.waitForExit();

	const elsewhere = temporaryFolder();
	// The same person at another machine: the key, and nothing of what was said.
	cpSync(`${home}/data/identity.pem`, `${elsewhere}/data/identity.pem`);
	const third = await openChat(port, 'bob', {home: elsewhere});
	await third.waitFor('2 here: carol, dave');
	third.type('/msg carol\r');
	await third.waitFor('old 0.');
	expect(shownIn(third)).toEqual(upTo(13));
	for (const peer of [carol, dave]) peer.socket.destroy();
});
