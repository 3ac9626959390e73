import {findControl, isControl, isControlOfTwoBytes} from './controls.ts';
import {limits} from './limits.ts';
import {formatDelivery} from './plain.ts';

const lf = 0x0a;

/** Below this a loop is quicker than the call that copies. */
const shortBytes = 32;

/** What stands in a delivery before its text. */
export const deliveryPrefix = (login: string): Buffer => Buffer.from(formatDelivery(login, ''));

/** Memory that lines are written to, as bytes and as words of four; `words` begins where `bytes` does. */
export type LineMemory = {readonly bytes: Buffer; readonly words: Int32Array};

/** Memory of its own for `length` bytes, rounded up to whole words. */
export const lineMemory = (length: number): LineMemory => {
	const bytes = Buffer.allocUnsafeSlow((length + 3) & ~3);
	return {bytes, words: new Int32Array(bytes.buffer)};
};

/**
 * Writes a server's line, LF included, to `memory` from `at` on: the prefix, then `source` from `start` to `end`, which is
 * trimmed UTF-8. There has to be room for all of it.
 *
 * @returns where the line ends, or -1 when the text holds a control that must not be passed on; what was written is then
 * of no use
 */
export const writeDelivery = (
	memory: LineMemory,
	at: number,
	prefix: Buffer,
	source: Buffer,
	start: number,
	end: number,
): number => {
	const {bytes} = memory;
	const textStart = at + prefix.length;
	const textEnd = textStart + end - start;
	for (let from = 0, to = at; to < textStart; from++, to++) bytes[to] = prefix[from] ?? 0;
	if (end - start > shortBytes) source.copy(bytes, textStart, start, end);
	else for (let from = start, to = textStart; from < end; from++, to++) bytes[to] = source[from] ?? 0;
	// Ends the text, so that looking at the byte behind its last one is harmless.
	bytes[textEnd] = lf;
	return findControl(memory, textStart, textEnd) === -1 ? textEnd + 1 : -1;
};

/**
 * A server's line built again and again in one piece of memory: the prefix, then the text with each control other than
 * TAB replaced by U+FFFD, cut at `limits.serverLineBytes` (only controls make a text longer).
 */
export class DeliveryLine {
	/** A replaced control takes three bytes; the line is cut afterwards. */
	readonly #memory = lineMemory(3 * limits.serverLineBytes);

	/**
	 * Builds the line of which `source` from `start` to `end` is the text, trimmed UTF-8 of at most a plain line.
	 *
	 * @returns the line, LF included; it is good until the next one is built
	 */
	build(prefix: Buffer, source: Buffer, start: number, end: number): Uint8Array {
		const memory = this.#memory;
		let lineEnd = writeDelivery(memory, 0, prefix, source, start, end);
		if (lineEnd === -1) {
			const textStart = prefix.length;
			const first = findControl(memory, textStart, textStart + end - start);
			lineEnd = replaceControls(memory.bytes, first, source, start - textStart, end);
		}
		return memory.bytes.subarray(0, lineEnd);
	}
}

/** Writes the line anew from its first control on; byte `at` of the line is byte `at + offset` of the source. */
const replaceControls = (
	line: Buffer,
	first: number,
	source: Buffer,
	offset: number,
	end: number,
): number => {
	let to = first;
	for (let from = first + offset; from < end; from++) {
		if (isControl(source, from)) {
			if (isControlOfTwoBytes(source, from)) from++;
			line[to++] = 0xef;
			line[to++] = 0xbf;
			line[to++] = 0xbd;
		} else {
			line[to++] = source[from] ?? 0;
		}
	}
	if (to > limits.serverLineBytes) {
		to = limits.serverLineBytes;
		while (((line[to] ?? 0) & 0xc0) === 0x80) to--;
	}
	line[to] = lf;
	return to + 1;
};
