import {type LineFault, LineReader, type LineReaderOptions} from './line-reader.ts';

const decoder = new TextDecoder('utf-8', {ignoreBOM: true});

/**
 * Cuts a stream of bytes into lines as strings; what ends a line and what happens to one that is too long is told at
 * `LineReader`. Without `isStrict` bytes that are not UTF-8 become U+FFFD.
 */
export class LineSplitter {
	readonly #reader: LineReader;

	constructor(options: LineReaderOptions) {
		this.#reader = new LineReader(options);
	}

	/** Why there will be no more lines; the ones before the fault have been returned. */
	get fault(): LineFault | undefined {
		return this.#reader.fault;
	}

	/** Takes the next bytes of the stream and returns the lines that they end. The chunk is not kept. */
	push(chunk: Uint8Array): string[] {
		const lines: string[] = [];
		this.#reader.push(Buffer.from(chunk.buffer, chunk.byteOffset, chunk.byteLength));
		while (this.#reader.next()) lines.push(this.#line());
		return lines;
	}

	/** The end of the stream: the last line when it has no LF, or undefined. */
	end(): string | undefined {
		return this.#reader.finish() ? this.#line() : undefined;
	}

	#line(): string {
		const {bytes, start, end} = this.#reader;
		return decoder.decode(bytes.subarray(start, end));
	}
}
