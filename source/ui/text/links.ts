/** Addresses that are longer are no links: VTE, and so most terminals of Linux, take 2,083 bytes. */
const maxLength = 2083;

// What an address may hold (RFC 3986): printable ASCII, and nothing that would end the sequence around it.
const scheme = /https?:\/\//iy;
const authority = /(?:[a-z\d](?:[a-z\d.-]*[a-z\d])?|\[[\da-f:.]+\])(?::\d{1,5})?/iy;
const rest = /[/?#][\w\-.~:/?#[\]@!$&'()*+,;=%]*/y;
const endsWord = /[.,;:!?'"*_)\]}>]/;
const wordCharacter = /[\p{L}\p{M}\p{N}_]/u;

/**
 * The address of a page that starts at `start` of a sanitised text, or undefined. It is the very text that is shown, and
 * it is none at all where what is shown would lead elsewhere than it seems to: with a name before an `@`, cut short by a
 * letter that no address may have, or by something that had to be replaced.
 *
 * @param isCutOff whether a token follows on `text`
 */
export function linkAt(text: string, start: number, isCutOff: boolean): string | undefined {
	if (wordCharacter.test(text[start - 1] ?? '')) return undefined;
	const host = endOf(authority, text, endOf(scheme, text, start));
	if (host === undefined) return undefined;
	const end = endOf(rest, text, host) ?? host;
	if (end - start > maxLength || (end === text.length && isCutOff)) return undefined;
	const next = text[end] ?? ' ';
	if (end === host && !endsHost(next, text[end + 1] ?? ' ')) return undefined;
	if (next > '~' && wordCharacter.test(String.fromCodePoint(text.codePointAt(end) ?? 0x20))) return undefined;
	return withoutPunctuation(text.slice(start, end), host - start);
}

function endOf(pattern: RegExp, text: string, start: number | undefined): number | undefined {
	if (start === undefined) return undefined;
	pattern.lastIndex = start;
	return pattern.test(text) ? pattern.lastIndex : undefined;
}

/** Whether the host ends here for a reader, too: behind a `@`, a `\` or a `%` it would be another one. */
function endsHost(next: string, afterNext: string): boolean {
	if (next > '~' || next === ' ') return true;
	return endsWord.test(next) && (next !== ':' || afterNext === ' ');
}

/** What stands behind an address belongs to the sentence; a bracket does unless it was opened in the address. */
function withoutPunctuation(link: string, host: number): string {
	let open = count(link, '(') - count(link, ')');
	let openSquare = count(link, '[') - count(link, ']');
	let end = link.length;
	for (; end > host; end--) {
		const last = link[end - 1] ?? '';
		if (last === ')' && open < 0) open++;
		else if (last === ']' && openSquare < 0) openSquare++;
		else if (last === ')' || last === ']' || last === '_' || !endsWord.test(last)) break;
	}
	return link.slice(0, end);
}

function count(text: string, character: string): number {
	let found = 0;
	for (const each of text) if (each === character) found++;
	return found;
}
