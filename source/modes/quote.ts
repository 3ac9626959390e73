/** Somebody's own words in quotes, made short and harmless for a sentence about them. */
export function quote(text: string): string {
	const harmless = text.replace(/[\p{Cc}\p{Cf}\p{Cs}\p{Zl}\p{Zp}]/gu, '\u{FFFD}');
	return `"${harmless.length > 40 ? `${harmless.slice(0, 40)}…` : harmless}"`;
}
