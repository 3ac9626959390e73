import {trimWhiteSpace} from './white-space.ts';

/** A line of a client: the text goes to each of `to`, as they were typed, save empty ones. */
export type Post = {readonly to: string[]; readonly text: string};

/** A line of a server. */
export type Delivery = {readonly from: string; readonly text: string};

/** Characters that cannot stand in a destination, for they would end it or the line. */
const ending = /[,:\n]/;

/** The first `max` destinations as they were typed, trimmed; empty ones are left out and do not count. */
export const parseDestinations = (typed: string, max = Number.POSITIVE_INFINITY): string[] => {
	const destinations: string[] = [];
	for (let at = 0; at <= typed.length && destinations.length < max; ) {
		const comma = typed.indexOf(',', at);
		const end = comma === -1 ? typed.length : comma;
		const destination = trimWhiteSpace(typed.slice(at, end));
		if (destination !== '') destinations.push(destination);
		at = end + 1;
	}
	return destinations;
};

/**
 * Reads a line of a client, `bob, carol: hello`; destinations and text are trimmed (Unicode White_Space).
 *
 * @returns undefined for a line without a colon, which means nothing.
 */
export const parsePost = (line: string): Post | undefined => {
	const colon = line.indexOf(':');
	if (colon === -1) return undefined;
	return {to: parseDestinations(line.slice(0, colon)), text: trimWhiteSpace(line.slice(colon + 1))};
};

/**
 * A client's line, without LF.
 *
 * @throws {RangeError} when it would mean something else on the wire: a text of several lines, or a destination with a
 * comma, a colon or an LF in it.
 */
export const formatPost = (to: readonly string[], text: string): string => {
	if (text.includes('\n')) throw new RangeError('The text of a line must not hold a line feed');
	if (to.some(destination => ending.test(destination))) {
		throw new RangeError('A destination must not hold a comma, a colon or a line feed');
	}
	return `${to.join(', ')}: ${text}`;
};

/**
 * Reads a line of a server, `from alice: hi`. The text is taken as it is, without the one space behind the colon.
 *
 * @returns undefined for a line that no server of this dialect sends.
 */
export const parseDelivery = (line: string): Delivery | undefined => {
	const colon = line.indexOf(':');
	if (!line.startsWith(word) || colon < word.length) return undefined;
	const textStart = line[colon + 1] === ' ' ? colon + 2 : colon + 1;
	return {from: line.slice(word.length, colon), text: line.slice(textStart)};
};

/** A server's line, without LF. `from` holds no colon and `text` no LF. */
export const formatDelivery = (from: string, text: string): string => `${word}${from}: ${text}`;

const word = 'from ';
