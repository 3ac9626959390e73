/** What the standards call characters that nobody sees (Unicode's NameAliases, ECMA-48). */
const names: Readonly<Record<number, string>> = {
	7: 'BEL',
	8: 'BS',
	9: 'TAB',
	10: 'LF',
	13: 'CR',
	24: 'CAN',
	26: 'SUB',
	27: 'ESC',
	127: 'DEL',
	133: 'NEL',
	144: 'DCS',
	152: 'SOS',
	155: 'CSI',
	156: 'ST',
	157: 'OSC',
	158: 'PM',
	159: 'APC',
	160: 'NBSP',
	173: 'SHY',
	847: 'CGJ',
	1564: 'ALM',
	8203: 'ZWSP',
	8204: 'ZWNJ',
	8205: 'ZWJ',
	8206: 'LRM',
	8207: 'RLM',
	8232: 'LS',
	8233: 'PS',
	8234: 'LRE',
	8235: 'RLE',
	8236: 'PDF',
	8237: 'LRO',
	8238: 'RLO',
	8288: 'WJ',
	8294: 'LRI',
	8295: 'RLI',
	8296: 'FSI',
	8297: 'PDI',
	65279: 'BOM',
	65533: 'REPLACEMENT',
};

const blocks: readonly (readonly [first: number, last: number, name: string])[] = [
	[0xfe00, 0xfe0f, 'VS'],
	[0xe0020, 0xe007f, 'TAG'],
	[0xe0100, 0xe01ef, 'VS'],
];

/** Characters of a text that are shown one by one; of a longer one the count of the rest. */
const maxCharacters = 300;

// Half of an emoji is shown by its number only, as the sanitiser would do it.
const visible =
	/[[\p{L}\p{N}\p{P}\p{S}]--[\p{Default_Ignorable_Code_Point}\p{Emoji_Modifier}\p{Regional_Indicator}]]/v;

function showCharacter(character: string): string {
	if (character >= ' ' && character <= '~') return character;
	const value = character.codePointAt(0) ?? 0;
	const block = blocks.find(([first, last]) => value >= first && value <= last);
	const name = names[value] ?? block?.[2];
	const number = `U+${value.toString(16).toUpperCase().padStart(4, '0')}`;
	return `${visible.test(character) ? character : ''}⟨${name === undefined ? '' : `${name} `}${number}⟩`;
}

/**
 * A text character by character: ASCII as it is, everything else with its number, and what nobody sees by its name too
 * (`a⟨RLO U+202E⟩b`, `bο⟨U+03BF⟩b`).
 */
export function rawText(text: string): string {
	// As many code units as the characters can have: the text may be 64 KiB.
	const characters = Array.from(text.slice(0, 2 * maxCharacters)).slice(0, maxCharacters);
	const rest = text.length - characters.join('').length;
	const shown = characters.map(showCharacter).join('');
	return rest > 0 ? `${shown} … (${rest} more code units)` : shown;
}
