/** Bytes of a paste that are kept; of a longer one the rest is read and thrown away. */
export const maxPasteBytes = 1024 * 1024;

const endMarker = Buffer.from('\u001B[201~');

/**
 * Collects what comes between `CSI 200 ~` and `CSI 201 ~`, wherever the chunks are cut. Nothing inside is interpreted but
 * the end marker.
 */
export class PasteCollector {
	#parts: Buffer[] = [];
	#size = 0;
	#isCut = false;
	// Bytes of the end marker that the last chunks ended in.
	#matched = 0;

	/**
	 * Takes the bytes of `chunk` from offset `from`. Returns the offset behind the end marker, or -1 if the paste goes on.
	 */
	push(chunk: Uint8Array, from: number): number {
		let start = from;
		let position = from;
		while (position < chunk.length) {
			if (this.#matched === 0) {
				position = chunk.indexOf(endMarker[0] as number, position);
				if (position === -1) {
					break;
				}
			}

			if (chunk[position] === endMarker[this.#matched]) {
				if (this.#matched === 0) {
					this.#keep(chunk.subarray(start, position));
					start = position;
				}

				this.#matched++;
				position++;
				start = position;
				if (this.#matched === endMarker.length) {
					this.#matched = 0;
					return position;
				}
			} else {
				// Only its first byte is an ESC, so a marker that breaks off can begin anew only at this byte.
				this.#keep(endMarker.subarray(0, this.#matched));
				this.#matched = 0;
			}
		}

		this.#keep(chunk.subarray(start));
		return -1;
	}

	/** What was collected, decoded as UTF-8 (broken bytes become U+FFFD); the collector is empty again. */
	take(): {readonly text: string; readonly isCut: boolean} {
		const bytes = Buffer.concat(this.#parts);
		// A character that the bound cut in two is not the paster's broken byte.
		const text = new TextDecoder('utf-8', {ignoreBOM: true}).decode(bytes, {stream: this.#isCut});
		const isCut = this.#isCut;
		this.#parts = [];
		this.#size = 0;
		this.#isCut = false;
		this.#matched = 0;
		return {text, isCut};
	}

	#keep(bytes: Uint8Array): void {
		const room = maxPasteBytes - this.#size;
		if (bytes.length > room) {
			this.#isCut = true;
		}

		if (bytes.length > 0 && room > 0) {
			// A copy: the stream may use the chunk's memory again.
			const part = Buffer.from(bytes.subarray(0, room));
			this.#parts.push(part);
			this.#size += part.length;
		}
	}
}
