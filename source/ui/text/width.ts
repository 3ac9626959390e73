import stringWidth from 'string-width';
import {eachGrapheme, isAscii} from './graphemes.ts';

// Letters that stand behind the first of a cluster and take cells of their own: the AM vowels of Thai and Lao, the
// consonants of an Indic conjunct. string-width counts a cluster's first letter only, terminals count each. Half-width
// kana marks it does count, and whatever follows Hangul jamo.
const furtherLetter = /[\p{L}--\p{Script=Hangul}--[\uFF00-\uFFEF]]/v;

// Behind one of these string-width counts the letters too.
const jamoFirst = /^[\u1100-\u11FF\uA960-\uA97C\uD7B0-\uD7FB]/;

const furtherLetters = (cluster: string): number => {
	if (jamoFirst.test(cluster)) return 0;
	let count = 0;
	for (const codePoint of [...cluster].slice(1)) {
		count += furtherLetter.test(codePoint) ? 1 : 0;
	}

	return count;
};

// Latin, Greek, Cyrillic, punctuation and the arrows and boxes that we draw with: a cell each, and most of what is not
// ASCII. Asking string-width the first time costs 20 ms and more, which is not to be at the start of the screen.
const narrowOnly =
	/^[ -~\u00A0-\u00AC\u00AE-\u02FF\u0370-\u0377\u037A-\u037F\u038C-\u0482\u048A-\u052F\u2010-\u2027\u2030-\u205E\u20A0-\u20BF\u2190-\u21FF\u2500-\u259F]*$/;

/** True if every code unit of `text` is known to be a cluster of one cell. False says nothing. */
export const isNarrow = (text: string): boolean => narrowOnly.test(text);

const widths = new Map<string, number>();
const cachedWidths = 4096;
const cachedLength = 16;

/** The width of one grapheme cluster in cells: {@link displayWidth} for who has it in hand already. */
export const clusterWidth = (cluster: string): number => {
	if (cluster.length === 1 && isNarrow(cluster)) {
		return 1;
	}

	const known = widths.get(cluster);
	if (known !== undefined) {
		return known;
	}

	const width = stringWidth(cluster) + (cluster.length > 1 ? furtherLetters(cluster) : 0);
	if (cluster.length <= cachedLength) {
		if (widths.size >= cachedWidths) {
			widths.clear();
		}

		widths.set(cluster, width);
	}

	return width;
};

/**
 * The width of `text` in terminal cells: the sum over its grapheme clusters of what string-width says, by which Ink
 * measures too, plus the letters that it leaves out and terminals do not. So Ink never finds a row wider than this says.
 * Control characters count as nothing: text goes through the sanitiser first.
 */
export const displayWidth = (text: string): number => {
	if (isAscii(text) || isNarrow(text)) {
		return text.length;
	}

	if (text.length === 1) {
		return clusterWidth(text);
	}

	let width = 0;
	for (const cluster of eachGrapheme(text)) {
		width += clusterWidth(cluster);
	}

	return width;
};
