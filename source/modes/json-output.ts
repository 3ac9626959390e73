import type {Signal} from './signal.ts';

/**
 * Everything in a line of JSON that a terminal might obey or a person would not see: DEL, C1, direction overrides and
 * other format characters, fillers, line separators. C0 and lone surrogates are escaped by `JSON.stringify` itself.
 */
const harmful = /[\p{Cc}\p{Cf}\p{Zl}\p{Zp}\p{Default_Ignorable_Code_Point}]/gu;

/** An object as a line of ASCII controls and visible characters, with its LF. Dates are UTC in ISO 8601. */
const formatJsonLine = (value: object): string => `${JSON.stringify(value).replace(harmful, escapeUnits)}\n`;

const escapeUnits = (character: string): string =>
	Array.from(
		{length: character.length},
		(_, at) => `\\u${character.charCodeAt(at).toString(16).padStart(4, '0')}`,
	).join('');

/** Lines of JSON on a stream whose reader may be slow: whoever writes asks `isFull`, and waits for `changed`. */
export class JsonOutput {
	readonly #stream: NodeJS.WriteStream;
	readonly #changed: Signal;
	readonly #onFull: (isFull: boolean) => void;
	#isFull = false;

	/** @param onFull told when the reader does not take what was written, and when it has */
	constructor(stream: NodeJS.WriteStream, changed: Signal, onFull: (isFull: boolean) => void) {
		this.#stream = stream;
		this.#changed = changed;
		this.#onFull = onFull;
		stream.on('drain', () => this.#setFull(false));
	}

	get isFull(): boolean {
		return this.#isFull;
	}

	write(value: object): void {
		if (!this.#stream.write(formatJsonLine(value))) this.#setFull(true);
	}

	#setFull(isFull: boolean): void {
		if (this.#isFull === isFull) return;
		this.#isFull = isFull;
		this.#onFull(isFull);
		this.#changed.notify();
	}
}
