import fc from 'fast-check';

/** Names that can be logged in with; those in one row are one. */
export const sameNames: readonly (readonly string[])[] = [
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
export const noNames: readonly string[] = [
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
		'\uFEFF\uFEFFalice',
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
		'@hello a-chat',
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
