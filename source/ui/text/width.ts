import stringWidth from 'string-width';
import {eachGrapheme, isAscii} from './graphemes.ts';

// Letters that stand behind the first of a cluster and take cells of their own: the AM vowels of Thai and Lao, the
// consonants of an Indic conjunct. string-width counts a cluster's first letter only, terminals count each. Hangul
// jamo and half-width kana marks it does count.
const furtherLetter = /[\p{L}--\p{Script=Hangul}--[\uFF00-\uFFEF]]/v;

const furtherLetters = (cluster: string): number => {
	let count = 0;
	for (const codePoint of [...cluster].slice(1)) {
		count += furtherLetter.test(codePoint) ? 1 : 0;
	}

	return count;
};

const widths = new Map<string, number>();
const cachedWidths = 4096;
const cachedLength = 16;

/** The width of one grapheme cluster in cells: {@link displayWidth} for who has it in hand already. */
export const clusterWidth = (cluster: string): number => {
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
	if (isAscii(text)) {
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
