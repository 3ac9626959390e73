import {controlLength, isControl} from './controls.ts';
import {limits} from './limits.ts';
import {formatDelivery} from './plain.ts';

const lf = 0x0a;

/** Below this a loop is quicker than the call that copies. */
const shortBytes = 32;

/** What stands in a delivery before its text. */
export const deliveryPrefix = (login: string): Buffer => Buffer.from(formatDelivery(login, ''));

/**
 * Writes a server's line, LF included, to `bytes` from `at` on: the prefix, then `source` from `start` to `end`, which is
 * trimmed UTF-8. There has to be room for all of it.
 *
 * @returns where the line ends
 */
export const writeDelivery = (
	bytes: Buffer,
	at: number,
	prefix: Buffer,
	source: Buffer,
	start: number,
	end: number,
): number => {
	const textStart = at + prefix.length;
	const textEnd = textStart + end - start;
	for (let from = 0, to = at; to < textStart; from++, to++) bytes[to] = prefix[from] ?? 0;
	if (end - start > shortBytes) source.copy(bytes, textStart, start, end);
	else for (let from = start, to = textStart; from < end; from++, to++) bytes[to] = source[from] ?? 0;
	bytes[textEnd] = lf;
	return textEnd + 1;
};

/**
 * A server's line built again and again in one piece of memory: the prefix, then the text with each control other than
 * TAB replaced by U+FFFD, cut at `limits.serverLineBytes` (only controls make a text longer).
 */
export class DeliveryLine {
	/** A replaced control takes three bytes; the line is cut afterwards. */
	readonly #bytes = Buffer.allocUnsafeSlow(3 * limits.serverLineBytes);

	/**
	 * Builds the line of which `source` from `start` to `end` is the text, trimmed UTF-8 of at most a plain line.
	 *
	 * @param isClean whether it is known to hold no control other than TAB
	 * @returns the line, LF included; it is good until the next one is built
	 */
	build(prefix: Buffer, source: Buffer, start: number, end: number, isClean: boolean): Uint8Array {
		const bytes = this.#bytes;
		const write = isClean ? writeDelivery : writeCleaned;
		return bytes.subarray(0, write(bytes, 0, prefix, source, start, end));
	}
}

/** The same as `writeDelivery`, for a text that may hold controls. */
const writeCleaned: typeof writeDelivery = (bytes, at, prefix, source, start, end) => {
	let to = at + prefix.copy(bytes, at);
	for (let from = start; from < end; ) {
		if (isControl(source, from)) {
			from += controlLength(source, from);
			bytes[to++] = 0xef;
			bytes[to++] = 0xbf;
			bytes[to++] = 0xbd;
		} else {
			bytes[to++] = source[from++] ?? 0;
		}
	}
	if (to - at > limits.serverLineBytes) {
		to = at + limits.serverLineBytes;
		while (((bytes[to] ?? 0) & 0xc0) === 0x80) to--;
	}
	bytes[to] = lf;
	return to + 1;
};
