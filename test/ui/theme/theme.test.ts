import {expect, test} from 'vitest';
import {lookOf} from '../../../source/ui/theme/terminal-look.ts';
import {createTheme} from '../../../source/ui/theme.ts';

const colors = (environment: NodeJS.ProcessEnv) => lookOf(environment).colors;

test('the environment tells how many colours there are, and whether any are wanted', () => {
	expect(colors({TERM: 'xterm-256color'})).toBe(256);
	expect(colors({TERM: 'xterm-256color', COLORTERM: 'truecolor'})).toBe('true');
	expect(colors({TERM: 'linux'})).toBe(16);
	expect(colors({TERM: 'xterm-256color', NO_COLOR: '1'})).toBe(0);
	expect(colors({TERM: 'xterm-256color', NO_COLOR: ''})).toBe(256);
	expect(colors({TERM: 'xterm', NO_COLOR: '1', FORCE_COLOR: '2'})).toBe(256);
	expect(colors({TERM: 'xterm', FORCE_COLOR: '0'})).toBe(0);
});

test('what rxvt and Konsole say of the background is taken, and links only where they do no harm', () => {
	expect(lookOf({TERM: 'rxvt', COLORFGBG: '0;default;15'})).toMatchObject({background: [255, 255, 255]});
	expect(lookOf({TERM: 'rxvt', COLORFGBG: '15;0'})).toMatchObject({background: [0, 0, 0]});
	expect(lookOf({TERM: 'xterm'})).toMatchObject({colors: 16, background: undefined, takesStrings: true});
	expect(lookOf({TERM: 'linux'}).takesStrings).toBe(false);
	expect(lookOf({}).takesStrings).toBe(false);
});

test('the locale tells what can be drawn, and without one it is everything', () => {
	const charset = (environment: NodeJS.ProcessEnv) => lookOf(environment).charset;

	expect(charset({LANG: 'de_DE.UTF-8'})).toBe('unicode');
	expect(charset({LANG: 'C.utf8'})).toBe('unicode');
	expect(charset({})).toBe('unicode');
	expect(charset({LANG: 'C'})).toBe('ascii');
	expect(charset({LANG: 'en_US.UTF-8', LC_ALL: 'POSIX'})).toBe('ascii');
	expect(charset({LANG: 'C', LC_CTYPE: 'C.UTF-8'})).toBe('unicode');
	expect(charset({LANG: 'C.UTF-8', TERM: 'linux'})).toBe('letters');
});

test('a name keeps its colour, others have others, and there is none where none is wanted', () => {
	const theme = createTheme({colors: 'true', background: undefined, takesStrings: true});
	const names = Array.from({length: 60}, (_, index) => `person${index}`);
	const styles = new Set(names.map(name => theme.name('x', name)));

	expect(theme.name('bob', 'bob')).toMatch(/^\x1b\[38;2;\d+;\d+;\d+mbob\x1b\[39m$/);
	expect(theme.name('bob', 'bob')).toBe(theme.name('bob', 'bob'));
	expect(styles.size).toBe(12);
	expect(createTheme({colors: 0, background: undefined, takesStrings: false}).name('bob', 'bob')).toBe('bob');
});

test('a link says where it leads, and is only underlined where terminals have none', () => {
	const look = {colors: 0, background: undefined} as const;

	expect(createTheme({...look, takesStrings: true}).link('b.c/', 'https://b.c/', '7-1')).toBe(
		'\x1b]8;id=7-1;https://b.c/\x1b\\\x1b[4mb.c/\x1b[24m\x1b]8;;\x1b\\',
	);
	expect(createTheme({...look, takesStrings: false}).link('b.c/', 'https://b.c/', '7-1')).toBe(
		'\x1b[4mb.c/\x1b[24m',
	);
});

test('the status is inverse until the background is known, then a quiet bar', () => {
	const look = {colors: 'true', takesStrings: true} as const;

	expect(createTheme({...look, background: undefined}).status('x')).toBe('\x1b[7mx\x1b[27m');
	expect(createTheme({...look, background: [0, 0, 0]}).status('x')).toMatch(
		/^\x1b\[38;2;238;238;238;48;2;(\d+);\1;\1mx\x1b\[39;49m$/,
	);
	expect(createTheme({...look, colors: 16, background: [0, 0, 0]}).status('x')).toBe('\x1b[7mx\x1b[27m');
});

test('what nobody must overlook is bold and has a colour behind it, and without colours none at all', () => {
	const alert = (colors: 0 | 16 | 256 | 'true') =>
		createTheme({colors, background: [0, 0, 0], takesStrings: false}).alert('x');

	for (const colors of [16, 256, 'true'] as const)
		expect(alert(colors)).toMatch(/^\x1b\[1m\x1b\[7m\x1b\[[\d;]+mx\x1b\[39m\x1b\[27m\x1b\[22m$/);
	expect(alert(0)).toBe('\x1b[1mx\x1b[22m');
});
