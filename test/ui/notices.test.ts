import {expect, test} from 'vitest';
import type {NewChatLine} from '../../source/chat/chat-line.ts';
import {callFor, titleOf} from '../../source/ui/notices/notices.ts';
import {createScreenState, type ScreenAction, screenReducer} from '../../source/ui/screen/screen-state.ts';
import {callBytes, copyBytes, maxCopiedBytes} from '../../source/ui/terminal/asides.ts';
import {plainTheme} from '../../source/ui/theme.ts';

const said = (...lines: NewChatLine[]): ScreenAction => ({type: 'chat', action: {type: 'said', lines}});

const message = (from: string, to: string, text = 'hi'): NewChatLine => ({
	kind: 'message',
	at: 0,
	from,
	to: [to],
	text,
});

const away: ScreenAction = {type: 'focused', isFocused: false, now: 0};

const after = (...actions: ScreenAction[]) =>
	actions.reduce(
		screenReducer,
		createScreenState({size: {columns: 60, rows: 12}, login: 'alice', address: 'here:80', theme: plainTheme}),
	);

test('somebody is called for what is said to us, while the keyboard is elsewhere', () => {
	const words = said(message('bob', 'alice', '\u001B]2;owned'));
	expect(callFor(after(words), 1)).toBeUndefined();
	expect(callFor(after(away, words), 1)).toBe('a-chat-tui: bob wrote to you');
	expect(callFor(after(away, words), 2)).toBeUndefined();
	expect(callFor(after(away, said(message('bob', '#dev'))), 1)).toBeUndefined();
	expect(callFor(after(away, said(message('bob', '#dev', 'alice?'), message('eve', '#dev'))), 1)).toBe(
		'a-chat-tui: bob wrote to you',
	);
	const notice: NewChatLine = {kind: 'notice', at: 0, text: 'connected again'};
	expect(callFor(after(away, said(notice)), 1)).toBeUndefined();
});

test('a name that could be no login is not said', () => {
	const words = said(message('9;4\u001B', 'alice'));
	expect(callFor(after(away, words), 1)).toBe('a-chat-tui: somebody wrote to you');
});

test('muted conversations call nobody and are not counted', () => {
	const mute: ScreenAction = {type: 'chat', action: {type: 'muted', id: 'bob', isMuted: true}};
	const start = [away, said(message('bob', 'alice'), message('carol', 'alice'))];
	expect(titleOf(after(...start))).toBe('(2) a-chat-tui');
	expect(titleOf(after(...start, mute))).toBe('(1) a-chat-tui');
	expect(callFor(after(...start, mute, said(message('bob', 'alice'))), 3)).toBeUndefined();
	const flood = said(...Array.from({length: 150}, () => message('carol', 'alice')));
	expect(titleOf(after(away, flood))).toBe('(99+) a-chat-tui');
	expect(titleOf(after(flood))).toBe('a-chat-tui');
});

test('each terminal gets what it knows', () => {
	const xterm = {takesStrings: true, isInTmux: false, charset: 'unicode'} as const;
	const tmux = {takesStrings: true, isInTmux: true, charset: 'ascii'} as const;
	const console = {takesStrings: false, isInTmux: false, charset: 'letters'} as const;
	expect(callBytes('a', xterm)).toBe('\x07\x1b]9;a\x1b\\');
	// In a terminal of 8 bits a byte of UTF-8 may end the string.
	expect(callBytes('≈ü', tmux)).toBe('\x07\x1bPtmux;\x1b\x1b]9;!?\x1b\x1b\\\x1b\\');
	expect(callBytes('a', console)).toBe('\x07');
	expect(copyBytes('é', xterm)).toBe('\x1b]52;c;w6k=\x1b\\');
	expect(copyBytes('é', tmux)).toBe('\x1b]52;c;w6k=\x1b\\\x1bPtmux;\x1b\x1b]52;c;w6k=\x1b\x1b\\\x1b\\');
	expect(copyBytes('é', console)).toBeUndefined();
	expect(copyBytes('x'.repeat(maxCopiedBytes + 1), xterm)).toBeUndefined();
});
