const tab = 0x09;
const del = 0x7f;
/** Lead byte of the controls U+0080 to U+009F in UTF-8. */
const c1Lead = 0xc2;

/** Whether a control other than TAB begins at `at`: C0, DEL, or C1. */
export const isControl = (bytes: Uint8Array, at: number): boolean => {
	const byte = bytes[at] ?? 0;
	if (byte < 0x20) return byte !== tab;
	if (byte === c1Lead) return (bytes[at + 1] ?? 0) < 0xa0;
	return byte === del;
};

/** Whether the control that begins at `at` is one of C1, which take two bytes. */
export const isControlOfTwoBytes = (bytes: Uint8Array, at: number): boolean => bytes[at] === c1Lead;

/**
 * Where the first control between `start` and `end` is, or -1. Nearly all texts have none, and most have only ASCII. The
 * byte at `end` has to be there.
 *
 * @param memory the bytes, and the same as words
 */
export const findControl = (
	{bytes, words}: {readonly bytes: Uint8Array; readonly words: Int32Array},
	start: number,
	end: number,
): number => {
	if (isPrintableAscii(bytes, words, start, end)) return -1;
	for (let at = start; at < end; at++) {
		if ((at & 3) === 0) while (at + 4 <= end && isHarmless(words[at >> 2] ?? 0)) at += 4;
		if (at < end && isControl(bytes, at)) return at;
	}
	return -1;
};

/** Whether there are only printable characters of ASCII, looked at four bytes at a time. */
const isPrintableAscii = (bytes: Uint8Array, words: Int32Array, start: number, end: number): boolean => {
	const firstWord = (start + 3) >> 2;
	const endWord = end >> 2;
	// The high bit of a byte comes out set in `marks` if the byte is below 0x20, is DEL, or is not ASCII. A borrow or
	// carry into the next byte can only come from such a byte too.
	let marks = 0;
	for (let word = firstWord; word < endWord; word++) {
		const four = words[word] ?? 0;
		marks |= four | (four - 0x20_20_20_20) | (four + 0x01_01_01_01);
	}
	for (let at = start; at < Math.min(firstWord << 2, end); at++) marks |= mark(bytes[at] ?? 0);
	for (let at = Math.max(endWord << 2, start); at < end; at++) marks |= mark(bytes[at] ?? 0);
	return (marks & 0x80_80_80_80) === 0;
};

/** As in a word, for one byte. */
const mark = (byte: number): number => byte | (byte - 0x20) | (byte + 1);

/**
 * Whether none of the four bytes in a word is below 0x20, DEL, or the lead byte of C1: for each of the three, the high
 * bit of a byte that is it comes out set, and a borrow can set another byte's only where there is one.
 */
const isHarmless = (four: number): boolean => {
	const fromDel = four ^ 0x7f_7f_7f_7f;
	const fromC1 = four ^ 0xc2_c2_c2_c2;
	const marks =
		((four - 0x20_20_20_20) & ~four) |
		((fromDel - 0x01_01_01_01) & ~fromDel) |
		((fromC1 - 0x01_01_01_01) & ~fromC1);
	return (marks & 0x80_80_80_80) === 0;
};
