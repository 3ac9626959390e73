const leading = /^\p{White_Space}+/u;

/**
 * Removes what Unicode calls White_Space from both ends.
 *
 * `String.prototype.trim` is not that: it keeps U+0085 and takes U+FEFF away. The other end trims by Unicode's rule, so
 * the two would disagree about where a text begins.
 */
export const trimWhiteSpace = (text: string): string => {
	let end = text.length;
	// Backwards by hand: a pattern for the end of a text starts anew at each run of spaces in the middle of it.
	while (end > 0 && isWhiteSpace(text.charCodeAt(end - 1))) end--;
	return text.slice(0, end).replace(leading, '');
};

/** Whether a UTF-16 code unit is White_Space; all 25 such characters are in the Basic Multilingual Plane. */
const isWhiteSpace = (unit: number): boolean =>
	unit === 0x20 ||
	(unit >= 0x09 && unit <= 0x0d) ||
	unit === 0x85 ||
	unit === 0xa0 ||
	unit === 0x16_80 ||
	(unit >= 0x20_00 && unit <= 0x20_0a) ||
	unit === 0x20_28 ||
	unit === 0x20_29 ||
	unit === 0x20_2f ||
	unit === 0x20_5f ||
	unit === 0x30_00;
