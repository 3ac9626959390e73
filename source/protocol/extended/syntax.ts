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
const forbiddenInText = /(?!\t)\p{Cc}/u;

/**
 * Takes a line apart. One space stands between its parts.
 *
 * @returns undefined for what is no line of a-chat/1, and for a key that stands there twice
 */
export const parseLine = (line: string): RawLine | undefined => {
	const textAt = line.indexOf(' :');
	const head = textAt === -1 ? line : line.slice(0, textAt);
	const text = textAt === -1 ? undefined : line.slice(textAt + 2);
	const [start = '', ...pairs] = head.split(' ');
	const verb = start.slice(1);
	if (!start.startsWith('@') || !word.test(verb)) return undefined;
	const values = new Map<string, string>();
	for (const pair of pairs) {
		const equals = pair.indexOf('=');
		const key = pair.slice(0, Math.max(equals, 0));
		if (!word.test(key) || values.has(key)) return undefined;
		values.set(key, pair.slice(equals + 1));
	}
	return {verb, values, text};
};

/** Whether a text may stand in a line. LF among others may not, so a text never becomes a second line. */
export const isText = (text: string): boolean => !forbiddenInText.test(text);

/** A text with its controls shown, as a plain peer's is that goes to others. */
export const withoutControls = (text: string): string =>
	text.replace(/(?!\t)\p{Cc}/gu, '\uFFFD').toWellFormed();

/** Whether a value of whatever key is well-formed. */
export const isValue = (raw: string): boolean => decodeList(raw) !== undefined;

/**
 * Puts a line together, without LF. The values are encoded already.
 *
 * @throws {RangeError} for a text that `isText` refuses
 */
export const formatLine = (
	verb: string,
	values: readonly (readonly [key: string, value: string])[],
	text: string | undefined,
): string => {
	if (text !== undefined && !isText(text)) throw new RangeError('A text must not hold control characters');
	const pairs = values.map(([key, value]) => ` ${key}=${value}`).join('');
	return `@${verb}${pairs}${text === undefined ? '' : ` :${text}`}`;
};
