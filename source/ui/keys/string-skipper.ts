import {maxBackgroundReply} from './background-reply.ts';
import {bytes} from './bytes.ts';

/** Bytes up to which a chunk that comes after a pause, and has no terminator, is taken for keys and not for a reply. */
const typedBytes = 8;

/** What `StringSkipper.take` found: go on, the string is over, or it broke off and an escape sequence has begun. */
type Progress = 'more' | 'end' | 'escape';

// Nobody types these in one read: what begins with a private sign, a whole sequence with numbers, a single letter behind
// the bracket and nothing else (a key, or the focus), the three bytes of a mouse, and a string of any kind with its end.
const replyStarts = [
	/^(?:\[[?>]|\[<\d|\]\d|P[01]?[+$>!]|_G)/,
	/^\[[\d;:]+[ -/]*[@-~]/,
	/^\[[A-Z]$/,
	/^\[M[^\0-\x1F]{3}$/,
	/^[\]PX^_][^\x1B]*(?:\x1B\\|\xC2\x9C)/,
	/^\][^\x1B\x07]*\x07/,
];

// More than any reply has before something tells what it is; only its end stands further behind.
const examinedBytes = 4096;

/** True if `chunk` can only be the rest of a reply, or of a key's sequence, whose ESC came alone, a pause before. */
export const isReplyStart = (chunk: Uint8Array): boolean => {
	const start = Buffer.from(chunk.subarray(0, examinedBytes)).toString('latin1');
	return replyStarts.some(pattern => pattern.test(start));
};

/**
 * Skips the control strings that a terminal answers with (OSC, DCS, SOS, PM, APC), up to their terminator (ST; for OSC
 * also BEL). Nothing is kept but the start of an OSC, which may tell the colour of the background; so a string without
 * end costs no memory.
 */
export class StringSkipper {
	/** The letter behind ESC that opened the string: `]PX^_`. */
	opener = ']';
	/** True while nothing came behind the opener. */
	isEmpty = true;
	#last = 0;
	#start = '';

	/** The string without its terminator; cut where it is longer than what is looked for. */
	get start(): string {
		return this.#start;
	}

	open(opener: string): void {
		this.opener = opener;
		this.#start = '';
		this.isEmpty = true;
		this.#last = 0;
	}

	/** Takes one byte. At `escape` the byte is the one behind an ESC and belongs to a new sequence. */
	take(byte: number): Progress {
		const last = this.#last;
		this.#last = byte;
		if (last === bytes.escape && byte !== bytes.escape) {
			return byte === bytes.backslash ? 'end' : 'escape';
		}

		this.isEmpty = false;
		const isTerminator =
			(last === bytes.c1Lead && byte === bytes.c1Terminator) || (byte === bytes.bell && this.opener === ']');
		if (isTerminator || byte === bytes.cancel || byte === bytes.substitute) return 'end';
		const isKept = this.opener === ']' && byte > 0x20 && byte < 0x7f;
		if (isKept && this.#start.length <= maxBackgroundReply) this.#start += String.fromCharCode(byte);
		return 'more';
	}

	/** True if `chunk`, which came after a pause, is the rest of the string; else it is what a person typed. */
	continuesIn(chunk: Uint8Array): boolean {
		const isSecondHalf =
			(this.#last === bytes.escape && chunk[0] === bytes.backslash) ||
			(this.#last === bytes.c1Lead && chunk[0] === bytes.c1Terminator);
		if (chunk.length > typedBytes || isSecondHalf) {
			return true;
		}

		return chunk.some(
			(byte, index) =>
				(byte === bytes.bell && this.opener === ']') ||
				(byte === bytes.escape && (chunk[index + 1] ?? (index > 0 && bytes.backslash)) === bytes.backslash) ||
				(byte === bytes.c1Terminator && chunk[index - 1] === bytes.c1Lead),
		);
	}
}
