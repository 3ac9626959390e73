import type {AnyField} from './fields.ts';
import {formatLine, isText, isValue, parseLine} from './syntax.ts';

/** What a line with a verb holds: its values by their keys, and whether there is a text behind them. */
export type Shape = {
	readonly fields: {readonly [key: string]: AnyField};
	readonly text?: 'required' | 'optional';
};

export type Schema = {readonly [verb: string]: Shape};

type Meaning<F> = F extends {readonly decode: (raw: string) => infer T} ? Exclude<T, undefined> : never;
type OptionalKey<F> = {[K in keyof F]: F[K] extends {readonly isOptional: true} ? K : never}[keyof F];
type TextOf<S extends Shape> = S extends {readonly text: 'required'}
	? {readonly text: string}
	: S extends {readonly text: 'optional'}
		? {readonly text?: string | undefined}
		: unknown;

/** A line with one verb, as an object; the verb is its `type`, as `verb` is a key of `@fail`. */
type LineWith<S extends Schema, V extends keyof S> = {readonly type: V} & {
	readonly [K in Exclude<keyof S[V]['fields'], OptionalKey<S[V]['fields']>>]: Meaning<S[V]['fields'][K]>;
} & {
	readonly [K in OptionalKey<S[V]['fields']>]?: Meaning<S[V]['fields'][K]> | undefined;
} & TextOf<S[V]>;

/** A line with any of the verbs. */
export type LineOf<S extends Schema> = {[V in keyof S]: LineWith<S, V>}[keyof S];

/** Why a line was not understood, with what an answer should quote of it. */
type SyntaxFault = {
	readonly code: 'BAD_SYNTAX' | 'BAD_TEXT' | 'UNKNOWN_VERB';
	readonly verb?: string | undefined;
	readonly key?: string | undefined;
	readonly req?: string | undefined;
};

export type Parsed<Line> =
	| {readonly ok: true; readonly line: Line}
	| {readonly ok: false; readonly fault: SyntaxFault};

const longestVerb = 32;
const quotable = /^[\w-]{1,64}$/;

/** Reads a line; keys that the schema does not know are ignored, if they are well-formed. */
export const parseAs = <S extends Schema>(schema: S, text: string): Parsed<LineOf<S>> => {
	const raw = parseLine(text);
	if (raw === undefined) return {ok: false, fault: {code: 'BAD_SYNTAX'}};
	const {verb, values} = raw;
	const quote = (key: string) => {
		const value = values.get(key) ?? '';
		return quotable.test(value) ? value : undefined;
	};
	const fail = (code: SyntaxFault['code']): Parsed<LineOf<S>> => ({
		ok: false,
		fault: {code, verb: verb.slice(0, longestVerb), key: quote('key'), req: quote('req')},
	});
	const shape = Object.hasOwn(schema, verb) ? schema[verb] : undefined;
	if (shape === undefined) return fail('UNKNOWN_VERB');
	const line: Record<string, unknown> = {type: verb};
	for (const [key, value] of values) {
		if (Object.hasOwn(shape.fields, key)) {
			line[key] = shape.fields[key]?.decode(value);
			if (line[key] === undefined) return fail('BAD_SYNTAX');
		} else if (!isValue(value)) return fail('BAD_SYNTAX');
	}
	for (const key in shape.fields) {
		if (!(key in line) && !('isOptional' in (shape.fields[key] ?? {}))) return fail('BAD_SYNTAX');
	}
	if (raw.text === undefined ? shape.text === 'required' : shape.text === undefined)
		return fail('BAD_SYNTAX');
	if (raw.text !== undefined) {
		if (!isText(raw.text)) return fail('BAD_TEXT');
		line.text = raw.text;
	}
	return {ok: true, line: line as LineOf<S>};
};

/**
 * Puts a line together, without LF.
 *
 * @throws {RangeError} for a text with control characters
 */
export const formatAs = <S extends Schema>(schema: S, line: LineOf<S>): string => {
	const given = line as Record<string, unknown>;
	const verb = line.type as string;
	const shape = schema[verb];
	let pairs = '';
	// A host writes several lines for each message: no list is made of what would only be joined.
	for (const key in shape?.fields) {
		const value = given[key];
		if (value !== undefined && value !== false)
			pairs += ` ${key}=${shape?.fields[key]?.encode(value as never)}`;
	}
	return formatLine(verb, pairs, shape?.text === undefined ? undefined : (given.text as string | undefined));
};
