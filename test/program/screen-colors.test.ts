import {expect, test} from 'vitest';
import {contrast, luminance, type Rgb} from '../../source/ui/theme/rgb.ts';
import {meet, openChat} from '../support/chat-screen.ts';
import {startHost} from '../support/program.ts';
import type {TerminalScreen} from '../support/terminal.ts';

/** The colour of the first letter of bob's name, as 0xRRGGBB. */
function nameColor({terminal}: TerminalScreen): number {
	const {active} = terminal.buffer;
	for (let row = 0; row < terminal.rows; row++) {
		const line = active.getLine(active.baseY + row);
		const column = line?.translateToString().indexOf('bob: hi') ?? -1;
		if (column >= 0) return line?.getCell(column)?.getFgColor() ?? -1;
	}
	return -1;
}

const rgb = (color: number): Rgb => [color >> 16, (color >> 8) & 255, color & 255];

test('the terminal is asked for its background, and names are readable on what it says', async () => {
	const {port} = await startHost();
	const alice = await openChat(port, 'alice', {columns: 60, env: {COLORTERM: 'truecolor'}});
	const bob = await meet(alice, port, 'bob');
	bob.send('alice: hi');
	await alice.waitFor('bob: hi');

	expect(alice.raw).toContain('\x1b]11;?\x1b\\');
	let before = nameColor(alice);
	for (const [answer, background] of [
		['ffff/ffff/ffff', [255, 255, 255]],
		['0000/2b2b/3636', [0, 43, 54]],
	] as const) {
		alice.type(`\x1b]11;rgb:${answer}\x1b\\`);
		await alice.waitFor(screen => nameColor(screen) !== before);
		before = nameColor(alice);
		expect(contrast(luminance(rgb(before)), luminance(background))).toBeGreaterThanOrEqual(4.5);
	}
	bob.socket.destroy();
});

test('an address is a link to itself, and a long line opens with Alt+E', async () => {
	const {port} = await startHost();
	const alice = await openChat(port, 'alice', {columns: 60});
	const bob = await meet(alice, port, 'bob');
	bob.send('alice: see https://b.example/x, and');
	await alice.waitFor('b.example/x, and');
	expect(alice.raw).toMatch(
		/\x1b\]8;id=m\d+-0-1;https:\/\/b\.example\/x\x1b\\(?:\x1b\[[\d;]*m)*https:\/\/b\.example\/x(?:\x1b\[[\d;]*m)*\x1b\]8;;/,
	);
	bob.send(`alice: ${'word '.repeat(400)}end.`);
	await alice.waitFor('more characters: Alt+E unfolds');
	alice.press('alt+e', 'pagedown', 'pagedown', 'pagedown');
	await alice.waitFor(/word\s+end\./);
	expect(alice.text()).not.toContain('unfolds');
	bob.socket.destroy();
});

test('a terminal that may print a question is not asked, and one without Unicode gets ASCII only', async () => {
	const {port} = await startHost();
	const alice = await openChat(port, 'alice', {columns: 60, env: {TERM: 'linux', LC_ALL: 'C'}});
	const bob = await meet(alice, port, 'bob');
	bob.send('alice: größe https://b.example/');
	await alice.waitFor('bob: gr??e https://b.example/');

	expect(alice.text()).toContain('> bob: hello +');
	expect(alice.raw).toMatch(/^[\0-\x7F]*$/);
	expect(alice.raw).not.toContain('\x1b]8');
	expect(alice.raw).not.toContain('\x1b]11');
	bob.socket.destroy();
});
