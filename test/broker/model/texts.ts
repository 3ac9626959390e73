import fc from 'fast-check';

// A text in a script is a string in which a lone surrogate from U+DC80 to U+DCFF stands for the byte 0x80 to 0xFF, so
// that bytes which are not UTF-8 can be written, printed and shrunk like all others.

/** The bytes that a text of a script stands for. */
export const toBytes = (text: string): Buffer =>
	Buffer.concat(
		text
			.split(/([\u{DC80}-\u{DCFF}])/u)
			.map((part, index) => (index % 2 === 1 ? Buffer.of(part.charCodeAt(0) - 0xdc_00) : Buffer.from(part))),
	);

const fromBytes = (...bytes: readonly number[]): string =>
	String.fromCharCode(...bytes.map(byte => byte + 0xdc_00));

/** A text as it can be read in a report, and put into a test: escaped, and long repetitions told as such. */
export const quoted = (text: string): string =>
	JSON.stringify(text)
		.replace(/[^ -~]/g, unit => `\\u${unit.charCodeAt(0).toString(16).padStart(4, '0')}`)
		.replace(
			/((?:\\u....|\\.|.){1,4}?)\1{30,}/g,
			(whole, part: string) => `${part}{${whole.length / part.length} times}`,
		);

/** Every kind of what is not UTF-8: what only continues, what has no end, overlong, surrogates, beyond U+10FFFF. */
export const malformed: readonly string[] = [
	fromBytes(0x80),
	fromBytes(0xbf),
	fromBytes(0xc3),
	fromBytes(0xe2, 0x82),
	fromBytes(0xf0, 0x9f, 0x98),
	fromBytes(0xc0, 0x80),
	fromBytes(0xc1, 0xbf),
	fromBytes(0xe0, 0x80, 0x80),
	fromBytes(0xe0, 0x9f, 0xbf),
	fromBytes(0xf0, 0x8f, 0xbf, 0xbf),
	fromBytes(0xed, 0xa0, 0x80),
	fromBytes(0xed, 0xbf, 0xbf),
	fromBytes(0xf4, 0x90, 0x80, 0x80),
	fromBytes(0xf5, 0x80, 0x80, 0x80),
	fromBytes(0xf8, 0x88, 0x80, 0x80, 0x80),
	fromBytes(0xfe),
	fromBytes(0xff),
	`${fromBytes(0xc3)}a`,
	`${fromBytes(0xe2, 0x82)} `,
];

/** White space of one, two and three bytes, and what only seems to be some. */
export const spaces: readonly string[] = [
	...' \t\v\f\r\u0085\u00A0\u1680\u2000\u2005\u200A\u2028\u2029\u202F\u205F\u3000',
	...'\u180E\u200B\u2060\uFEFF\u0084\u0086\u2027\u202A\u2030\u3001\u205E\u2060\u1FFF\u200E',
];

/** The first and last of each range of controls, with their neighbours. */
const controls = [...'\0\u0001\u0008\u000E\u001B\u001F !~\u007F\u0080\u0085\u008D\u009B\u009F\u00A0\u00A1'];

/** Characters whose bytes are like those of others: leads of C1, ends of white space, all lengths. */
const others = [
	...'aZ09.,:;@%"\'\\Âàãąŀ€。ꠀ퟿\uE000\uFFFD\uFFFF😀\u{10FFFF}𐀀e\u0301\u0302\u0303ﬁΩßſİŉ٧',
	...[
		'from ',
		'server',
		'from server: x',
		': ',
		', ',
		'alice',
		'bob: ',
		'\r\r',
		'  ',
		'\u001B[2J',
		'abcdefg',
	],
];

const piece = fc.oneof(
	{weight: 3, arbitrary: fc.constantFrom(...others)},
	{weight: 2, arbitrary: fc.constantFrom(...spaces)},
	{weight: 2, arbitrary: fc.constantFrom(...controls)},
	{weight: 1, arbitrary: fc.string({unit: 'binary', maxLength: 3})},
	// Of every length modulo the size of a word.
	{weight: 1, arbitrary: fc.nat(11).map(length => 'abcdefghijk'.slice(0, length))},
);

/** A text without LF. */
export const text: fc.Arbitrary<string> = fc
	.array(piece, {maxLength: 10})
	.map(pieces => pieces.join('').replaceAll('\n', ' '));
