const maxAscii = 0x7f;

/** Decodes typed UTF-8, wherever the chunks are cut. Broken bytes become U+FFFD once something else follows them. */
export class TextCollector {
	readonly #decoder = new TextDecoder('utf-8', {ignoreBOM: true});
	#isOpen = false;
	#text = '';

	/** Adds bytes of text; the last character may be unfinished. */
	add(bytes: Uint8Array): void {
		if (bytes.length > 0) {
			this.#text += this.#decoder.decode(bytes, {stream: true});
			this.#isOpen = (bytes.at(-1) as number) > maxAscii;
		}
	}

	/** Says that something else than text follows: an unfinished character will never be finished. */
	end(): void {
		if (this.#isOpen) {
			this.#text += this.#decoder.decode();
			this.#isOpen = false;
		}
	}

	/** The text since the last time; an unfinished character stays. */
	take(): string {
		const text = this.#text;
		this.#text = '';
		return text;
	}
}
