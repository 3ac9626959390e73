import {limits} from './limits.ts';
import {looksLikeServer} from './look-alikes.ts';
import {trimWhiteSpace} from './white-space.ts';

/** A login as it is shown (NFC) with the key by which it is compared, or what is wrong with it. */
export type ParsedLogin =
	| {readonly ok: true; readonly login: string; readonly key: string}
	| {readonly ok: false; readonly problem: string};

// Invisible characters are letters and marks too (U+3164, the variation selectors): two names that look the same must
// not differ by them.
const invisible = /\p{Default_Ignorable_Code_Point}/u;
const characters = /^[\p{L}\p{M}\p{Nd}._-]+$/u;
const start = /^[\p{L}\p{Nd}]/u;
const tooManyMarks = new RegExp(`\\p{M}{${limits.loginMarksInARow + 1}}`, 'u');
const unprintable = /\p{C}|\p{Default_Ignorable_Code_Point}|(?! )\p{Z}/gu;
// Nearly all names are ASCII, for which all rules come down to this; thousands may log in at once.
const ascii = /^[ -~]*$/;
/** How SSH greets (RFC 4253, section 4.2), which would make a name, and wait for an answer. */
const sshGreeting = /^SSH-\d/;
const asciiLogin = new RegExp(`^[A-Za-z\\d][\\w.-]{0,${limits.loginCodePoints - 1}}$`);
const tooLong = `is longer than ${limits.loginCodePoints} characters`;

/** Bytes that a text takes in UTF-8. */
const utf8Length = (text: string): number => new TextEncoder().encode(text).length;

/** A name in quotes as a message may show it, whatever it holds: at most 32 code points, nothing invisible. */
const quote = (name: string): string => {
	// Cut before anything else: a name may come from a peer and be as long as a line.
	const points = Array.from(name.slice(0, 4 * limits.loginCodePoints));
	const isCut = name.length > 4 * limits.loginCodePoints || points.length > limits.loginCodePoints;
	const shown = points.slice(0, limits.loginCodePoints).join('').replace(unprintable, '\uFFFD');
	return `"${shown}${isCut ? '…' : ''}"`;
};

/** Whether a text is printable ASCII, for which `loginKey` costs next to nothing. */
export const isAscii = (text: string): boolean => ascii.test(text);

const foldOnce = (text: string): string => text.normalize('NFKC').toUpperCase().toLowerCase();

/**
 * The form of a login in which two of them are compared: NFKC, upper case, lower case, all twice, and NFKC again. So
 * `Straße`, `STRASSE` and `STRAẞE` are one name (the last takes two rounds: ẞ, ß, ss), and so are `ς` and `Σ`. Works for
 * any text, also for one that is no login.
 */
export const loginKey = (text: string): string =>
	isAscii(text) ? text.toLowerCase() : foldOnce(foldOnce(text)).normalize('NFKC');

/**
 * Reads a login: white space around it is dropped, what is left is brought to NFC and has to follow the grammar of
 * `docs/protocol.md` ("Logins").
 *
 * @returns the login, or a `problem` fit to be shown to people on one line (`the name is empty`); it quotes at most 32
 * code points of the name, with everything in it that is not visible replaced.
 */
export const parseLogin = (text: string): ParsedLogin => {
	const trimmed = trimWhiteSpace(text);
	if (trimmed === '') return {ok: false, problem: 'the name is empty'};
	const problem = (what: string): ParsedLogin => ({ok: false, problem: `the name ${quote(trimmed)} ${what}`});
	if (sshGreeting.test(trimmed)) return problem('is how SSH greets, and this is a chat');
	// Normalising may triple a text, so what is far too long is refused before.
	if (trimmed.length > limits.loginTypedUnits) return problem(tooLong);
	if (asciiLogin.test(trimmed) && loginKey(trimmed) !== 'server')
		return {ok: true, login: trimmed, key: loginKey(trimmed)};
	const login = trimmed.normalize('NFC');
	if (!characters.test(login) || invisible.test(login)) {
		return problem('may only hold letters, digits, ".", "_" and "-"');
	}
	if (!start.test(login)) return problem('has to start with a letter or a digit');
	if (tooManyMarks.test(login)) return problem(`has more than ${limits.loginMarksInARow} marks in a row`);
	if (Array.from(login).length > limits.loginCodePoints) return problem(tooLong);
	if (utf8Length(login) > limits.loginBytes) return problem(`takes more than ${limits.loginBytes} bytes`);
	if (looksLikeServer(login)) return problem('is kept for the server itself');
	return {ok: true, login, key: loginKey(login)};
};
