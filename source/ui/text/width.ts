import stringWidth from 'string-width';

/** Printable ASCII: one code unit, one grapheme cluster, one cell each. */
const asciiOnly = /^[ -~]*$/;

// Latin, Greek, Cyrillic, kana, Han and Hangul syllables with their punctuation, and the marks of the sanitiser: none of
// these joins another of them, and all are one code unit. Asking for clusters costs a hundred times more than this test.
const unjoinedOnly =
	/^[ -~\u00A0-\u00AC\u00AE-\u02FF\u0370-\u0377\u037A-\u037F\u038C-\u0482\u048A-\u052F\u2010-\u2027\u2030-\u205E\u20A0-\u20BF\u2190-\u21FF\u2400-\u2421\u2500-\u259F\u27E8\u27E9\u3000-\u3029\u3041-\u3096\u309B-\u30FF\u4E00-\u9FFF\uAC00-\uD7A3\uFF01-\uFF9D]*$/;

let segmenter: Intl.Segmenter | undefined;

/** The one segmenter of the program, made on first use: making it costs about 12 ms, and ASCII never needs it. */
export const graphemeSegmenter = (): Intl.Segmenter => {
	segmenter ??= new Intl.Segmenter('en', {granularity: 'grapheme'});
	return segmenter;
};

/** True if every code unit of `text` is a printable ASCII character, and so a cluster of one cell. */
export const isAscii = (text: string): boolean => asciiOnly.test(text);

/** True if every code unit of `text` is known to be a visible cluster of its own. False says nothing. */
export const isUnjoined = (text: string): boolean => unjoinedOnly.test(text);

/** The grapheme clusters of `text` in order (UAX #29, extended). Joined they are `text` again. */
export const graphemes = (text: string): string[] => {
	if (isUnjoined(text)) {
		return text.split('');
	}

	return Array.from(graphemeSegmenter().segment(text), ({segment}) => segment);
};

/** The grapheme clusters of `text`, made while they are asked for: the start of a long line costs only the start. */
export function* eachGrapheme(text: string): Generator<string, void, undefined> {
	if (isUnjoined(text)) {
		yield* text;
		return;
	}

	for (const {segment} of graphemeSegmenter().segment(text)) {
		yield segment;
	}
}

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
