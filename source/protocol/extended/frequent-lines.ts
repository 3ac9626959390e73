import {isText} from './syntax.ts';

// A host writes several of these for each message. They are what `formatServerLine` makes, which takes three times as long
// and leaves five times as much garbage: it has to look at a schema, and encodes what has not changed since the last line.
// Values stand in them as they are given: ids and keys are tokens, names and lists have to be encoded.

/** `@ack` without LF. */
export const ackLine = (
	key: string | undefined,
	id: string,
	n: number,
	ts: number,
	encodedTo: string,
	stored: string,
	isDup: boolean,
): string =>
	`@ack${key === undefined ? '' : ` key=${key}`} id=${id} n=${n} ts=${ts} to=${encodedTo} stored=${stored}${isDup ? ' dup=1' : ''}`;

/** `@status` without LF. */
export const statusLine = (id: string, encodedName: string, state: string): string =>
	`@status id=${id} to=${encodedName} state=${state}`;

/** What a `@msg` of the stream holds. */
type Said = {
	readonly n: number;
	readonly id: string;
	readonly ts: number;
	readonly isLong: boolean;
	readonly isAction: boolean;
	readonly text: string;
};

/**
 * `@msg` of the stream without LF.
 *
 * @throws {RangeError} for a text with control characters
 */
export const streamLine = (
	{n, id, ts, isLong, isAction, text}: Said,
	prev: number,
	encodedFrom: string,
	encodedTo: string,
): string => {
	if (!isText(text)) throw new RangeError('A text must not hold control characters');
	const flags = `${isLong ? ' ml=1' : ''}${isAction ? ' act=1' : ''}`;
	return `@msg n=${n} prev=${prev} id=${id} ts=${ts} from=${encodedFrom} to=${encodedTo}${flags} :${text}`;
};
