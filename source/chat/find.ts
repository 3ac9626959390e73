import type {ChatLine, NewChatLine} from './chat-line.ts';
import {everything} from './conversation.ts';
import {keyOf} from './names.ts';

/** Somebody's words, wherever they stand. */
export type Found = Exclude<NewChatLine, {readonly kind: 'notice'}> & {
	/** Its number at the host, of one that the host has found. */
	readonly n?: number | undefined;
};

/** Between the clock of the host and ours when an own line was written, in ms. */
const maxApartMs = 600_000;

/** A text in which words are looked for; every character stays at its place. */
export function foldCase(text: string): string {
	const folded = text.toLowerCase();
	if (folded.length === text.length) return folded;
	return Array.from(text, character => {
		const lower = character.toLowerCase();
		return lower.length === character.length ? lower : character;
	}).join('');
}

/** What is looked for in texts: each of the words, in any order, as a host does it. */
export const wordsOf = (text: string): readonly string[] => [
	...new Set(foldCase(text.normalize()).split(/\s+/).filter(Boolean)),
];

/** Whether all the words stand in a text, at least one of them being looked for. */
export function hasWords(text: string, words: readonly string[]): boolean {
	if (words.length === 0) return false;
	const folded = foldCase(text);
	return words.every(word => folded.includes(word));
}

/** The newest lines with all the words, newest first. */
export function findLines<Line extends NewChatLine>(
	lines: readonly Line[],
	words: readonly string[],
	limit: number,
): readonly Line[] {
	const found: Line[] = [];
	for (let at = lines.length - 1; at >= 0 && found.length < limit; at--) {
		const line = lines[at];
		if (line && hasWords(line.text, words)) found.push(line);
	}
	return found;
}

/** Whether two lines are the same words, of the same person at the same time. Own lines have the time of their host later. */
function isSameMessage(one: NewChatLine, other: NewChatLine): boolean {
	if (one.kind !== other.kind || one.text !== other.text) return false;
	if (one.kind === 'message' && other.kind === 'message')
		return one.at === other.at && keyOf(one.from) === keyOf(other.from);
	if (one.kind !== 'own' || other.kind !== 'own') return false;
	return one.party?.id === other.party?.id && Math.abs(one.at - other.at) <= maxApartMs;
}

/** The same message among lines; undefined if it is not there. */
export const findSame = (lines: readonly ChatLine[], message: Found): ChatLine | undefined =>
	lines.findLast(line => isSameMessage(line, message));

/** All that somebody said, without those that `known` has already, newest first. */
export function newestOf(
	lines: readonly NewChatLine[],
	known: readonly NewChatLine[],
	limit: number,
): readonly Found[] {
	const found: Found[] = [];
	const byText = Map.groupBy(known, ({text}) => text);
	for (const line of lines.toSorted((a, b) => b.at - a.at)) {
		if (found.length >= limit) break;
		const others = byText.get(line.text) ?? [];
		if (line.kind === 'notice' || others.some(other => isSameMessage(other, line))) continue;
		found.push(line);
		byText.set(line.text, [...others, line]);
	}
	return found;
}

/** The view that a message is read in first. */
export const viewOf = ({party}: Found): string => party?.id ?? everything;
