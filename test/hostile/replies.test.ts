import {expect, test} from 'vitest';
import type {KeyEvent} from '../../source/ui/keys/key-event.ts';
import {KeyParser} from '../../source/ui/keys/key-parser.ts';
import {quit, say} from '../support/chat-screen.ts';
import {startForeignServer, withoutHello} from '../support/foreign-server.ts';
import {openTerminal, type TerminalScreen} from '../support/terminal.ts';
import {expectTerminalRestored} from '../support/terminal-restored.ts';
import {openAtForeignServer} from './open.ts';
import {terminalReplies} from './terminal-replies.ts';

const replies = Object.values(terminalReplies).flat();
const all = replies.join('');

const textOf = (events: readonly KeyEvent[]): string =>
	events.map(event => ('text' in event ? event.text : '')).join('');

const namesOf = (events: readonly KeyEvent[]): string[] =>
	events.flatMap(event => (event.type === 'key' ? [`${event.alt ? 'alt+' : ''}${event.name}`] : []));

/** What a pause makes of the start of a reply: nobody can tell it from Escape, or from Alt with that letter. */
const starts = new Set(['escape', 'alt+]', 'alt+p', 'alt+_', 'alt+^', 'alt+x']);

test('replies never become text, cut at each byte, with and without a pause there', () => {
	let cuts = 0;
	for (const reply of replies) {
		const bytes = Buffer.from(reply);
		for (let cut = 0; cut <= bytes.length; cut++) {
			for (const hasPause of [false, true]) {
				const parser = new KeyParser();
				const events = [...parser.push(Buffer.from('a')), ...parser.push(bytes.subarray(0, cut))];
				if (hasPause) events.push(...parser.flush());
				events.push(...parser.push(bytes.subarray(cut)), ...parser.push(Buffer.from('b')), ...parser.flush());
				expect([reply, cut, hasPause, textOf(events)]).toEqual([reply, cut, hasPause, 'ab']);
				const keys = namesOf(events).filter(name => !hasPause || !starts.has(name));
				expect([reply, cut, hasPause, keys]).toEqual([reply, cut, hasPause, []]);
				cuts++;
			}
		}
	}
	console.log(`${replies.length} replies of terminals, ${cuts} cuts`);
});

/** A reply in two writes each: the line discipline may hand over each alone. */
const typeInPieces = (screen: TerminalScreen): void => {
	for (const [index, reply] of replies.entries()) {
		const cut = 1 + (index % (reply.length - 1));
		screen.type(reply.slice(0, cut));
		screen.type(reply.slice(cut));
	}
};

test('replies at any moment never become text in the draft, and never reach the shell', async () => {
	// It never says FIN, so leaving takes its second, in which replies come late.
	const server = await startForeignServer();
	const screen = await openTerminal({args: ['--name=alice', `--join=127.0.0.1:${server.port}`]});
	// Who types before the program listens sees that on the terminal.
	screen.type('\u001B]11;rgb:eeee/eeee/eeee\u001B\\');
	await screen.waitFor(({isAlternate, cursor}) => isAlternate && !cursor.isHidden && cursor.row > 0);
	screen.type(`bob: be${all}`);
	typeInPieces(screen);
	await screen.waitFor('to [bob');
	say(screen, 'fore');
	await expect.poll(() => withoutHello(server.received())).toBe('alice\nbob: before\n');
	quit(screen);
	await screen.waitFor(({isAlternate}) => !isAlternate);
	screen.type(all);
	typeInPieces(screen);

	await expectTerminalRestored(screen);
	expect(screen.text()).not.toMatch(/rgb:1212|title|kitty|0c|\[I/);
});

test('Ctrl+C ends at once while the rest is still being delivered', async () => {
	const {screen} = await openAtForeignServer();
	quit(screen);
	await screen.waitFor(({isAlternate}) => !isAlternate);
	screen.press('ctrl+c');
	expect(await screen.waitForExit()).toEqual({code: 130});
});
