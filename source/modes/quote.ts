const unprintable = /[\p{Cc}\p{Cf}\p{Cs}\p{Zl}\p{Zp}]/gu;

/** A text with everything replaced that could do something to a terminal, line ends included. */
export function makeHarmless(text: string): string {
	return text.replace(unprintable, '\u{FFFD}');
}

/** Somebody's own words in quotes, made short and harmless for a sentence about them. */
export function quote(text: string): string {
	const harmless = makeHarmless(text);
	return `"${harmless.length > 40 ? `${harmless.slice(0, 40)}…` : harmless}"`;
}
