import {expect} from 'vitest';
import type {TerminalScreen} from './terminal.ts';

// The size is no mode: a resize during the test changes it.
const settings = (stty: string): string[] =>
	stty
		.replaceAll(/\b(rows|columns) \d+;/g, '')
		.split(/[\s;]+/)
		.filter(Boolean);

/** The scrolling region as the terminal itself reports it (DECRQSS). */
const scrollingRegion = async ({terminal}: TerminalScreen): Promise<string> => {
	let reply = '';
	const subscription = terminal.onData(data => {
		reply += data;
	});
	await new Promise<void>(resolve => terminal.write('\u001BP$qr\u001B\\', resolve));
	subscription.dispose();
	return reply;
};

/**
 * Waits for the end of the program, then checks that the terminal is as it was: modes of the emulator, settings of
 * the line discipline, colours and character set of whatever is written next, and no input left for the shell. It
 * writes one character onto the screen, so what the program left there has to be looked at before.
 */
export const expectTerminalRestored = async (screen: TerminalScreen): Promise<void> => {
	await screen.waitForExit();
	const {before, after, unreadInput} = screen.surroundings();
	const {terminal, modes} = screen;

	expect(settings(after), 'line settings (stty -a)').toEqual(settings(before));
	expect(unreadInput, 'input that the shell would get').toBe('');
	expect(modes.changed, 'terminal modes that are not as before').toEqual([]);
	expect({
		buffer: terminal.buffer.active.type,
		isCursorHidden: modes.isCursorHidden,
		wraparound: modes.wraparoundMode,
		bracketedPaste: modes.bracketedPasteMode,
		mouse: modes.mouseTrackingMode,
		originMode: modes.originMode,
		insertMode: modes.insertMode,
		applicationKeypad: modes.applicationKeypadMode,
		cursorShape: modes.cursorShape,
		keyboardDepth: modes.keyboardDepth,
		modifyOtherKeys: modes.modifyOtherKeys,
		title: modes.title,
		scrollingRegion: await scrollingRegion(screen),
	}).toEqual({
		buffer: 'normal',
		isCursorHidden: false,
		wraparound: true,
		bracketedPaste: false,
		mouse: 'none',
		originMode: false,
		insertMode: false,
		applicationKeypad: false,
		cursorShape: 0,
		keyboardDepth: 0,
		modifyOtherKeys: 0,
		title: '',
		scrollingRegion: `\u001BP1$r1;${terminal.rows}r\u001B\\`,
	});

	// A line-drawing character set would make a box corner of it, a forgotten colour would colour it.
	await new Promise<void>(resolve => terminal.write('\r\nq', resolve));
	const {cursorY, cursorX} = terminal.buffer.active;
	const cell = screen.cell(cursorY, cursorX - 1);
	expect(cell?.getChars(), 'the character set').toBe('q');
	expect(cell?.isAttributeDefault(), 'default colours and attributes').toBe(true);
};
