import {expect, test} from 'vitest';
import {addressOf, openChat, quit} from '../support/chat-screen.ts';
import {temporaryFolder} from '../support/environment.ts';
import {Peer} from '../support/peer.ts';
import {startHost} from '../support/program.ts';
import {expectTerminalRestored} from '../support/terminal-restored.ts';

test('what was said long ago is found at the host, and read where it was said', async () => {
	const {port} = await startHost();
	const home = temporaryFolder();
	const first = await openChat(port, 'alice', {home});
	await first.waitFor('nobody else is here');
	const bob = await Peer.login(addressOf(port), 'bob');
	bob.send('alice: the well is 40 m deep', ...Array.from({length: 300}, (_, at) => `alice: line ${at}.`));
	await first.waitFor('line 299.');
	quit(first);
	await first.waitForExit();
	const alice = await openChat(port, 'alice', {home});
	await alice.waitFor('line 299.');
	alice.press('ctrl+r');
	alice.type('299');
	await alice.waitFor('search: 299  · 1 of 1');
	const {row, column} = alice.cursor;
	expect(alice.row(row).slice(0, column)).toBe(' search: 299');
	const hit = alice
		.text()
		.split('\n')
		.findIndex(text => text.includes('line 299.'));
	expect(alice.cell(hit, alice.row(hit).indexOf('299'))?.isInverse()).toBeTruthy();
	alice.press('ctrl+u');
	alice.type('well deep');
	await alice.waitFor('search: well deep  · 1 of 1, elsewhere');
	expect(alice.text()).toMatch(/bob: the well is 40 m deep/);
	alice.press('enter');
	await alice.waitFor(/the well is 40 m deep\n.* line 0\.\n.* line 1\./);
	expect(alice.text()).not.toContain('search:');
	quit(alice);

	await expectTerminalRestored(alice);
	bob.socket.destroy();
});
