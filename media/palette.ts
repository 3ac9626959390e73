import type {IBufferCell} from '@xterm/headless';

/** The colours of a terminal's window. */
export type WindowTheme = {
	/** Also what the terminal answers when it is asked for it. */
	readonly background: `#${string}`;
	readonly foreground: string;
	readonly cursor: string;
	/** The bar on top, the line around all of it, and the words in the bar. */
	readonly frame: string;
	readonly border: string;
	readonly title: string;
	readonly buttons: readonly string[];
	/** The sixteen that a terminal's user chooses. */
	readonly ansi: readonly string[];
};

const buttons = ['#ee6a5f', '#f5bd4f', '#61c454'] as const;

const dark: WindowTheme = {
	background: '#12161f',
	foreground: '#d7dce5',
	cursor: '#f2c46d',
	frame: '#1c222e',
	border: '#323b4c',
	title: '#8d98ab',
	buttons,
	ansi: [
		'#2c3444',
		'#f07178',
		'#9ece7a',
		'#e6c06c',
		'#6fb1f0',
		'#c792ea',
		'#63c6c2',
		'#c9d0dc',
		'#6a758a',
		'#ff8f95',
		'#b9e39a',
		'#f5d68d',
		'#93c8ff',
		'#dcb2f5',
		'#8be0db',
		'#ffffff',
	],
};

const light: WindowTheme = {
	background: '#fcfcfa',
	foreground: '#262b36',
	cursor: '#b3701a',
	frame: '#eeeeea',
	border: '#cfd0cb',
	title: '#666b76',
	buttons,
	ansi: [
		'#262b36',
		'#b8323c',
		'#3b7a1c',
		'#8a6100',
		'#1f5fae',
		'#8239a8',
		'#12736f',
		'#c9cbd0',
		'#6a7080',
		'#d0444e',
		'#4c9128',
		'#a57400',
		'#2f76cc',
		'#9a4fc2',
		'#1d8a85',
		'#ffffff',
	],
};

/** A picture is made for each; GitHub shows the one that fits its own page. */
export const themes = {dark, light} as const satisfies Readonly<Record<string, WindowTheme>>;

const hex = (number: number): string => `#${number.toString(16).padStart(6, '0')}`;

// The 6×6×6 cube and the 24 greys as xterm defines them.
const cubeLevel = (level: number): number => (level === 0 ? 0 : 55 + level * 40);

const indexed = (index: number, theme: WindowTheme): string => {
	if (index < 16) {
		return theme.ansi[index] ?? theme.foreground;
	}

	if (index >= 232) {
		return hex((8 + (index - 232) * 10) * 0x01_01_01);
	}

	const cube = index - 16;
	const [red, green, blue] = [Math.floor(cube / 36), Math.floor(cube / 6) % 6, cube % 6].map(cubeLevel);
	return hex(((red ?? 0) << 16) | ((green ?? 0) << 8) | (blue ?? 0));
};

export type Colours = {readonly foreground: string; readonly background: string | undefined};

/** What a cell is drawn in, inversion applied; a background of `undefined` is that of the window. */
export const coloursOf = (cell: IBufferCell, theme: WindowTheme): Colours => {
	const foreground = cell.isFgDefault()
		? theme.foreground
		: cell.isFgRGB()
			? hex(cell.getFgColor())
			: indexed(cell.getFgColor(), theme);
	const background = cell.isBgDefault()
		? undefined
		: cell.isBgRGB()
			? hex(cell.getBgColor())
			: indexed(cell.getBgColor(), theme);

	return cell.isInverse()
		? {foreground: background ?? theme.background, background: foreground}
		: {foreground, background};
};
