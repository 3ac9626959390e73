import {extendedLimits} from '../protocol/extended/limits.ts';
import {joinLines} from '../protocol/extended/lines-in-text.ts';
import {parseRoom} from '../protocol/extended/room.ts';
import {parseLogin} from '../protocol/login.ts';

/** Something that cannot stand on the wire. The message is a sentence that says what can. */
export class InputError extends RangeError {
	override readonly name = 'InputError';
	/** As a host would call it. */
	readonly code: 'BAD_NAME' | 'BAD_TEXT' | 'TEXT_TOO_LONG' | 'TOO_MANY_DESTS';

	constructor(code: InputError['code'], message: string) {
		super(message);
		this.code = code;
	}
}

/**
 * The people and rooms that a message is for, as they are written.
 *
 * @throws {InputError}
 */
export function checkDestinations(names: readonly string[]): readonly string[] {
	if (names.length === 0) throw new InputError('BAD_NAME', 'A message has to be for somebody.');
	if (names.length > extendedLimits.destinations) {
		throw new InputError(
			'TOO_MANY_DESTS',
			`A message can be for ${extendedLimits.destinations} people at most.`,
		);
	}
	return names.map(name => (name.startsWith('#') ? checkRoom(name) : checkPerson(name)));
}

/** @throws {InputError} */
export function checkRoom(name: string): string {
	const parsed = parseRoom(name);
	if (!parsed.ok) throw new InputError('BAD_NAME', `There can be no such room: ${parsed.problem}.`);
	return parsed.room;
}

/**
 * People, as they are written.
 *
 * @throws {InputError}
 */
export function checkPeople(names: readonly string[]): readonly string[] {
	return checkDestinations(names).map(checkPerson);
}

/**
 * A text as it may be sent, with LF between its lines.
 *
 * @throws {InputError} `TEXT_TOO_LONG` for more than 4,096 bytes, in which each LF and `%` of several lines counts three
 */
export function checkText(text: string): string {
	const lines = text.replaceAll('\r\n', '\n');
	const written = lines.includes('\n') ? joinLines(lines) : lines;
	if (Buffer.byteLength(written) > extendedLimits.textBytes) {
		throw new InputError(
			'TEXT_TOO_LONG',
			`A text has at most ${extendedLimits.textBytes} bytes: send it as several messages.`,
		);
	}
	return lines;
}

/**
 * Words for the host, in one line.
 *
 * @throws {InputError}
 */
export function checkWords(text: string): string {
	if (/(?!\t)\p{Cc}/u.test(text)) {
		throw new InputError('BAD_TEXT', 'This text has to be one line without control characters.');
	}
	return checkText(text);
}

function checkPerson(name: string): string {
	const parsed = parseLogin(name);
	if (!parsed.ok) throw new InputError('BAD_NAME', `There can be no such name: ${parsed.problem}.`);
	return parsed.login;
}
