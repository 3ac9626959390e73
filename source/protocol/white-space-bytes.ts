/** Bytes of the White_Space character that begins at `at`, or 0 when none does. */
const whiteSpaceLength = (bytes: Uint8Array, at: number, end: number): number => {
	const first = bytes[at] ?? 0;
	if (first === 0x20 || (first >= 0x09 && first <= 0x0d)) return 1;
	if (first < 0xc2 || at + 1 >= end) return 0;
	const second = bytes[at + 1] ?? 0;
	if (first === 0xc2) return second === 0x85 || second === 0xa0 ? 2 : 0;
	if (first > 0xe3 || at + 2 >= end) return 0;
	return isWideWhiteSpace((first << 16) | (second << 8) | (bytes[at + 2] ?? 0)) ? 3 : 0;
};

/** U+1680, U+2000 to U+200A, U+2028, U+2029, U+202F, U+205F and U+3000, as three bytes of UTF-8 in one number. */
const isWideWhiteSpace = (three: number): boolean =>
	(three >= 0xe2_80_80 && three <= 0xe2_80_8a) ||
	three === 0xe2_80_a8 ||
	three === 0xe2_80_a9 ||
	three === 0xe2_80_af ||
	three === 0xe2_81_9f ||
	three === 0xe1_9a_80 ||
	three === 0xe3_80_80;

/** Where the bytes from `start` to `end`, which are UTF-8, begin when White_Space in front is left out. */
export const trimmedStart = (bytes: Uint8Array, start: number, end: number): number => {
	let at = start;
	while (at < end) {
		const length = whiteSpaceLength(bytes, at, end);
		if (length === 0) break;
		at += length;
	}
	return at;
};

/** Where the bytes from `start` to `end`, which are UTF-8, end when White_Space behind is left out. */
export const trimmedEnd = (bytes: Uint8Array, start: number, end: number): number => {
	let at = end;
	while (at > start) {
		// White_Space ends with a byte of ASCII, or with one that continues a character.
		const last = bytes[at - 1] ?? 0;
		if (last > 0x20 && (last < 0x80 || last > 0xbf)) break;
		const isOne = whiteSpaceLength(bytes, at - 1, at) === 1;
		const isTwo = at - 2 >= start && whiteSpaceLength(bytes, at - 2, at) === 2;
		const isThree = at - 3 >= start && whiteSpaceLength(bytes, at - 3, at) === 3;
		if (!isOne && !isTwo && !isThree) break;
		at -= isOne ? 1 : isTwo ? 2 : 3;
	}
	return at;
};
