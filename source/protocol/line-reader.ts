import {isUtf8} from 'node:buffer';
import {ControlScanner} from './control-scanner.ts';

/** Why a stream of lines was given up: a line longer than its bound, or one that is not UTF-8. */
export type LineFault = 'LINE_TOO_LONG' | 'BAD_UTF8';

export type LineReaderOptions = {
	/** Bytes that a line may have before its LF; a CR right before the LF counts. */
	readonly maxBytes: number;
	/**
	 * What a longer line is: `refuse` is a fault, found before its end has come; `truncate` keeps its start, cut at the
	 * border of a character, and drops the rest up to the LF.
	 */
	readonly overflow: 'refuse' | 'truncate';
	/**
	 * Whether a line that is not UTF-8 is a fault, and controls are looked for; otherwise its bytes are handed out as they
	 * are.
	 */
	readonly isStrict: boolean;
};

const lf = 0x0a;
const cr = 0x0d;
const nothing = Buffer.alloc(0);

/** One for all readers: each copies its bytes anew when another one has come between. */
const scanner = new ControlScanner();

/** Bytes of memory that the start of a line gets at first, and that one line may leave to the next. */
const firstCapacity = 256;
const reusedCapacity = 4096;

/**
 * Cuts a stream of bytes into lines, at the byte 0x0A and nowhere else, and drops one CR right before it.
 *
 * A line is handed out in place, as `bytes` from `start` to `end`, so that a server that only passes bytes on copies
 * nothing here. Only the start of a line whose end has not come yet is copied; it costs at most `maxBytes`.
 *
 * ```
 * reader.push(chunk);
 * while (reader.next()) use(reader.bytes, reader.start, reader.end);
 * ```
 *
 * The loop may be left and taken up again later. The chunk must not change, and nothing may be pushed, until `next` has
 * said false.
 */
export class LineReader {
	/** What holds the current line. Neither it nor `start` and `end` mean anything after the next call of `next`. */
	bytes: Buffer = nothing;
	start = 0;
	end = 0;
	/** Whether the line holds no control other than TAB; only a strict reader looks. */
	isClean = false;
	/** Set once `next` has said false because of it; from then on there are no more lines. */
	fault: LineFault | undefined;

	/** See `LineReaderOptions`; may change between two lines. */
	maxBytes: number;
	readonly #options: LineReaderOptions;
	#chunk: Buffer = nothing;
	/** Where the unread part of the chunk begins, and where its last whole line ends. */
	#at = 0;
	#wholeEnd = 0;
	/** Whether the whole lines of the chunk are known to be UTF-8, save one that began in an earlier chunk. */
	#isValid = false;
	/** The start of a line that began in an earlier chunk. */
	#kept: Buffer = nothing;
	#keptLength = 0;
	#isKeptCut = false;

	constructor(options: LineReaderOptions) {
		this.#options = options;
		this.maxBytes = options.maxBytes;
	}

	push(chunk: Buffer): void {
		this.#chunk = chunk;
		this.#at = 0;
		this.#wholeEnd = chunk.lastIndexOf(lf) + 1;
		if (!this.#options.isStrict || this.#wholeEnd === 0) return;
		const from = this.#hasBegun ? chunk.indexOf(lf) + 1 : 0;
		// One look at all whole lines costs a tenth of one look at each.
		const isWhole = from === 0 && this.#wholeEnd === chunk.length;
		this.#isValid = isUtf8(isWhole ? chunk : chunk.subarray(from, this.#wholeEnd));
	}

	/** Goes to the next whole line; false when there is none, or a fault. */
	next(): boolean {
		if (this.fault !== undefined) return false;
		if (this.#at >= this.#wholeEnd) return this.#keepRest();
		const start = this.#at;
		const end = this.#findEnd(start);
		this.#at = end + 1;
		if (this.#hasBegun) return this.#append(start, end) && this.#emitKept();
		if (end - start > this.maxBytes) return this.#emitLong(start);
		return this.#emit(this.#chunk, start, end, this.#isValid);
	}

	/** Where the LF of the whole line is that begins at `start`; looking for it tells as well whether the line is clean. */
	#findEnd(start: number): number {
		const chunk = this.#chunk;
		if (!this.#options.isStrict) return chunk.indexOf(lf, start);
		const control = scanner.find(chunk, start);
		const end = chunk[control] === cr ? control + 1 : control;
		this.isClean = chunk[end] === lf;
		return this.isClean ? end : chunk.indexOf(lf, end);
	}

	/** Goes to the last line, the one that the stream ended before its LF; false when there is none, or a fault. */
	finish(): boolean {
		return this.fault === undefined && this.#hasBegun && this.#emitKept();
	}

	get #hasBegun(): boolean {
		return this.#keptLength > 0;
	}

	#keepRest(): boolean {
		const {length} = this.#chunk;
		if (this.#at < length) this.#append(this.#at, length);
		else if (!this.#hasBegun) this.#kept = nothing;
		this.#chunk = nothing;
		this.#at = 0;
		this.#wholeEnd = 0;
		return false;
	}

	/** Adds bytes of the chunk to the line that began earlier, as far as it may grow. */
	#append(from: number, to: number): boolean {
		const {overflow} = this.#options;
		const {maxBytes} = this;
		const room = maxBytes - this.#keptLength;
		if (to - from > room) {
			if (overflow === 'refuse') return this.#fail('LINE_TOO_LONG');
			this.#isKeptCut = true;
		}
		const length = Math.min(to - from, room);
		this.#reserve(this.#keptLength + length);
		this.#chunk.copy(this.#kept, this.#keptLength, from, from + length);
		this.#keptLength += length;
		return true;
	}

	#reserve(length: number): void {
		if (!this.#hasBegun && this.#kept.length > reusedCapacity) this.#kept = nothing;
		if (length <= this.#kept.length) return;
		const capacity = Math.max(firstCapacity, length, Math.min(2 * length, this.maxBytes));
		const grown = Buffer.allocUnsafeSlow(capacity);
		this.#kept.copy(grown, 0, 0, this.#keptLength);
		this.#kept = grown;
	}

	#emitKept(): boolean {
		const end = this.#isKeptCut ? characterBorder(this.#kept, 0, this.#keptLength) : this.#keptLength;
		const isCut = this.#isKeptCut;
		if (this.#options.isStrict) this.#inspectKept();
		this.#keptLength = 0;
		this.#isKeptCut = false;
		return this.#emit(this.#kept, 0, end, false, isCut);
	}

	#inspectKept(): void {
		const line = this.#kept.subarray(0, this.#keptLength);
		const control = scanner.find(line, 0);
		this.isClean = control === line.length || (control === line.length - 1 && line[control] === cr);
	}

	#emitLong(start: number): boolean {
		if (this.#options.overflow === 'refuse') return this.#fail('LINE_TOO_LONG');
		const end = characterBorder(this.#chunk, start, start + this.maxBytes);
		return this.#emit(this.#chunk, start, end, this.#isValid, true);
	}

	#emit(bytes: Buffer, start: number, end: number, isValid: boolean, isCut = false): boolean {
		const isStrict = this.#options.isStrict && !isValid;
		if (isStrict && !isUtf8(bytes.subarray(start, end))) return this.#fail('BAD_UTF8');
		this.bytes = bytes;
		this.start = start;
		this.end = !isCut && end > start && bytes[end - 1] === cr ? end - 1 : end;
		return true;
	}

	#fail(fault: LineFault): false {
		this.fault = fault;
		this.#chunk = nothing;
		this.#kept = nothing;
		this.#keptLength = 0;
		return false;
	}
}

/** The last place at or before `end` at which no UTF-8 character is cut in two; bytes that are none are kept. */
const characterBorder = (bytes: Buffer, start: number, end: number): number => {
	for (let at = end - 1; at >= start && at > end - 4; at--) {
		const byte = bytes[at] ?? 0;
		if (byte < 0x80) return end;
		if (byte < 0xc0) continue;
		const length = byte < 0xe0 ? 2 : byte < 0xf0 ? 3 : 4;
		return at + length > end ? at : end;
	}
	return end;
};
