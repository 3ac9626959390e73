import fc from 'fast-check';
import {lineBytes, servedDestinations} from './rules.ts';

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
const spaces = [
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

/** Names that can be logged in with; those in one row are one. */
const sameNames: readonly (readonly string[])[] = [
	['alice', 'ALICE', 'ａｌｉｃｅ', 'Alice', '\u0085alice\u3000', '\r alice'],
	['bob', 'BoB', ' bob\t', 'ｂob', '\u2028bob\u00A0'],
	['Straße', 'STRASSE', 'STRAẞE', 'strasse', 'Stra\u017Fse'],
	['Jos\u00E9', 'Jose\u0301', 'JOSÉ', 'jose\u0301'],
	['Ὀδυσσεύς', 'ὈΔΥΣΣΕΎΣ', 'ὀδυσσεύσ'],
	['\u212Bngstro\u0308m', '\u00C5ngström', 'A\u030Angström'],
	['k٣', '\u212A٣', 'K٣'],
	['ﬁ_1-.', 'FI_1-.', 'fi_1-.'],
	['𐐀'.repeat(24), '𐐨'.repeat(24)],
	['n'.repeat(32), 'N'.repeat(32)],
	['e\u0301\u0302', '\u00E9\u0302', 'E\u0301\u0302'],
	['İ', 'i\u0307'],
	['0'],
];

/** Names of which two each meet in the hash by which the broker remembers destinations: the first two of one length. */
export const meetingNames: readonly string[] = ['qmj2eak', 'q5x1oin', 'p126sh6u', 'p5loho0'];

/** Names that are none, and some at the border of it. */
const noNames: readonly string[] = [
	...[
		'',
		' ',
		'\u0085',
		'a b',
		'a:b',
		'-a',
		'_a',
		'.a',
		'\u0301a',
		'a\u0301\u0302\u0303',
		'x\u0301\u0302\u0303',
		'x\u0301\u0302',
		'\u00E9\u0301\u0302\u0303',
		'a\u0301\u0302b\u0303',
	],
	...[
		'\uFEFFalice',
		'alice\0',
		'a\u200Bb',
		'a\u3164',
		'a\uFE0F',
		'\u115F',
		'😀',
		'a😀',
		'a\u001B[2J',
		'½',
		'²',
	],
	...['n'.repeat(33), 'é'.repeat(33), '𐐀'.repeat(25), '日'.repeat(32), 'x'.repeat(384), '!'.repeat(385)],
	...[
		'x'.repeat(200),
		'😀'.repeat(40),
		`a${'\u0301'.repeat(50)}`,
		'GET / HTTP/1.1',
		'@hello a-chat=1',
		'all,bob',
	],
	...[
		'server',
		'SERVER',
		' Server ',
		'ſerver',
		'ｓｅｒｖｅｒ',
		'ѕеrvеr',
		'ser٧er',
		'SΕRVER',
		'sеꭆѵer',
		'Ꮪerνer',
	],
	...['ꮪeгver', 'serveг', 'serᴠer', 'SEᎡVER', 'servers', 'serve', 'sérver', 'ser\u0301ver'],
];

/** A name as it may be typed: mostly one of few, so that peers find each other. */
export const name: fc.Arbitrary<string> = fc.oneof(
	{weight: 12, arbitrary: fc.constantFrom(...sameNames.slice(0, 4).flat())},
	{weight: 4, arbitrary: fc.constantFrom(...sameNames.flat())},
	{weight: 4, arbitrary: fc.constantFrom(...meetingNames)},
	{weight: 1, arbitrary: fc.constantFrom(...noNames)},
	{weight: 1, arbitrary: fc.string({unit: 'grapheme', maxLength: 40})},
);

const destinations = fc.oneof(
	{weight: 3, arbitrary: name.map(one => [one])},
	{weight: 6, arbitrary: fc.array(name, {maxLength: 5})},
	// Around the number of those that are served.
	{
		weight: 1,
		arbitrary: fc
			.tuple(
				fc.integer({min: servedDestinations - 3, max: servedDestinations}),
				fc.array(name, {minLength: 1, maxLength: 3}),
			)
			.map(([count, names]) => [...Array.from({length: count}, (_, index) => `n${index}`), ...names]),
	},
);

const separator = fc.constantFrom(',', ', ', ' , ', ',,', ',\u0085,', '\u3000,\uFEFF');

const post = fc
	.tuple(destinations, separator, fc.constantFrom(':', ': ', ' :', '\u2028:\u2029'), text)
	.map(([names, comma, colon, words]) => names.join(comma) + colon + words);

const lineEnd = fc.oneof(
	{weight: 12, arbitrary: fc.constant('\n')},
	{weight: 3, arbitrary: fc.constantFrom('\r\n', '\r\r\n', '\n\n', '\n\r\n', ' \n')},
	{weight: 1, arbitrary: fc.constantFrom('', '\r', '\u0085', '\u2028')},
);

const line = fc.oneof(
	{weight: 24, arbitrary: post},
	{weight: 2, arbitrary: text},
	{weight: 2, arbitrary: name},
	{
		weight: 1,
		arbitrary: fc
			.tuple(post, fc.constantFrom(...malformed), text)
			.map(([before, bytes, behind]) => before + bytes + behind),
	},
);

const ended = (content: fc.Arbitrary<string>): fc.Arbitrary<string> =>
	fc.tuple(content, lineEnd).map(([words, end]) => words + end);

/** Lines of any kind, the last perhaps without its end. */
export const lines: fc.Arbitrary<string> = fc
	.array(ended(line), {minLength: 1, maxLength: 4})
	.map(all => all.join(''));

/** A login, and what may follow in the same write. */
export const login: fc.Arbitrary<string> = fc
	.tuple(
		fc.oneof(
			{weight: 4, arbitrary: ended(fc.constantFrom(...sameNames.slice(0, 4).flat()))},
			{weight: 3, arbitrary: ended(fc.constantFrom(...sameNames.flat()))},
			{weight: 2, arbitrary: ended(fc.constantFrom(...noNames))},
			{weight: 1, arbitrary: ended(name)},
		),
		fc.option(lines, {nil: ''}),
	)
	.map(([first, more]) => first + more);

/** A line about as long as a line may be. */
export const longLine: fc.Arbitrary<string> = fc
	.tuple(
		fc.constantFrom('alice,bob,Straße,jose\u0301:', 'bob:', 'alice: a', ''),
		fc.constantFrom('x', '\u0001', '\u0085', 'é', 'ab\u007F', '€', '😀', ' ', '\u009B\u0001', ','),
		fc.integer({min: -3, max: 1}),
		fc.constantFrom('', 'z', '\r', ' z', '😀'),
		lineEnd,
	)
	.map(([start, unit, difference, last, end]) => {
		const room = lineBytes + difference - toBytes(start + last).length;
		const count = Math.floor(room / Buffer.byteLength(unit));
		const rest = room - count * Buffer.byteLength(unit);
		return `${start}${'y'.repeat(rest)}${unit.repeat(count)}${last}${end}`;
	});
