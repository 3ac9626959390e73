import path from 'node:path';
import {expect, test} from 'vitest';
import {addressOf, openChat, quit} from '../support/chat-screen.ts';
import {temporaryFolder} from '../support/environment.ts';
import {Peer} from '../support/peer.ts';
import {startHost} from '../support/program.ts';
import {expectTerminalRestored} from '../support/terminal-restored.ts';

test('what was said long ago is found at the host, and read where it was said', async () => {
	const {port, program} = await startHost(['--store', path.join(temporaryFolder(), 'store')]);
	const home = temporaryFolder();
	const first = await openChat(port, 'alice', {home});
	await first.waitFor('nobody else is here');
	const bob = await Peer.login(addressOf(port), 'bob');
	// More than a screen holds.
	bob.send('alice: the well is 40 m deep', ...Array.from({length: 6000}, (_, at) => `alice: line ${at}.`));
	await first.waitFor('line 5999.');
	quit(first);
	await first.waitForExit();
	const alice = await openChat(port, 'alice', {home});
	await alice.waitFor('line 5999.');
	alice.press('ctrl+r');
	alice.type('5999');
	await alice.waitFor('search: 5999  · 1 of 1');
	const {row, column} = alice.cursor;
	expect(alice.row(row).slice(0, column)).toBe(' search: 5999');
	const hit = alice
		.text()
		.split('\n')
		.findIndex(text => text.includes('line 5999.'));
	expect(alice.cell(hit, alice.row(hit).indexOf('5999'))?.isInverse()).toBeTruthy();
	alice.press('ctrl+u');
	alice.type('well deep');
	await alice.waitFor('search: well deep  · 1 of 1, elsewhere');
	expect(alice.text()).toMatch(/bob: the well is 40 m deep/);
	alice.press('enter');
	await alice.waitFor(/the well is 40 m deep\n.* line 0\.\n.* line 1\./);
	expect(alice.text()).not.toContain('search:');
	expect(alice.text()).toContain('an excerpt, ');
	expect(alice.text()).toContain('line 5999.');
	// The draft has the keys, and what is read goes on.
	alice.type('thanks');
	await alice.waitFor('› thanks');
	await expect
		.poll(
			() => {
				alice.press('pagedown');
				return alice.text();
			},
			{timeout: 20_000},
		)
		.toMatch(/ line 1[5-9]\d\./);
	alice.press('escape');
	await alice.waitFor(screen => !screen.text().includes('excerpt') && screen.text().includes('line 5998.'));

	alice.press('ctrl+r');
	alice.type('well deep');
	await alice.waitFor('1 of 1, elsewhere');
	program.kill('SIGKILL');
	await alice.waitFor('not connected');
	alice.press('enter');
	await alice.waitFor(/not reached.*\n(.*\n)*.*the well is 40 m deep/);
	alice.press('ctrl+end', 'ctrl+u');
	await alice.waitFor(screen => !screen.text().includes('not reached'));
	quit(alice);

	await expectTerminalRestored(alice);
	bob.socket.destroy();
});
