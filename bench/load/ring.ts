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

/** Makes a ring of what `write` makes of each text. Throws if they differ in length. */
export function makeRing(period: number, textBytes: number, write: (text: string) => string): Ring {
	if (textBytes <= digits) throw new RangeError(`a text needs more than ${digits} bytes for its number`);
	const messages = Array.from({length: period}, (_, number) =>
		Buffer.from(write(numbered(number, textBytes))),
	);
	const unit = messages[0]?.length ?? 0;
	if (messages.some(message => message.length !== unit)) throw new RangeError('messages differ in length');
	return {bytes: Buffer.concat(messages), unit, period};
}
