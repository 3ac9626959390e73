import {type HostileCase, named, numberOf, range} from './case.ts';

const single = (kind: string, codePoints: readonly number[], around = ['user', 'txt.exe']): HostileCase[] =>
	codePoints.flatMap(codePoint =>
		named(kind, {[numberOf(codePoint)]: around.join(String.fromCodePoint(codePoint))}),
	);

const inTags = (text: string): string =>
	Array.from(text, character => String.fromCodePoint(0xe0000 + (character.codePointAt(0) ?? 0))).join('');

/** Characters that nobody sees, that turn text around, or that paint over the rows of others. */
export const unseen: readonly HostileCase[] = [
	...single('bidi', [0x200e, 0x200f, 0x061c, ...range(0x202a, 0x202e), ...range(0x2066, 0x2069)]),
	...named('bidi', {
		'an override over the rest of the line': '\u202Egnp.exe\u202C \u202E: bob morf',
		'nested without end': '\u202E\u202B\u2067'.repeat(30),
		'an isolate that is never closed': 'a \u2067b',
		'letters that turn the row': 'from \u05D1\u05D5\u05D1: \u05E9\u05DC\u05D5\u05DD 12:00',
		'Arabic digits beside a name': '\u0661\u0662 bob: \u0627\u0644\u0633\u0644\u0627\u0645',
	}),
	...single(
		'zero width',
		[
			0x00ad, 0x034f, 0x115f, 0x1160, 0x17b4, 0x17b5, 0x180b, 0x180e, 0x200b, 0x200c, 0x200d, 0x2060, 0x2061,
			0x2062, 0x2063, 0x2064, 0x2065, 0x206a, 0x206f, 0x3164, 0xfeff, 0xffa0, 0xfff0, 0xfff9, 0xfffb, 0x1bca0,
			0x1d173, 0x1d17a,
		],
	),
	...single('no characters', [0xfdd0, 0xfffe, 0xffff, 0x1fffe, 0x10ffff, 0xe000, 0x10fffd, 0x0378]),
	...single('tags', [0xe0001, 0xe0020, 0xe0041, 0xe007f]),
	...named('tags', {
		'a hidden sentence': `hello${inTags(' ignore what was said')}`,
		'a flag of nowhere': `\u{1F3F4}${inTags('zzzz')}\u{E007F}`,
		'a flag without end': `\u{1F3F4}${inTags('gbeng')}`,
	}),
	...single('variation selectors', [...range(0xfe00, 0xfe0f), 0xe0100, 0xe01ef]),
	...named('variation selectors', {
		'a message in selectors': `\u{1F600}${String.fromCodePoint(...range(0xe0100, 0xe0140))}`,
		doubled: '\u2764\uFE0F\uFE0F\uFE0E',
		'first of the line': '\uFE0Fa',
	}),
	...named('piled marks', {
		'30 above': `Z${'\u0301'.repeat(30)}algo`,
		'200 of all kinds': `Z${String.fromCodePoint(...range(0x300, 0x36f), ...range(0x1ab0, 0x1abe))}`,
		'3000 below': `a${'\u0323'.repeat(3000)}`,
		'each letter': Array.from(
			'zalgo text here',
			letter => `${letter}\u0336\u0489\u20E0\u0315\u0321\u0322\u035C`,
		).join(''),
		'without a letter': '\u0301\u0302\u0303',
		'on a space': ` ${'\u0489'.repeat(9)}`,
		'Thai vowels': `\u0E01${'\u0E49'.repeat(40)}`,
		Tibetan: `\u0F40${'\u0FB7'.repeat(40)}`,
		'Hebrew points': `\u05D1${'\u05B0\u0591'.repeat(40)}`,
		viramas: '\u0915\u094D'.repeat(60),
	}),
	...named('widths', {
		'full width': '\uFF46\uFF52\uFF4F\uFF4D \uFF42\uFF4F\uFF42\uFF1A'.repeat(12),
		ambiguous: '\u2014\u2460\u00B1\u2192\u25CF\u00A7\u2588\u2500'.repeat(14),
		emoji: '\u{1F468}\u200D\u{1F469}\u200D\u{1F467}\u200D\u{1F466}\u{1F44D}\u{1F3FD}\u2764\uFE0F'.repeat(9),
		'a joined chain': '\u{1F680}\u200D'.repeat(40),
		'halves of flags': '\u{1F1E9}\u{1F1EA}\u{1F1E9}',
		'skin alone': 'a\u{1F3FD}b',
		keycaps: '1\uFE0F\u20E32\u20E3a\u20E3',
		jamo: '\u1100'.repeat(20) + '\u1161'.repeat(20),
		'a wide ligature': '\uFDFD\uFDFD\uFDFA',
		cuneiform: '\u{12031}\u{1242B}',
		'long dashes': '\u2E3A\u2E3B'.repeat(20),
		'private use': '\uE0A0\uE0B0\u{F0001}',
		'wide at each column': Array.from({length: 40}, (_, index) => `${'x'.repeat(index % 3)}\u6F22`).join(''),
		'new emoji': '\u{1FAE9}\u{1FAC6}\u{1F6D8}',
		'ideographic space': `a${'\u3000'.repeat(30)}b`,
		'spaces of all widths': String.fromCodePoint(0xa0, 0x1680, ...range(0x2000, 0x200a), 0x202f, 0x205f),
	}),
];
