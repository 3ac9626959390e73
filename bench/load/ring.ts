/** Messages made before the clock starts: `period` numbered ones of equal length, one after the other. */
export type Ring = {
	readonly bytes: Buffer;
	/** Bytes of one message, which is one line or, for many destinations, several. */
	readonly unit: number;
	readonly period: number;
};

const digits = 6;
const filler = 'abcdefghijklmnopqrstuvwxyz';

/** The text of message `number`, `bytes` long: six digits, then letters. */
export function numbered(number: number, bytes: number): string {
	const letters = bytes - digits;
	return (
		String(number).padStart(digits, '0') + filler.repeat(Math.ceil(letters / filler.length)).slice(0, letters)
	);
}

/** The number in such a text; undefined if anything in it is not as it was sent. */
export function numberOf(text: string): number | undefined {
	const number = Number(text.slice(0, digits));
	return Number.isInteger(number) && text === numbered(number, text.length) ? number : undefined;
}

/**
 * Makes a ring of what `write` makes of each text, which may differ in the text only. Throws if they differ in length,
 * or if a text has no room for its number.
 */
export function makeRing(period: number, textBytes: number, write: (text: string) => string): Ring {
	checkRoom(period, textBytes);
	const message = Buffer.from(write(numbered(0, textBytes)));
	const other = Buffer.from(write(numbered(10 ** digits - 1, textBytes)));
	if (message.length !== other.length) throw new RangeError('messages differ in length');
	// Writing each by itself would take seconds for a thousand senders; they differ only in these digits.
	const columns = [...message.keys()].filter(column => message[column] !== other[column]);
	const bytes = Buffer.alloc(period * message.length, message);
	for (let number = 0; number < period; number++) {
		const code = String(number).padStart(digits, '0');
		const start = number * message.length;
		for (const [i, column] of columns.entries()) bytes[start + column] = code.charCodeAt(i % digits);
	}
	return {bytes, unit: message.length, period};
}

/** As `makeRing`, for messages that differ in more than their text. */
export function makeVariedRing(
	period: number,
	textBytes: number,
	write: (text: string, number: number) => string,
): Ring {
	checkRoom(period, textBytes);
	const messages = Array.from({length: period}, (_, number) =>
		Buffer.from(write(numbered(number, textBytes), number)),
	);
	const unit = messages[0]?.length ?? 0;
	if (messages.some(({length}) => length !== unit)) throw new RangeError('messages differ in length');
	return {bytes: Buffer.concat(messages), unit, period};
}

function checkRoom(period: number, textBytes: number): void {
	if (textBytes <= digits) throw new RangeError(`a text needs more than ${digits} bytes for its number`);
	if (period > 10 ** digits) throw new RangeError(`${digits} digits are too few for ${period} messages`);
}
