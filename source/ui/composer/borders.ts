import {graphemeSegmenter} from '../text/graphemes.ts';

// Below U+0300 nothing joins its neighbours; CR LF would, but a draft holds no CR.
const firstJoining = 0x300;

const standsAlone = (text: string, offset: number): boolean => text.charCodeAt(offset) < firstJoining;

/** The grapheme border before `offset`, in code units; 0 at the start. */
export function previousBorder(text: string, offset: number): number {
	if (offset <= 1) return 0;
	if (standsAlone(text, offset - 1) && standsAlone(text, offset - 2)) return offset - 1;
	return (
		graphemeSegmenter()
			.segment(text)
			.containing(offset - 1)?.index ?? 0
	);
}

/** The grapheme border behind `offset`, in code units; the length of the text at its end. */
export function nextBorder(text: string, offset: number): number {
	if (offset >= text.length - 1) return text.length;
	if (standsAlone(text, offset) && standsAlone(text, offset + 1)) return offset + 1;
	const cluster = graphemeSegmenter().segment(text).containing(offset);
	return cluster ? cluster.index + cluster.segment.length : text.length;
}

/** `offset` itself if it is a grapheme border, else the next border behind it. */
export function borderAt(text: string, offset: number): number {
	if (offset <= 0) return 0;
	if (offset >= text.length) return text.length;
	if (standsAlone(text, offset - 1) && standsAlone(text, offset)) return offset;
	const cluster = graphemeSegmenter().segment(text).containing(offset);
	if (!cluster || cluster.index === offset) return offset;
	return cluster.index + cluster.segment.length;
}

/** Where the line of `offset` starts. */
export const lineStart = (text: string, offset: number): number =>
	offset === 0 ? 0 : text.lastIndexOf('\n', offset - 1) + 1;

/** Where the line of `offset` ends, before its line feed. */
export function lineEnd(text: string, offset: number): number {
	const end = text.indexOf('\n', offset);
	return end === -1 ? text.length : end;
}

const wordCharacter = /[\p{L}\p{N}\p{M}_]/u;
const isWord = (character: string): boolean => wordCharacter.test(character);
const isBlank = (character: string): boolean => /\s/.test(character);

function skipBack(text: string, from: number, isSkipped: (character: string) => boolean): number {
	let offset = from;
	while (offset > 0) {
		const start = previousBorder(text, offset);
		if (!isSkipped(text.slice(start, offset))) break;
		offset = start;
	}
	return offset;
}

function skipForward(text: string, from: number, isSkipped: (character: string) => boolean): number {
	let offset = from;
	while (offset < text.length) {
		const end = nextBorder(text, offset);
		if (!isSkipped(text.slice(offset, end))) break;
		offset = end;
	}
	return offset;
}

/** The start of the word (letters, digits, marks, `_`) before `offset`, as readline's Alt+B finds it. */
export const wordStart = (text: string, offset: number): number =>
	skipBack(
		text,
		skipBack(text, offset, character => !isWord(character)),
		isWord,
	);

/** The end of the word behind `offset`, as readline's Alt+F finds it. */
export const wordEnd = (text: string, offset: number): number =>
	skipForward(
		text,
		skipForward(text, offset, character => !isWord(character)),
		isWord,
	);

/** The start of the run without white space before `offset`, as Ctrl+W takes it. */
export const blankWordStart = (text: string, offset: number): number =>
	skipBack(text, skipBack(text, offset, isBlank), character => !isBlank(character));
