import {graphemes, isAscii} from './graphemes.ts';
import {clusterWidth} from './width.ts';

/** What a terminal can draw: all of Unicode; letters, but few signs (the console of Linux); or ASCII only. */
export type Charset = 'unicode' | 'letters' | 'ascii';

/**
 * Every sign of our own beyond ASCII, with what stands for it where there are none. Each takes one cell, as its sign
 * does, so that nothing moves.
 */
export const glyphs: Readonly<Record<string, string>> = {
	'→': '>',
	'›': '>',
	'✓': '+',
	'✗': 'x',
	'×': 'x',
	'…': '~',
	'·': '-',
	'─': '-',
	'│': '|',
	'≈': '!',
	ˑ: "'",
	'□': '#',
	'⟨': '<',
	'⟩': '>',
};

const signs = new RegExp(`[${Object.keys(glyphs).join('')}]`, 'gu');
const controlPicture = /[\u2400-\u2421]/gu;

// With the character before: it may be the base of a mark. Our own sequences are none of it.
const beyondAscii = /\x1B\[[0-?]*[@-~]|\x1B\][^\x1B]*\x1B\\|[ -~]?[^\0-\x7F]+/g;

const withoutSigns = (text: string): string =>
	text
		.replace(signs, sign => glyphs[sign] ?? '?')
		// The pictures of controls: as in a shell, `^[` for ESC, but in one cell.
		.replace(controlPicture, '^');

/**
 * What is written to a terminal, in the characters that it has; every row stays as wide as it was. Where there is only
 * ASCII nothing else may come through: in a terminal of 8 bits a byte of UTF-8 can be a control.
 */
export function inCharset(text: string, charset: Charset): string {
	if (charset === 'unicode') return text;
	if (charset === 'letters') return withoutSigns(text);
	return withoutSigns(text).replace(beyondAscii, run =>
		run.startsWith('\x1B')
			? run
			: graphemes(run)
					.map(cluster => (isAscii(cluster) ? cluster : '?'.repeat(clusterWidth(cluster))))
					.join(''),
	);
}
