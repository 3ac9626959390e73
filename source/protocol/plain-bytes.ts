import {limits} from './limits.ts';
import {formatDelivery} from './plain.ts';

const lf = 0x0a;
const tab = 0x09;
const del = 0x7f;
/** Lead byte of the controls U+0080 to U+009F in UTF-8. */
const c1Lead = 0xc2;

/** What stands in a delivery before its text. */
export const deliveryPrefix = (login: string): Buffer => Buffer.from(formatDelivery(login, ''));

/** Bytes of the White_Space character that begins at `at`, or 0 when none does. */
const whiteSpaceLength = (bytes: Uint8Array, at: number, end: number): number => {
	const first = bytes[at] ?? 0;
	if (first === 0x20 || (first >= 0x09 && first <= 0x0d)) return 1;
	if (first < 0xc2 || at + 1 >= end) return 0;
	const second = bytes[at + 1] ?? 0;
	if (first === 0xc2) return second === 0x85 || second === 0xa0 ? 2 : 0;
	if (first > 0xe3 || at + 2 >= end) return 0;
	return isWideWhiteSpace((first << 16) | (second << 8) | (bytes[at + 2] ?? 0)) ? 3 : 0;
};

/** U+1680, U+2000 to U+200A, U+2028, U+2029, U+202F, U+205F and U+3000, as three bytes of UTF-8 in one number. */
const isWideWhiteSpace = (three: number): boolean =>
	(three >= 0xe2_80_80 && three <= 0xe2_80_8a) ||
	three === 0xe2_80_a8 ||
	three === 0xe2_80_a9 ||
	three === 0xe2_80_af ||
	three === 0xe2_81_9f ||
	three === 0xe1_9a_80 ||
	three === 0xe3_80_80;

/** Where the bytes from `start` to `end`, which are UTF-8, begin when White_Space in front is left out. */
export const trimmedStart = (bytes: Uint8Array, start: number, end: number): number => {
	let at = start;
	while (at < end) {
		const length = whiteSpaceLength(bytes, at, end);
		if (length === 0) break;
		at += length;
	}
	return at;
};

/** Where the bytes from `start` to `end`, which are UTF-8, end when White_Space behind is left out. */
export const trimmedEnd = (bytes: Uint8Array, start: number, end: number): number => {
	let at = end;
	while (at > start) {
		// White_Space ends with a byte of ASCII, or with one that continues a character.
		const last = bytes[at - 1] ?? 0;
		if (last > 0x20 && (last < 0x80 || last > 0xbf)) break;
		const isOne = whiteSpaceLength(bytes, at - 1, at) === 1;
		const isTwo = at - 2 >= start && whiteSpaceLength(bytes, at - 2, at) === 2;
		const isThree = at - 3 >= start && whiteSpaceLength(bytes, at - 3, at) === 3;
		if (!isOne && !isTwo && !isThree) break;
		at -= isOne ? 1 : isTwo ? 2 : 3;
	}
	return at;
};

/** Whether a control other than TAB begins at `at`: C0, DEL, or C1. */
const isControl = (bytes: Uint8Array, at: number): boolean => {
	const byte = bytes[at] ?? 0;
	if (byte < 0x20) return byte !== tab;
	if (byte === c1Lead) return (bytes[at + 1] ?? 0) < 0xa0;
	return byte === del;
};

/** As in a word, for one byte. */
const mark = (byte: number): number => byte | (byte - 0x20) | (byte + 1);

/**
 * Whether none of the four bytes in a word is below 0x20, DEL, or the lead byte of C1: for each of the three, the high
 * bit of a byte that is it comes out set, and a borrow can set another byte's only where there is one.
 */
const isHarmless = (four: number): boolean => {
	const fromDel = four ^ 0x7f_7f_7f_7f;
	const fromC1 = four ^ 0xc2_c2_c2_c2;
	const marks =
		((four - 0x20_20_20_20) & ~four) |
		((fromDel - 0x01_01_01_01) & ~fromDel) |
		((fromC1 - 0x01_01_01_01) & ~fromC1);
	return (marks & 0x80_80_80_80) === 0;
};

/**
 * A server's line as bytes, LF included, built again and again in one piece of memory: the prefix, then the text with
 * each control other than TAB replaced by U+FFFD, cut at `limits.serverLineBytes` (only controls make a text longer).
 */
export class DeliveryLine {
	/** A replaced control takes three bytes; the line is cut afterwards. */
	readonly bytes: Buffer = Buffer.allocUnsafeSlow(3 * limits.serverLineBytes);
	/** Bytes of the line, LF included. */
	length = 0;
	#prefix: Buffer | undefined;
	readonly #words = new Int32Array(this.bytes.buffer, 0, this.bytes.length >> 2);

	/** Builds the line of which `source` from `start` to `end` is the text, trimmed UTF-8 of at most a plain line. */
	set(prefix: Buffer, source: Buffer, start: number, end: number): void {
		const textStart = prefix.length;
		const textEnd = textStart + end - start;
		// A sender's lines come one behind the other, and nothing is ever written over the prefix in front of them.
		if (prefix !== this.#prefix) {
			prefix.copy(this.bytes, 0);
			this.#prefix = prefix;
		}
		source.copy(this.bytes, textStart, start, end);
		// Ends the text, so that looking at the byte behind its last one is harmless.
		this.bytes[textEnd] = lf;
		const control = this.#findControl(textStart, textEnd);
		this.length = control === -1 ? textEnd + 1 : this.#replaceControls(control, source, end - textEnd, end);
	}

	/** Where the first control is, or -1; nearly all texts have none, and most have only ASCII. */
	#findControl(start: number, end: number): number {
		if (this.#isPlainAscii(start, end)) return -1;
		for (let at = start; at < end; at++) {
			if ((at & 3) === 0) while (at + 4 <= end && isHarmless(this.#words[at >> 2] ?? 0)) at += 4;
			if (at < end && isControl(this.bytes, at)) return at;
		}
		return -1;
	}

	/** Whether there are only printable characters of ASCII, looked at four bytes at a time. */
	#isPlainAscii(start: number, end: number): boolean {
		const words = this.#words;
		const firstWord = (start + 3) >> 2;
		const endWord = end >> 2;
		// The high bit of a byte comes out set in `marks` if the byte is below 0x20, is DEL, or is not ASCII. A borrow or
		// carry into the next byte can only come from such a byte too.
		let marks = 0;
		for (let word = firstWord; word < endWord; word++) {
			const four = words[word] ?? 0;
			marks |= four | (four - 0x20_20_20_20) | (four + 0x01_01_01_01);
		}
		for (let at = start; at < Math.min(firstWord << 2, end); at++) marks |= mark(this.bytes[at] ?? 0);
		for (let at = Math.max(endWord << 2, start); at < end; at++) marks |= mark(this.bytes[at] ?? 0);
		return (marks & 0x80_80_80_80) === 0;
	}

	/** Writes the line anew from its first control on; byte `at` of the line is byte `at + offset` of the source. */
	#replaceControls(first: number, source: Buffer, offset: number, end: number): number {
		let to = first;
		for (let from = first + offset; from < end; from++) {
			if (isControl(source, from)) {
				if (source[from] === c1Lead) from++;
				this.bytes[to++] = 0xef;
				this.bytes[to++] = 0xbf;
				this.bytes[to++] = 0xbd;
			} else {
				this.bytes[to++] = source[from] ?? 0;
			}
		}
		if (to > limits.serverLineBytes) {
			to = limits.serverLineBytes;
			while (((this.bytes[to] ?? 0) & 0xc0) === 0x80) to--;
		}
		this.bytes[to] = lf;
		return to + 1;
	}
}
