import {setTimeout as sleep} from 'node:timers/promises';
import {expect} from 'vitest';
import {Peer} from './peer.ts';
import {openTerminal, type TerminalOptions, type TerminalScreen} from './terminal.ts';

/** Longer than the pause after which a key is no longer part of what was being written, in ms. */
const readingMs = 800;

/** The address of a host of a test, for `Peer`. */
export const addressOf = (port: number) => ({host: '127.0.0.1', port});

/** Opens the screen at a host, and resolves when its composer is there. */
export const openChat = async (
	port: number,
	login: string,
	{args = [], ...options}: TerminalOptions = {},
): Promise<TerminalScreen> => {
	const screen = await openTerminal({
		args: [`--name=${login}`, `--join=127.0.0.1:${port}`, ...args],
		...options,
	});
	await screen.waitFor(({isAlternate, cursor}) => isAlternate && !cursor.isHidden && cursor.row > 0);
	return screen;
};

/** Types a line and sends it, and goes back from its conversation to where everything is shown. */
export const say = (screen: TerminalScreen, line: string): void => {
	screen.type(line);
	screen.press('enter', 'alt+0');
};

/** The same to somebody whom nobody knows: a second Enter says yes, of somebody who has read what it says yes to. */
export const sayToStrangers = async (screen: TerminalScreen, line: string): Promise<void> => {
	screen.type(line);
	screen.press('enter');
	await screen.waitFor('Enter again');
	await answer(screen, 'enter');
	screen.press('alt+0');
};

/** Presses the key that answers a question, as somebody does who has stopped writing and read it. */
export const answer = async (screen: TerminalScreen, key: string): Promise<void> => {
	await sleep(readingMs);
	screen.press(key);
};

/**
 * Logs a peer in and has the screen greet it: from then on both are certainly in, as a plain server confirms nothing.
 */
export const meet = async (screen: TerminalScreen, port: number, login: string): Promise<Peer> => {
	const peer = await Peer.login(addressOf(port), login);
	screen.type(`${login}: hello`);
	// Who is not here yet, as far as the screen knows, is asked about.
	await screen.waitFor(new RegExp(`\\[${login}( never seen)?\\]`));
	screen.press('enter', 'alt+0');
	expect(await peer.line()).toMatch(/^from .+: hello$/);
	return peer;
};

/**
 * Leaves with an empty composer as a person does: Ctrl+C asks, the next one says yes. A third would come after the
 * program gave the terminal back: there it is a signal, at which the kernel throws away what was not read yet.
 */
export const quit = (screen: TerminalScreen): void => {
	screen.press('ctrl+c', 'ctrl+c');
};
