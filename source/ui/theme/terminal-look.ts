import type {Charset} from '../text/glyphs.ts';
import type {ColorDepth} from './palette.ts';
import type {Rgb} from './rgb.ts';

/** What a terminal can show, as far as it is known. */
export type TerminalLook = {
	readonly colors: ColorDepth;
	/** Undefined as long as the terminal has not said it. */
	readonly background: Rgb | undefined;
	/** Whether it takes control strings: OSC 8 for links, OSC 11 for a question. One that does not know them skips them. */
	readonly takesStrings: boolean;
	readonly charset: Charset;
};

/** Terminals that print what they do not understand, or that may. */
const knowsNoStrings = /^(?:linux|dumb|unknown|vt\d+|cons25|sun|ansi)?$/;

/** What the environment tells of the terminal. */
export function lookOf(environment: NodeJS.ProcessEnv): TerminalLook {
	const {TERM = ''} = environment;
	return {
		colors: wantsColor(environment) ? depthOf(environment) : 0,
		background: backgroundOf(environment.COLORFGBG),
		takesStrings: !knowsNoStrings.test(TERM),
		charset: charsetOf(environment),
	};
}

/** Whether the environment wants colours: `FORCE_COLOR` before `NO_COLOR`, as Node itself has it. */
function wantsColor(environment: NodeJS.ProcessEnv): boolean {
	if (environment.FORCE_COLOR !== undefined)
		return environment.FORCE_COLOR !== '0' && environment.FORCE_COLOR !== 'false';
	return !environment.NO_COLOR;
}

function depthOf({FORCE_COLOR, COLORTERM = '', TERM = ''}: NodeJS.ProcessEnv): ColorDepth {
	if (FORCE_COLOR === '3' || /^(?:truecolor|24bit)$/i.test(COLORTERM) || /-direct/.test(TERM)) return 'true';
	return FORCE_COLOR === '2' || /256|kitty|alacritty|^foot/.test(TERM) ? 256 : 16;
}

/** `COLORFGBG` is what rxvt and Konsole say: numbers of 16 colours, the last is the background's. */
function backgroundOf(value: string | undefined): Rgb | undefined {
	const index = /;(?<index>\d{1,2})$/.exec(value ?? '')?.groups?.index;
	if (index === undefined) return undefined;
	return index === '7' || index === '15' ? [255, 255, 255] : [0, 0, 0];
}

/**
 * The locale names the charset. Where none is set, as in most containers, the terminal around it has Unicode all the
 * same.
 */
function charsetOf({LC_ALL, LC_CTYPE, LANG, TERM}: NodeJS.ProcessEnv): Charset {
	const locale = LC_ALL || LC_CTYPE || LANG;
	if (locale && !/utf-?8/i.test(locale)) return 'ascii';
	return TERM === 'linux' ? 'letters' : 'unicode';
}
