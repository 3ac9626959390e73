import {createPalette, type Palette, paletteOf16} from './theme/palette.ts';
import type {TerminalLook} from './theme/terminal-look.ts';

type Style = (text: string) => string;

/** How the parts of the screen look; each takes text without styles and gives it back styled. */
export type Theme = {
	/** What is to be found at a glance: the status, and the conversation that is open. */
	readonly status: Style;
	/** What is looked for, within whatever looks it has there. */
	readonly found: Style;
	/** What is there for whom it interests. */
	readonly dim: Style;
	/** A line between two things, without words: it may be seen less well than these. */
	readonly line: Style;
	readonly strong: Style;
	readonly emphasis: Style;
	readonly code: Style;
	readonly warning: Style;
	/** What nobody must overlook. */
	readonly alert: Style;
	/** Somebody's name; the same name has the same colour everywhere. */
	readonly name: (text: string, key: string) => string;
	readonly ownName: Style;
	/**
	 * Part of an address, which leads there where terminals have links.
	 *
	 * @param target printable ASCII only
	 * @param id the same for all parts of one link, of letters, digits and `-`
	 */
	readonly link: (text: string, target: string, id: string) => string;
};

const sgr =
	(on: string, off: string): Style =>
	text =>
		`\x1b[${on}m${text}\x1b[${off}m`;
const asIs: Style = text => text;
const bold = sgr('1', '22');
const inverse = sgr('7', '27');
const underline = sgr('4', '24');

/** Bold, dim and inverse stay where colours are not wanted: https://no-color.org speaks of colours only. */
export function createTheme({colors, background, takesStrings}: Omit<TerminalLook, 'charset'>): Theme {
	const palette: Partial<Palette> =
		colors === 0 ? {} : colors === 16 ? paletteOf16(background) : createPalette(colors, background);
	const colored = (color: string | undefined): Style => (color === undefined ? asIs : sgr(color, '39'));
	const dim = palette.quiet === undefined ? sgr('2', '22') : colored(palette.quiet);
	let names: readonly Style[] | undefined;
	const warning = colored(palette.warning);
	const link = colored(palette.link);
	return {
		status: palette.bar ? sgr(`${palette.bar.text};${palette.bar.behind}`, '39;49') : inverse,
		found: inverse,
		dim,
		line: palette.bar ? colored(palette.bar.behind.replace('48', '38')) : dim,
		strong: bold,
		emphasis: sgr('3', '23'),
		code: colored(palette.code),
		warning: text => bold(warning(text)),
		// Where the status is inverse and nothing has a colour, what is not stands out.
		alert: palette.warning === undefined ? bold : text => bold(inverse(warning(text))),
		name(text, key) {
			names ??= (palette.names?.() ?? []).map(colored);
			return names[hash(key) % names.length]?.(text) ?? text;
		},
		ownName: bold,
		link(text, target, id) {
			const styled = link(underline(text));
			return takesStrings ? `\x1b]8;id=${id};${target}\x1b\\${styled}\x1b]8;;\x1b\\` : styled;
		},
	};
}

/** No styles at all, for frames that people compare by eye. */
export const plainTheme: Theme = {
	status: asIs,
	found: asIs,
	dim: asIs,
	line: asIs,
	strong: asIs,
	emphasis: asIs,
	code: asIs,
	warning: asIs,
	alert: asIs,
	name: asIs,
	ownName: asIs,
	link: asIs,
};

/** FNV-1a, and its bits mixed once more: names of few letters, as people have, fall far from each other. */
function hash(text: string): number {
	let value = 0x811c9dc5;
	for (let index = 0; index < text.length; index++)
		value = Math.imul(value ^ text.charCodeAt(index), 0x01000193);
	value = Math.imul(value ^ (value >>> 15), 0x2c1b3c6d);
	return (value ^ (value >>> 13)) >>> 0;
}
