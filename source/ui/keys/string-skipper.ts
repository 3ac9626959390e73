import {bytes} from './bytes.ts';

/** Bytes up to which a chunk that comes after a pause, and has no terminator, is taken for keys and not for a reply. */
const typedBytes = 8;

/** What `StringSkipper.take` found: go on, the string is over, or it broke off and an escape sequence has begun. */
type Progress = 'more' | 'end' | 'escape';

const startsReply = /^(?:\[[?>]|\]\d|P[01]?[+$>!]|_G)/;

/** True if `chunk` can only be the rest of a reply whose ESC came alone, a pause before. */
export const isReplyStart = (chunk: Uint8Array): boolean =>
	startsReply.test(Buffer.from(chunk.subarray(0, 4)).toString('latin1'));

/**
 * Skips the control strings that a terminal answers with (OSC, DCS, SOS, PM, APC), up to their terminator (ST; for OSC
 * also BEL). Nothing is kept, so a string without end costs no memory.
 */
export class StringSkipper {
	/** The letter behind ESC that opened the string: `]PX^_`. */
	opener = ']';
	/** True while nothing came behind the opener. */
	isEmpty = true;
	#last = 0;

	open(opener: string): void {
		this.opener = opener;
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
		return isTerminator || byte === bytes.cancel || byte === bytes.substitute ? 'end' : 'more';
	}

	/** True if `chunk`, which came after a pause, is the rest of the string; else it is what a person typed. */
	continuesIn(chunk: Uint8Array): boolean {
		if (chunk.length > typedBytes || (this.#last === bytes.escape && chunk[0] === bytes.backslash)) {
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
