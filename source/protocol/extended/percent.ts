/**
 * What may not stand in a value as it is: what separates values and their parts, the escape itself, and everything that
 * a person who looks at the line would not see.
 */
const forbidden = /[ ,%:=]|[\p{Cc}\p{Cf}\p{Zl}\p{Zp}\p{Cs}]/gu;
const forbiddenRaw = /[ ,:=]|[\p{Cc}\p{Cf}\p{Zl}\p{Zp}\p{Cs}]/u;
const control = /\p{Cc}/u;
/** Nearly all values are this, and mean themselves. */
const harmless = /^[\w.#/+~!-]*$/;

const encodeCharacter = (character: string): string =>
	Array.from(new TextEncoder().encode(character), byte => `%${hex(byte)}`).join('');

const hex = (byte: number): string => byte.toString(16).toUpperCase().padStart(2, '0');

/** A value, or one part of a list, as it stands on the wire. A lone surrogate becomes U+FFFD, as UTF-8 has none. */
export const encodePart = (text: string): string =>
	harmless.test(text) ? text : text.toWellFormed().replace(forbidden, encodeCharacter);

/**
 * What a value, or one part of a list, means. Decoded once: `%252C` is `%2C`.
 *
 * @returns undefined for a character that has to be encoded, a bad `%xx`, bytes that are no UTF-8, and an encoded control
 */
export const decodePart = (raw: string): string | undefined => {
	if (harmless.test(raw)) return raw;
	if (forbiddenRaw.test(raw)) return undefined;
	try {
		const text = decodeURIComponent(raw);
		return control.test(text) ? undefined : text;
	} catch {
		return undefined;
	}
};

/** A list as it stands on the wire. None of its parts may be empty, as an empty list would look the same. */
export const encodeList = (parts: readonly string[]): string => parts.map(encodePart).join(',');

/** The parts of a list, split before they are decoded, so that `a%2Cb` is one of them; undefined as for one part, or if one is empty. */
export const decodeList = (raw: string): string[] | undefined => {
	if (raw === '') return [];
	// Decoded where they are: what comes out of `split` is as large as it has to be, and the list of each message is kept.
	const parts = raw.split(',');
	for (const [index, part] of parts.entries()) {
		const text = part === '' ? undefined : decodePart(part);
		if (text === undefined) return undefined;
		parts[index] = text;
	}
	return parts;
};
