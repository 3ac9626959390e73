import {expect, test} from 'vitest';
import {meet, openChat, say} from '../support/chat-screen.ts';
import {startHost} from '../support/program.ts';

test.each([
	[80, 24],
	[20, 5],
	[300, 100],
	[21, 40],
])('is whole at %i × %i', async (columns, rows) => {
	const {port} = await startHost();
	const alice = await openChat(port, 'alice', {columns, rows});
	const bob = await meet(alice, port, 'bob');
	bob.send(...Array.from({length: 120}, (_, index) => `alice: message ${index} 日本語 🎉`));
	await alice.waitFor('119');
	say(alice, 'bob: x');
	expect(await bob.line()).toBe('from alice: x');

	expect(alice.isAlternate).toBe(true);
	// A row too many would have scrolled the first one, with who we are, out of the window.
	expect(alice.row(0)).toMatch(/127\.0\.0\.1|alice/);
	expect(alice.terminal.buffer.active.baseY).toBe(0);
	expect(alice.cursor.row).toBeLessThan(rows);
	bob.socket.destroy();
});

test('follows the window, down to one that is too small and back', async () => {
	const {port} = await startHost();
	const alice = await openChat(port, 'alice');
	const bob = await meet(alice, port, 'bob');
	bob.send('alice: a message that is long enough to be wrapped in a narrow window, and ends here');
	await alice.waitFor('ends here');
	alice.type('bob: draft');
	await alice.waitFor('bob: draft');

	for (const [columns, rows] of [
		[40, 12],
		[120, 40],
		[20, 5],
		[80, 24],
	] as const) {
		await alice.resize(columns, rows);
		await alice.waitFor(screen => screen.row(screen.cursor.row).includes('bob: draft'));
		if (rows > 5) {
			await alice.waitFor(/ends\s+(?:\S*\s+)?here/);
		}
		expect(alice.terminal.buffer.active.baseY).toBe(0);
	}

	await alice.resize(12, 3);
	await alice.waitFor(/small/i);
	await alice.resize(1, 1);
	await alice.resize(80, 24);
	await alice.waitFor('bob: draft');
	alice.press('enter', 'alt+0');
	expect(await bob.line()).toBe('from alice: draft');
	bob.socket.destroy();
});

test('is whole again when the window is made small and back in one go', async () => {
	const {port} = await startHost();
	const alice = await openChat(port, 'alice');
	await alice.waitFor('nobody else is here');
	for (let time = 0; time < 5; time++) {
		await Promise.all([alice.resize(3, 1), alice.resize(80, 24)]);
		await alice.waitFor(screen => /alice/.test(screen.row(0)) && screen.row(23).startsWith('›'));
	}
});

test('a terminal that counts cells otherwise is drawn right again by the next frame', async () => {
	const {port} = await startHost();
	const alice = await openChat(port, 'alice', {widths: 'unicode6', columns: 40, rows: 10});
	const bob = await meet(alice, port, 'bob');
	bob.send(...Array.from({length: 12}, (_, index) => `alice: ${'😀'.repeat(index)} ${index}`));
	await alice.waitFor(' 11');
	bob.send(...Array.from({length: 10}, (_, index) => `alice: plain ${index}`));
	await alice.waitFor('plain 9');

	expect(alice.text()).not.toContain('😀');
	expect(alice.row(0)).toContain('alice');
	bob.socket.destroy();
});

test('Ctrl+L draws everything anew', async () => {
	const {port} = await startHost();
	const alice = await openChat(port, 'alice');
	await alice.waitFor('nobody else is here');
	const before = alice.text();
	await new Promise<void>(resolve => alice.terminal.write('\u001B[5;5Hrubbish of another program', resolve));
	expect(alice.text()).not.toBe(before);
	alice.press('ctrl+l');

	await alice.waitFor(screen => screen.text() === before);
});

test('new text does not yank a reader down', async () => {
	const {port} = await startHost();
	const alice = await openChat(port, 'alice');
	const bob = await meet(alice, port, 'bob');
	bob.send(...Array.from({length: 100}, (_, index) => `alice: message ${index}.`));
	await alice.waitFor('message 99.');
	alice.press('pageup', 'pageup');
	await alice.waitFor(/── 34 newer ─/);
	// What is read, without the list beside it, which tells of what is new.
	const pane = (text: string): readonly string[] =>
		text
			.split('\n')
			.slice(1, 15)
			.map(row => row.slice(row.indexOf('│')));
	const before = pane(alice.text());
	bob.send('alice: something new.', 'alice: and more.');
	// Its coming shows in how many lines are below, and the newest of them stay in sight.
	await alice.waitFor(/── 36 newer ─.*something new\..*and more\./s);

	expect(pane(alice.text())).toEqual(before);
	alice.press('pagedown', 'pagedown', 'pagedown');
	await alice.waitFor(screen => !screen.text().includes('newer'));
	expect(alice.text()).toContain('and more.');
	bob.socket.destroy();
});

test('NO_COLOR is obeyed', async () => {
	const {port} = await startHost();
	const colour = /\u001B\[[\d;]*(?:3[0-8]|4[0-8]|9[0-7]|10[0-7])(?:;|m)/;
	const without = await openChat(port, 'alice', {env: {NO_COLOR: '1'}});
	const bob = await meet(without, port, 'bob');
	bob.send('alice: hi');
	await without.waitFor(/bob.*hi/);

	expect(without.raw).not.toMatch(colour);
	bob.socket.destroy();
});
