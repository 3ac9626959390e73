/** What a store of many messages holds. */
export const content = {
	messages: 1_000_000,
	people: 1000,
	rooms: 10,
	/** A word in ten messages, and one in every third. */
	rare: 'xylophone',
	rareCount: 10,
	common: 'hello',
} as const;

/** A message before it has an author's account. */
export type Said = {
	readonly from: number;
	readonly to: number | undefined;
	readonly room: number | undefined;
	readonly text: string;
};

const numberDigits = 8;
const wordCount = 20_000;
const wordsOfText = 8;
const syllables = ['ba', 'de', 'fi', 'go', 'lu', 'ma', 'ne', 'pi', 'ro', 'tu', 'va', 'ze'];

/** The login of person `number`. */
export const personOf = (number: number): string => `u${String(number).padStart(5, '0')}`;
export const roomOf = (number: number): string => `#r${number}`;

/** The number of the message whose text this is; the host gives it the next one. */
export const numberIn = (text: string): number => Number(text.slice(0, numberDigits));

/**
 * Message `i`: a fifth is between the first two people, who have a long history, a fifth goes to rooms, the rest is
 * between any two. It begins with its number; a few of its words are frequent, as in any language.
 */
export function messageAt(i: number): Said {
	const random = randomFrom(i);
	const kind = i % 5;
	const text = textAt(i, kind, random);
	if (kind === 0) return {from: (i / 5) % 2, to: 1 - ((i / 5) % 2), room: undefined, text};
	const from = Math.floor(random() * content.people);
	if (kind === 1) return {from, to: undefined, room: from % content.rooms, text};
	return {
		from,
		to: (from + 1 + Math.floor(random() * (content.people - 1))) % content.people,
		room: undefined,
		text,
	};
}

function textAt(i: number, kind: number, random: () => number): string {
	const words = Array.from({length: wordsOfText}, () => wordAt(Math.floor(wordCount * random() ** 3)));
	if (i % 3 === 0) words[0] = content.common;
	if (kind === 0 && i % (content.messages / content.rareCount) === 0) words[1] = content.rare;
	return `${String(i).padStart(numberDigits, '0')} ${words.join(' ')}`;
}

function wordAt(number: number): string {
	let word = '';
	for (let rest = number + syllables.length; rest > 0; rest = Math.floor(rest / syllables.length))
		word += syllables[rest % syllables.length];
	return word;
}

/** Mulberry32: the same for each number, everywhere. */
function randomFrom(seed: number): () => number {
	let state = Math.imul(seed + 1, 0x9e3779b9);
	return () => {
		state = (state + 0x6d2b79f5) | 0;
		let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
		mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
		return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
	};
}
