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
