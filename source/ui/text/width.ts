import stringWidth from 'string-width';

/** Printable ASCII: one code unit, one grapheme cluster, one cell each. */
const asciiOnly = /^[ -~]*$/;

let segmenter: Intl.Segmenter | undefined;

/** The one segmenter of the program, made on first use: making it costs about 12 ms, and ASCII never needs it. */
export const graphemeSegmenter = (): Intl.Segmenter => {
	segmenter ??= new Intl.Segmenter('en', {granularity: 'grapheme'});
	return segmenter;
};

/** True if every code unit of `text` is a printable ASCII character, and so a cluster of one cell. */
export const isAscii = (text: string): boolean => asciiOnly.test(text);

/** The grapheme clusters of `text` in order (UAX #29, extended). Joined they are `text` again. */
export const graphemes = (text: string): string[] => {
	if (isAscii(text)) {
		return text.split('');
	}

	return Array.from(graphemeSegmenter().segment(text), ({segment}) => segment);
};

/** The grapheme clusters of `text`, made while they are asked for: the start of a long line costs only the start. */
export function* eachGrapheme(text: string): Generator<string, void, undefined> {
	if (isAscii(text)) {
		yield* text;
		return;
	}

	for (const {segment} of graphemeSegmenter().segment(text)) {
		yield segment;
	}
}

// Ink measures with string-width too. Two functions that disagree about one emoji would tear a frame apart, so
// this one only remembers its answers. Longer texts are cached by whoever wraps them.
const widths = new Map<string, number>();
const cachedWidths = 4096;
const cachedLength = 16;

/**
The width of `text` in terminal cells, as Ink measures it: the sum over its grapheme clusters. Control characters
count as nothing, so text goes through the sanitiser first.
*/
export const displayWidth = (text: string): number => {
	if (isAscii(text)) {
		return text.length;
	}

	if (text.length > cachedLength) {
		return stringWidth(text);
	}

	let width = widths.get(text);
	if (width === undefined) {
		width = stringWidth(text);
		if (widths.size >= cachedWidths) {
			widths.clear();
		}

		widths.set(text, width);
	}

	return width;
};
