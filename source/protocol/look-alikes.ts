/**
 * The letters and digits that Unicode calls confusable with a letter of "server", by the letter they look like, as code
 * points. From confusables.txt of UTS #39, version 17.0.0, without those that NFKC already turns into that letter and
 * without symbols, which no login may hold. Held here because the whole table is 10,000 lines and one name needs 60.
 */
const lookAlikes: Readonly<Record<string, readonly number[]>> = {
	s: [
		0x01bd, 0x0405, 0x0455, 0x054f, 0x0d1f, 0x13d5, 0x13da, 0xa4e2, 0xa731, 0xabaa, 0x1_0296, 0x1_0420,
		0x1_0448, 0x1_18c1, 0x1_6f3a,
	],
	e: [0x0395, 0x0415, 0x0435, 0x04bd, 0x13ac, 0x2d39, 0xa4f0, 0xab32, 0x1_0286, 0x1_18a6, 0x1_18ae],
	r: [
		0x01a6, 0x0433, 0x13a1, 0x13d2, 0x1587, 0x1d26, 0x2c85, 0xa4e3, 0xab47, 0xab48, 0xab81, 0x1_04b4,
		0x1_6f35,
	],
	v: [
		0x03bd, 0x0474, 0x0475, 0x05d8, 0x0667, 0x06f7, 0x13d9, 0x142f, 0x1d20, 0x2d38, 0xa4e6, 0xa6df, 0xaba9,
		0x1_051d, 0x1_1706, 0x1_18a0, 0x1_18c0, 0x1_6f08,
	],
};

const prototypes = new Map(
	Object.entries(lookAlikes).flatMap(([letter, codePoints]) =>
		codePoints.map(codePoint => [String.fromCodePoint(codePoint), letter] as const),
	),
);

/** The skeleton of a text (UTS #39, section 4), exact only for the letters of "server", in lower case. */
const skeleton = (text: string): string =>
	Array.from(text.normalize('NFD'), character => prototypes.get(character) ?? character)
		.join('')
		.toLowerCase();

/**
 * Whether a login can be taken for `server`, the name under which the broker itself speaks.
 *
 * A capital may look like a letter that its small form does not look like (Ε and ε), so the skeleton is taken of the
 * login as it is shown and of both of its cases.
 */
export const looksLikeServer = (login: string): boolean => {
	const shown = login.normalize('NFKC');
	return [shown, shown.toUpperCase(), shown.toLowerCase()].some(form => skeleton(form) === 'server');
};
