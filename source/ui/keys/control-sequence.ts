import {csiKey} from './csi.ts';
import type {KeyEvent} from './key-event.ts';

// More than any key has: what is longer is a reply, and is only skipped.
const maxParameters = 64;

/** What `ControlSequence.take` found. At `foreign` the byte is none of the sequence's; a reply is a key without event. */
export type SequenceProgress =
	| {readonly kind: 'more' | 'foreign' | 'linux' | 'mouse' | 'paste'}
	| {readonly kind: 'key'; readonly event: KeyEvent | undefined};

const more = {kind: 'more'} as const;

/** Reads one control sequence behind its CSI (ECMA-48: parameters, intermediates, a final byte), byte by byte. */
export class ControlSequence {
	#parameters = '';
	#isForSkipping = false;

	/** True if nothing came behind CSI yet. */
	get isEmpty(): boolean {
		return this.#parameters === '' && !this.#isForSkipping;
	}

	start(): void {
		this.#parameters = '';
		this.#isForSkipping = false;
	}

	take(byte: number, alt: boolean): SequenceProgress {
		if (byte < 0x20 || byte > 0x7e) {
			return {kind: 'foreign'};
		}

		const character = String.fromCharCode(byte);
		// rxvt ends keys with Shift in `$`, an intermediate elsewhere: replies with it have two parameters or a prefix.
		const isRxvtShift = character === '$' && /^\d{1,2}$/.test(this.#parameters) && !this.#isForSkipping;
		if (byte >= 0x40 || isRxvtShift) {
			return this.#finish(character, alt);
		}

		if (byte < 0x30 || '<=>?'.includes(character) || this.#parameters.length >= maxParameters) {
			this.#isForSkipping = true;
		} else {
			this.#parameters += character;
		}

		return more;
	}

	#finish(final: string, alt: boolean): SequenceProgress {
		if (this.#isForSkipping) {
			return {kind: 'key', event: undefined};
		}

		if (this.#parameters === '' && final === '[') {
			return {kind: 'linux'};
		}

		if (this.#parameters === '' && final === 'M') {
			return {kind: 'mouse'};
		}

		if (this.#parameters === '200' && final === '~') {
			return {kind: 'paste'};
		}

		return {kind: 'key', event: csiKey(this.#parameters, final, alt)};
	}
}
