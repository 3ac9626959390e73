import fc from 'fast-check';
import {describe, expect, it} from 'vitest';
import {
	type ClientLine,
	clientVerbs,
	formatClientLine,
	parseClientLine,
} from '../../../source/protocol/extended/client-lines.ts';
import {decodeList, decodePart, encodeList, encodePart} from '../../../source/protocol/extended/percent.ts';
import type {Schema} from '../../../source/protocol/extended/schema.ts';
import {
	formatServerLine,
	parseServerLine,
	type ServerLine,
	serverVerbs,
} from '../../../source/protocol/extended/server-lines.ts';
import {LineReader} from '../../../source/protocol/line-reader.ts';
import {parsePost} from '../../../source/protocol/plain.ts';
import {lineOf, wildText} from './arbitrary-lines.ts';

const codes = (line: string) => {
	const parsed = parseClientLine(line);
	return parsed.ok ? 'ok' : parsed.fault.code;
};

describe('any line', () => {
	const roundTrip = <Line>(
		schema: Schema,
		format: (line: Line) => string,
		parse: (text: string) => unknown,
	) =>
		fc.assert(
			fc.property(lineOf(schema), line => {
				expect(parse(format(line as Line))).toEqual({ok: true, line});
			}),
			{numRuns: 2000},
		);

	it('of a client comes back as it was', () => {
		roundTrip<ClientLine>(clientVerbs, formatClientLine, parseClientLine);
	});

	it('of a server comes back as it was', () => {
		roundTrip<ServerLine>(serverVerbs, formatServerLine, parseServerLine);
	});

	it('comes back wherever its bytes are cut', () => {
		fc.assert(
			fc.property(fc.array(lineOf(serverVerbs), {maxLength: 4}), fc.array(fc.nat(600)), (lines, cuts) => {
				const bytes = Buffer.from(lines.map(line => `${formatServerLine(line as ServerLine)}\n`).join(''));
				expect(readInPieces(bytes, cuts).map(text => parseServerLine(text))).toEqual(
					lines.map(line => ({ok: true, line})),
				);
			}),
			{numRuns: 500},
		);
	});

	it('is never two lines, another event, or for somebody else, whatever is in its name and text', () => {
		fc.assert(
			fc.property(fc.array(wildText, {minLength: 1, maxLength: 4}), wildText, (to, text) => {
				const cleaned = text.replace(/(?!\t)\p{Cc}/gu, '\uFFFD').toWellFormed();
				const names = to.map(name => name.replace(/\p{Cc}/gu, '').toWellFormed()).filter(name => name !== '');
				fc.pre(names.length > 0);
				const line = formatClientLine({type: 'send', key: 'k', to: names, text: cleaned});
				expect(line).not.toMatch(/[\n\r]/);
				// What the server forges of it for others holds the same.
				const message = formatServerLine({
					type: 'msg',
					id: 'i',
					ts: 1,
					from: names[0] ?? '',
					to: names,
					text: cleaned,
				});
				expect(parseServerLine(message)).toMatchObject({
					ok: true,
					line: {type: 'msg', from: names[0], to: names, text: cleaned},
				});
				expect(parseClientLine(line)).toMatchObject({
					ok: true,
					line: {type: 'send', key: 'k', to: names, text: cleaned},
				});
			}),
			{numRuns: 2000},
		);
	});

	it('never throws on what came', () => {
		fc.assert(
			fc.property(wildText, text => {
				for (const line of [text, `@send ${text}`, `@send key=k to=${text} :hi`]) {
					expect(['ok', 'BAD_SYNTAX', 'BAD_TEXT', 'UNKNOWN_VERB']).toContain(codes(line));
				}
			}),
			{numRuns: 5000},
		);
	});
});

describe('a value', () => {
	it('comes back as it was, alone and in a list, and shows nothing that separates', () => {
		const text = wildText.map(value => value.replace(/\p{Cc}/gu, '').toWellFormed());
		fc.assert(
			fc.property(text, fc.array(text.filter(part => part !== '')), (value, parts) => {
				expect(encodePart(value)).not.toMatch(/[ ,:=\p{Cc}\p{Cf}]/u);
				expect(decodePart(encodePart(value))).toBe(value);
				expect(decodeList(encodeList(parts))).toEqual(parts);
			}),
			{numRuns: 2000},
		);
	});

	it('is split before it is decoded, and decoded once', () => {
		expect(decodeList('a%2Cb,c')).toEqual(['a,b', 'c']);
		expect(decodeList('a%252Cb')).toEqual(['a%2Cb']);
	});

	it.each([
		['a cut escape', 'a%2'],
		['an escape of no digits', 'a%zz'],
		['bytes that are no UTF-8', '%C3'],
		['an overlong form', '%C0%AF'],
		['a surrogate', '%ED%A0%80'],
		['an encoded LF', 'a%0Ab'],
		['an encoded NUL', '%00'],
		['an encoded C1 control', '%C2%85'],
		['a colon', 'a:b'],
		['an equals sign', 'a=b'],
		['a format character as it is', 'a\u200Db'],
	])('with %s means nothing', (_, raw) => {
		expect(decodePart(raw)).toBeUndefined();
		expect(codes(`@send key=k to=${raw} :hi`)).toBe('BAD_SYNTAX');
		// Nor does it in a key that nobody knows.
		expect(codes(`@send key=k to=bob later=${raw} :hi`)).toBe('BAD_SYNTAX');
	});
});

describe('a line', () => {
	it.each([
		['no verb', '@'],
		['a verb in capitals', '@SEND key=k to=bob :hi'],
		['no @', 'send key=k to=bob :hi'],
		['two spaces', '@send  key=k to=bob :hi'],
		['a space at its end', '@ping n=1 '],
		['a key without a value', '@send key to=bob :hi'],
		['a key twice', '@send key=a to=bob key=b :hi'],
		['the same key twice, with the same value', '@got n=1 n=1'],
		['a key twice that nobody knows', '@got n=1 later=1 later=1'],
		['a missing key', '@send to=bob :hi'],
		['a missing text', '@send key=k to=bob'],
		['a text where none belongs', '@got n=1 :hi'],
		['nobody to send to', '@send key=k to= :hi'],
		['an empty destination', '@send key=k to=bob,,carol :hi'],
		['a number that is none', '@got n=1e3'],
		['a number with a zero in front', '@got n=01'],
		['a negative number', '@got n=-1'],
		['a number that no double holds', '@got n=9007199254740993'],
		['a key of no characters', '@send key= to=bob :hi'],
		['a key too long', `@send key=${'k'.repeat(65)} to=bob :hi`],
		['a flag that is not 1', '@send key=k to=bob ml=0 :hi'],
		['a word that is not one of those', '@typing to=bob state=maybe'],
	])('with %s is bad syntax', (_, line) => {
		expect(codes(line)).toBe('BAD_SYNTAX');
	});

	it('keeps its text as it is, from the first " :" on', () => {
		expect(parseClientLine('@send key=k to=bob :  see http://x/y :) ')).toEqual({
			ok: true,
			line: {type: 'send', key: 'k', to: ['bob'], text: '  see http://x/y :) '},
		});
		expect(parseClientLine('@state state=away :')).toEqual({
			ok: true,
			line: {type: 'state', state: 'away', text: ''},
		});
	});

	it('with a control in its text is a bad text, and tells of whom', () => {
		expect(parseClientLine('@send key=k7 to=bob :a\u001B[2J')).toEqual({
			ok: false,
			fault: {code: 'BAD_TEXT', verb: 'send', key: 'k7', req: undefined},
		});
		expect(codes('@send key=k to=bob :a\tb')).toBe('ok');
	});

	it('with a verb of a later version says so, and tells the request', () => {
		expect(parseClientLine('@fetch req=r1')).toEqual({
			ok: false,
			fault: {code: 'UNKNOWN_VERB', verb: 'fetch', key: undefined, req: 'r1'},
		});
		for (const verb of ['constructor', 'toString', '__proto__', 'has-own'])
			expect(codes(`@${verb}`)).toMatch(/UNKNOWN_VERB|BAD_SYNTAX/);
	});

	it('may hold keys of a later version', () => {
		expect(parseClientLine('@got n=5 later=x,y constructor=z')).toEqual({
			ok: true,
			line: {type: 'got', n: 5},
		});
	});

	it('of a client is nothing to a plain server, which ignores what has no colon', () => {
		expect(
			parsePost('@hello a-chat=1 agent=a-chat-tui/0.1.0 caps=ack,rooms pub=abc srv=b7f2 seen=880'),
		).toBeUndefined();
		const hello = formatClientLine({type: 'hello', 'a-chat': ['1'], agent: 'a:b'});
		expect(parsePost(hello)).toBeUndefined();
	});

	it('is not written with a control in its text', () => {
		expect(() => formatClientLine({type: 'send', key: 'k', to: ['bob'], text: 'a\n@auth sig=x'})).toThrow(
			RangeError,
		);
	});
});

/** The lines of a stream that comes in pieces. */
function readInPieces(bytes: Buffer, cuts: readonly number[]): string[] {
	const reader = new LineReader({maxBytes: 73_728, overflow: 'refuse', isStrict: true});
	const lines: string[] = [];
	const ends = [...new Set(cuts.filter(cut => cut < bytes.length))].toSorted((a, b) => a - b);
	let start = 0;
	for (const end of [...ends, bytes.length]) {
		reader.push(Buffer.from(bytes.subarray(start, end)));
		while (reader.next()) lines.push(reader.bytes.toString('utf8', reader.start, reader.end));
		start = end;
	}
	return lines;
}
