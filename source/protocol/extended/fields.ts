import {decodeList, decodePart, encodeList, encodePart} from './percent.ts';

/** How a value stands on the wire, and what it means. */
export type Field<T> = {
	/** Undefined for a value that means nothing. */
	readonly decode: (raw: string) => T | undefined;
	readonly encode: (value: T) => string;
};

/** Of any type: what comes out of one goes into no other. */
export type AnyField = {readonly decode: (raw: string) => unknown; readonly encode: (value: never) => string};

/** A value that may be missing. */
export type OptionalField<T> = Field<T> & {readonly isOptional: true};

export const optional = <T>(field: Field<T>): OptionalField<T> => ({...field, isOptional: true});

const fieldOf = <T extends string | number>(
	pattern: RegExp,
	make: (text: string) => T | undefined,
): Field<T> => ({
	decode: raw => (pattern.test(raw) ? make(raw) : undefined),
	encode: String,
});

/** A name, a version, whatever a person may have chosen; not empty. */
export const word: Field<string> = {
	decode: raw => (raw === '' ? undefined : decodePart(raw)),
	encode: encodePart,
};

/** Several of them, none empty. */
export const list: Field<readonly string[]> = {decode: decodeList, encode: encodeList};

/** The same, and at least one. */
export const someOf: Field<readonly string[]> = {
	decode: raw => (raw === '' ? undefined : decodeList(raw)),
	encode: encodeList,
};

/** What a client or a server made up to recognise something by. */
export const token: Field<string> = fieldOf(/^[\w-]{1,64}$/, text => text);

/** Bytes in base64url without padding, 256 of them at most; as they stand there. */
export const bytes: Field<string> = fieldOf(/^[\w-]{1,342}$/, text => text);

/** A whole number of at least 0. */
export const number: Field<number> = fieldOf(/^(?:0|[1-9]\d{0,15})$/, text => {
	const value = Number(text);
	return Number.isSafeInteger(value) ? value : undefined;
});

/** A code that programs act on; those of later versions are taken too. */
export const code: Field<string> = fieldOf(/^[A-Z][A-Z\d_]{0,31}$/, text => text);

/** Says yes by being there. */
export const flag: Field<boolean> = {
	decode: raw => (raw === '1' ? true : undefined),
	encode: () => '1',
};

/** One of a few words. */
export const oneOf = <const T extends string>(...values: readonly T[]): Field<T> => ({
	decode: raw => values.find(value => value === raw),
	encode: value => value,
});
