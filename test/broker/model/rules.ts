// What docs/protocol.md says of lines, written a second time: in code points where the broker works on bytes, with the
// language's tables where the broker has its own. Nothing is shared with the broker's code, not even a number.

/** Bytes of a client's line, and of a server's; destinations of one line that are served. */
export const lineBytes = 65_536;
const serverLineBytes = 73_728;
export const servedDestinations = 20;

/** Code points and bytes of a login, and UTF-16 code units of what is worth looking at as one. */
const loginPoints = 32;
const loginBytes = 96;
const loginTypedUnits = 384;

const whiteSpace = /^\p{White_Space}$/u;
const control = /(?!\t)\p{Cc}/gu;

export const trim = (text: string): string => {
	const points = [...text];
	let [start, end] = [0, points.length];
	while (start < end && whiteSpace.test(points[start] ?? '')) start++;
	while (end > start && whiteSpace.test(points[end - 1] ?? '')) end--;
	return points.slice(start, end).join('');
};

/** A line as text, or undefined when it is not UTF-8. */
export const decode = (bytes: Uint8Array): string | undefined => {
	try {
		return new TextDecoder('utf-8', {fatal: true, ignoreBOM: true}).decode(bytes);
	} catch {
		return undefined;
	}
};

/** What a server writes for a text, LF included: without controls, and cut where it is longer than a line may be. */
export const serverLine = (login: string, text: string): Buffer => {
	const whole = `from ${login}: ${text.replace(control, '\uFFFD')}`;
	if (Buffer.byteLength(whole) <= serverLineBytes) return Buffer.from(`${whole}\n`);
	let [line, bytes] = ['', 0];
	for (const point of whole) {
		bytes += Buffer.byteLength(point);
		if (bytes > serverLineBytes) break;
		line += point;
	}
	return Buffer.from(`${line}\n`);
};

const foldOnce = (text: string): string => text.normalize('NFKC').toUpperCase().toLowerCase();

/** What two names have in common that are one. */
const fold = (name: string): string => foldOnce(foldOnce(name)).normalize('NFKC');

/** Whom a client's line names, each once, and what they get; undefined for a line that names nobody. */
export const readPost = (
	line: string,
): {readonly keys: readonly string[]; readonly text: string} | undefined => {
	const [destinations = '', ...texts] = line.split(':');
	if (texts.length === 0) return undefined;
	const named = destinations.split(',').map(trim);
	const served = named.filter(name => name !== '').slice(0, servedDestinations);
	return {keys: [...new Set(served.map(fold))], text: trim(texts.join(':'))};
};

/**
 * Characters that look like those of "server", as far as `names.ts` has them. The broker's own list is held
 * against these few, not shared: a letter that is missing there shows.
 */
const looks: Readonly<Record<string, string>> = {
	ѕ: 's',
	Ѕ: 's',
	ꮪ: 's',
	Ꮪ: 's',
	е: 'e',
	Е: 'e',
	Ε: 'e',
	г: 'r',
	Ꭱ: 'r',
	ѵ: 'v',
	ν: 'v',
	'٧': 'v',
	ᴠ: 'v',
};

const looksLikeServer = (login: string): boolean => {
	const shown = login.normalize('NFKC');
	return [shown, shown.toUpperCase(), shown.toLowerCase()].some(
		form => Array.from(form, point => looks[point] ?? point.toLowerCase()).join('') === 'server',
	);
};

const hidden = /[\p{C}\p{Default_Ignorable_Code_Point}]|(?! )\p{Z}/u;

const quote = (name: string): string => {
	const points = [...name];
	const shown = points.slice(0, loginPoints).map(point => (hidden.test(point) ? '\uFFFD' : point));
	return `"${shown.join('')}${points.length > shown.length ? '…' : ''}"`;
};

/** What is wrong with a name, the first of several things; undefined when nothing is. */
const problemOf = (typed: string, login: string): string | undefined => {
	const points = [...login];
	const tooLong = 'is longer than 32 characters';
	if (typed.length > loginTypedUnits) return tooLong;
	if (!points.every(point => /[\p{L}\p{M}\p{Nd}._-]/u.test(point) && !/\p{DI}/u.test(point)))
		return 'may only hold letters, digits, ".", "_" and "-"';
	if (!/[\p{L}\p{Nd}]/u.test(points[0] ?? '')) return 'has to start with a letter or a digit';
	if (points.some((_, at) => at >= 2 && points.slice(at - 2, at + 1).every(point => /\p{M}/u.test(point))))
		return 'has more than 2 marks in a row';
	if (points.length > loginPoints) return tooLong;
	if (Buffer.byteLength(login) > loginBytes) return 'takes more than 96 bytes';
	if (looksLikeServer(login)) return 'is kept for the server itself';
	return undefined;
};

/** A login line: the name as it is shown and as it is compared, or what its sender is told. */
export const readLogin = (
	line: string,
): {readonly login: string; readonly key: string; readonly problem?: never} | {readonly problem: string} => {
	const typed = trim(line.startsWith('\uFEFF') ? line.slice(1) : line);
	if (typed === '') return {problem: 'the name is empty'};
	const login = typed.normalize('NFC');
	const problem = problemOf(typed, login);
	return problem === undefined ? {login, key: fold(login)} : {problem: `the name ${quote(typed)} ${problem}`};
};
