import {globSync, readFileSync, statSync, writeFileSync} from 'node:fs';
import path from 'node:path';
import {expect, test} from 'vitest';
import {openChat, quit} from '../support/chat-screen.ts';
import {temporaryFolder} from '../support/environment.ts';
import {startHost} from '../support/program.ts';

const keptFile = (home: string): string => {
	const [file = expect.fail('nothing is kept')] = globSync('data/sessions/*/*/screen.json', {cwd: home});
	return path.join(home, file);
};

test('drafts, and who is ignored, are there again at the next start, also after a kill', async () => {
	const {port} = await startHost();
	const home = temporaryFolder();
	const first = await openChat(port, 'alice', {home});
	await first.waitFor('nobody else is here');
	first.type('/msg bob, carol\r');
	await first.waitFor('to [bob not here] [carol not here]');
	first.type('half a thought');
	first.press('alt+0');
	first.type('/ignore mallory\r');
	await first.waitFor('what mallory says is hidden');
	first.type('dave: and another');
	await first.waitFor('[dave not here]');
	await expect.poll(() => readFileSync(keptFile(home), 'utf8')).toContain('another');
	first.kill('SIGKILL');
	await first.waitForExit();
	expect(statSync(keptFile(home)).mode & 0o777).toBe(0o600);

	const second = await openChat(port, 'alice', {home});
	await second.waitFor('› dave: and another');
	await second.waitFor(/bob, carol +\*/);
	second.press('ctrl+u', 'alt+1');
	await second.waitFor('› half a thought');
	second.press('backspace');
	second.type('T, changed');
	second.press('alt+0');
	second.type('/ignore\r');
	await second.waitFor('ignored: mallory');
	quit(second);
	await second.waitForExit();
	// What is left is written also when the program ends at once.
	expect(readFileSync(keptFile(home), 'utf8')).toContain('half a thoughT, changed');
});

test('a file that is damaged, or has what cannot be, keeps nobody from talking', async () => {
	const {port} = await startHost();
	const home = temporaryFolder();
	const first = await openChat(port, 'alice', {home});
	await first.waitFor('nobody else is here');
	first.type('bob: first');
	await expect.poll(() => globSync('data/sessions/*/*/screen.json', {cwd: home}).length).toBe(1);
	first.press('ctrl+u');
	quit(first);
	await first.waitForExit();
	const drafts = [
		{members: ['no name'], text: 'x'},
		{members: ['bob'], text: '\u001B[2Jsane', caret: -7},
		{members: 7, text: 'everywhere', caret: 1e9},
		'none',
	];
	const unread = ['none', {members: ['bob'], messages: 1e9, mentions: -1}, {members: [7], messages: '1'}];
	const others = {ignored: [1, 'a,b'], muted: 'x', newest: 3, unread};
	writeFileSync(keptFile(home), JSON.stringify({drafts, ...others}));
	const second = await openChat(port, 'alice', {home});
	await second.waitFor('› everywhere');
	expect(second.text()).not.toContain('!');
	second.press('alt+1');
	await second.waitFor('› [2Jsane');
});
