import {decodeList} from './percent.ts';

/** A line of a-chat/1 taken apart, `@verb key=value … :text`: values are as they stand there, still encoded. */
export type RawLine = {
	readonly verb: string;
	readonly values: ReadonlyMap<string, string>;
	/** The rest of the line behind the first ` :`, as it is; undefined if there is none, which is not an empty one. */
	readonly text: string | undefined;
};

const word = /^[a-z\d-]+$/;

/** Controls that no text holds: C0 but TAB, DEL, and C1. */
const forbiddenInText = /[^\P{Cc}\t]/u;
const allForbidden = new RegExp(forbiddenInText, 'gu');

/**
 * Takes a line apart. One space stands between its parts.
 *
 * @returns undefined for what is no line of a-chat/1, and for a key that stands there twice
 */
export const parseLine = (line: string): RawLine | undefined => {
	const textAt = line.indexOf(' :');
	const head = textAt === -1 ? line : line.slice(0, textAt);
	const text = textAt === -1 ? undefined : line.slice(textAt + 2);
	const verbEnd = endOf(head, 0);
	const verb = head.slice(1, verbEnd);
	if (!head.startsWith('@') || !word.test(verb)) return undefined;
	const values = new Map<string, string>();
	for (let at = verbEnd; at < head.length; ) {
		const end = endOf(head, at + 1);
		const equals = head.indexOf('=', at);
		const key = head.slice(at + 1, Math.max(equals, 0));
		if (equals > end || !word.test(key) || values.has(key)) return undefined;
		values.set(key, head.slice(equals + 1, end));
		at = end;
	}
	return {verb, values, text};
};

/** Where the part of a line ends that begins at `start`. */
const endOf = (line: string, start: number): number => {
	const space = line.indexOf(' ', start);
	return space === -1 ? line.length : space;
};

/** Whether a text may stand in a line. LF among others may not, so a text never becomes a second line. */
export const isText = (text: string): boolean => !forbiddenInText.test(text);

/** A text with its controls shown, as a plain peer's is that goes to others. */
export const withoutControls = (text: string): string => text.replace(allForbidden, '\uFFFD').toWellFormed();

/** Whether a value of whatever key is well-formed. */
export const isValue = (raw: string): boolean => decodeList(raw) !== undefined;

/**
 * Puts a line together, without LF.
 *
 * @param pairs ` key=value` for each of them, the values encoded
 * @throws {RangeError} for a text that `isText` refuses
 */
export const formatLine = (verb: string, pairs: string, text: string | undefined): string => {
	if (text !== undefined && !isText(text)) throw new RangeError('A text must not hold control characters');
	return `@${verb}${pairs}${text === undefined ? '' : ` :${text}`}`;
};
