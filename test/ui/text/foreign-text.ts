import fc from 'fast-check';

/** Text in the spelling of many scripts, marks and joiners where they belong. */
export const honestTexts = [
	'Größe, Łódź, naïve',
	'Tiếng Việt'.normalize('NFD'),
	'क्षत्रिय विद्यार्थी, श्री, कार्त्स्न्य',
	'র‍্যাব, ক্‍ষ',
	'ශ්‍රී ලංකා',
	'നന്‍മ',
	'น้ำใจ ทำไม ที่นี่',
	'ម្ដង ស្ត្រី',
	'မြွှို့ ကျွန်ုပ်',
	'བསྒྲུབས',
	'בְּרֵאשִׁ֖ית בָּרָ֣א',
	'ٱلرَّحِيمِ مُحَمَّدٌ',
	'می‌خواهم، نمی‌دانم',
	'漢字かな交じり文、です。ﾊﾟﾋﾟ',
	'한국어 말',
	'👍 👍🏽 ❤️ ❤ 🇩🇪 1️⃣ 👩‍🚀 👨‍👩‍👧‍👦 🏳️‍🌈 🏴‍☠️ 👁‍🗨',
	'🏴󠁧󠁢󠁥󠁮󠁧󠁿',
	'葛󠄀城',
	'\uE0A0 \u{F0001}',
	'\uFFFD',
];

/** What must never reach a terminal as it is. */
export const hiddenCharacters = [
	...Array.from({length: 0x20}, (_, value) => String.fromCharCode(value)).filter(
		character => character !== '\t',
	),
	'\u007F',
	...Array.from({length: 0x20}, (_, value) => String.fromCharCode(0x80 + value)),
	...'\u00AD\u034F\u061C\u115F\u1160\u17B4\u180E\u200B\u200C\u200D\u200E\u200F\u2028\u2029',
	...'\u202A\u202B\u202C\u202D\u202E\u2060\u2061\u2062\u2063\u2064\u2066\u2067\u2068\u2069\u206A\u206F',
	...'\u3164\uFE00\uFE0E\uFE0F\uFEFF\uFFA0\uFFF9\uFFFA\uFFFB\uFFFE\uFFFF',
	...'\u{1BCA0}\u{1D173}\u{E0001}\u{E0020}\u{E0041}\u{E007F}\u{E0100}\u{10FFFF}',
	'\uD800',
	'\uDFFF',
];

/** Sequences by which a sender would reach the terminal of others. */
const attacks = [
	'\u001B[31m',
	'\u001B]0;title\u0007',
	'\u001B]8;;http://example.org\u001B\\',
	'\u001B[2J\u001B[H',
	'\u001BP+q544e\u001B\\',
	'\u009B31m',
	'\u001Bc',
	'\u001B[6n',
	'Z\u0301\u0302\u0303\u0304\u0305\u0306\u0307\u0308\u0309\u030A',
	'\u{1F1E6}\u{1F1E6}\u{1F1E6}',
	'a\u{1F3FD}',
	'👍\uFE0F\uFE0F\uFE0E',
	'क्'.repeat(12),
	'\u1100'.repeat(9),
];

const piece = fc.oneof(
	{weight: 3, arbitrary: fc.constantFrom(...hiddenCharacters)},
	{weight: 3, arbitrary: fc.constantFrom(...honestTexts, ...attacks)},
	{weight: 2, arbitrary: fc.constantFrom(...honestTexts.flatMap(text => [...text]))},
	{weight: 1, arbitrary: fc.string({unit: 'binary', maxLength: 6})},
	{weight: 1, arbitrary: fc.constantFrom(' ', '  ', 'a', 'b ', 'word', '\t', 'https://example.org/path')},
	{weight: 1, arbitrary: fc.nat(0xffff).map(unit => String.fromCharCode(unit))},
);

/** Anything that a peer may send, the nasty more often than chance would have it. */
export const foreignText = fc.array(piece, {maxLength: 24}).map(pieces => pieces.join(''));
