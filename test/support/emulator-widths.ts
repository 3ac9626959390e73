import type {IUnicodeVersionProvider} from '@xterm/headless';
import stringWidth from 'string-width';

// The number that xterm keeps between two code points: a state of ours, the width in cells, "joins the one before".
const pack = (state: number, width: number, joins: boolean): number =>
	(state << 3) | (width << 1) | Number(joins);
const widthOf = (packed: number): number => (packed >> 1) & 3;
const stateOf = (packed: number): number => packed >> 3;

const states = {none: 0, afterJoiner: 1, regionalIndicator: 2, emoji: 3};
const joiner = 0x200d;
const emojiSelector = 0xfe0f;
const widths = new Map<number, 0 | 1 | 2>();

const widthOfCodePoint = (codePoint: number): 0 | 1 | 2 => {
	let width = widths.get(codePoint);
	if (width === undefined) {
		width = Math.min(stringWidth(String.fromCodePoint(codePoint)), 2) as 0 | 1 | 2;
		widths.set(codePoint, width);
	}

	return width;
};

/**
 * Cell widths of a present-day terminal: emoji are two cells, and sequences (joiners, flags, skin tones, U+FE0F) are
 * one cluster. Without it xterm counts by Unicode 6, where most emoji take one cell: `widths: 'unicode6'` of
 * `createEmulator` is the terminal that disagrees with the program.
 */
export const clusterWidths: IUnicodeVersionProvider = {
	version: 'clusters',

	wcwidth: widthOfCodePoint,

	charProperties(codePoint, preceding) {
		const character = String.fromCodePoint(codePoint);
		const width = widthOfCodePoint(codePoint);
		const before = widthOf(preceding);
		const state = stateOf(preceding);

		if (/\p{Regional_Indicator}/u.test(character)) {
			return state === states.regionalIndicator
				? pack(states.none, 2, true)
				: pack(states.regionalIndicator, width, false);
		}

		if (before > 0) {
			if (codePoint === joiner) {
				return pack(states.afterJoiner, before, true);
			}

			if (codePoint === emojiSelector) {
				return pack(states.emoji, state === states.emoji ? 2 : before, true);
			}

			const isModifier = state === states.emoji && /\p{Emoji_Modifier}/u.test(character);
			if (isModifier || (state === states.afterJoiner && /\p{Extended_Pictographic}/u.test(character))) {
				return pack(states.emoji, 2, true);
			}

			if (width === 0) {
				return pack(state, before, true);
			}
		}

		return pack(/\p{Emoji}/u.test(character) ? states.emoji : states.none, width, false);
	},
};
