import fc from 'fast-check';
import {describe, expect, it} from 'vitest';
import {LineReader, type LineReaderOptions} from '../../source/protocol/line-reader.ts';
import {LineSplitter} from '../../source/protocol/line-splitter.ts';
import {cut} from './cut.ts';

const client: LineReaderOptions = {maxBytes: 12, overflow: 'truncate', isStrict: false};
const broker: LineReaderOptions = {maxBytes: 12, overflow: 'refuse', isStrict: true};

/** Everything that a splitter makes of a stream that comes in these chunks. */
const split = (options: LineReaderOptions, chunks: readonly Uint8Array[]) => {
	const splitter = new LineSplitter(options);
	const lines = chunks.flatMap(chunk => splitter.push(chunk));
	const last = splitter.end();
	return {lines, last, fault: splitter.fault};
};

const splitText = (options: LineReaderOptions, ...chunks: string[]) =>
	split(
		options,
		chunks.map(chunk => Buffer.from(chunk)),
	);

/** Streams in which line ends, long lines, and characters of one to four bytes are common. */
const stream = fc
	.array(
		fc.oneof(
			{weight: 4, arbitrary: fc.constantFrom('\n', '\r\n', '\r', '\u0085', '\u2028', '\uFEFF', '')},
			{weight: 4, arbitrary: fc.string({unit: fc.constantFrom('a', 'ä', '€', '😀', ' '), maxLength: 9})},
		),
		{maxLength: 30},
	)
	.map(parts => Buffer.from(parts.join('')));

const bytes = fc.oneof(stream, fc.uint8Array({maxLength: 80}).map(Buffer.from), binaryNearText());

function binaryNearText() {
	return fc
		.array(fc.constantFrom(0x0a, 0x0d, 0x61, 0xc3, 0xa4, 0xe2, 0x82, 0xac, 0xf0, 0x9f, 0x98, 0x80, 0xff), {
			maxLength: 80,
		})
		.map(numbers => Buffer.from(numbers));
}

describe('lines', () => {
	it('end at LF only, and lose one CR right before it', () => {
		expect(splitText(client, 'a\nb\r\nc\r\r\n\n\r\nd\re\u0085f\n\u2028g\n')).toEqual({
			lines: ['a', 'b', 'c\r', '', '', 'd\re\u0085f', '\u2028g'],
			last: undefined,
			fault: undefined,
		});
	});

	it('are whole when a character or a CR LF is cut in two', () => {
		const euro = Buffer.from('€\r\n');
		expect(split(broker, [euro.subarray(0, 1), euro.subarray(1, 4), euro.subarray(4)]).lines).toEqual(['€']);
	});

	it('keep a BOM, which is a character like others', () => {
		expect(splitText(client, '\uFEFFa\n').lines).toEqual(['\uFEFFa']);
	});

	it('count without an LF when the stream ends', () => {
		expect(splitText(client, 'a\nb', 'c').last).toBe('bc');
		expect(splitText(client, 'a\nb\r').last).toBe('b');
	});

	it('may have as many bytes as allowed, a CR before the LF included', () => {
		expect(splitText(broker, '123456789012\n').lines).toEqual(['123456789012']);
		expect(splitText(broker, '12345678901\r\n').lines).toEqual(['12345678901']);
		expect(splitText(broker, '123456789012\r\n').fault).toBe('LINE_TOO_LONG');
	});

	it('come up to a fault, and not after it', () => {
		expect(splitText(broker, 'a\n1234567890123\nb\n', 'c\n')).toEqual({
			lines: ['a'],
			last: undefined,
			fault: 'LINE_TOO_LONG',
		});
		expect(split(broker, [Buffer.from([0x61, 0x0a, 0xc3, 0x0a, 0x62, 0x0a])])).toEqual({
			lines: ['a'],
			last: undefined,
			fault: 'BAD_UTF8',
		});
	});

	it('are refused as too long before their end has come', () => {
		expect(splitText(broker, '123456', '7890123').fault).toBe('LINE_TOO_LONG');
	});

	it('lose what is beyond the bound up to the LF when they are truncated, never half a character', () => {
		expect(splitText(client, '123456789012345\nb\n').lines).toEqual(['123456789012', 'b']);
		expect(splitText(client, '12345678901ä', 'xyz', 'abc\nb\n').lines).toEqual(['12345678901', 'b']);
		expect(splitText(client, '1234567890€', 'x\n').lines).toEqual(['1234567890']);
		expect(splitText(client, '123456789😀\n').lines).toEqual(['123456789']);
		expect(splitText(client, '1234567890ä\r\n').lines).toEqual(['1234567890ä']);
	});

	it('show U+FFFD for bytes that are not UTF-8 where that is no fault', () => {
		expect(split(client, [Buffer.from([0x61, 0xff, 0x62, 0x0a])]).lines).toEqual(['a\uFFFDb']);
	});
});

describe('a stream cut anywhere', () => {
	it.each([
		['truncated and mended', client],
		['refused and strict', broker],
	])('gives the same lines (%s)', (_, options) => {
		fc.assert(
			fc.property(bytes, fc.array(fc.nat(80)), (whole, places) => {
				expect(split(options, cut(whole, places))).toEqual(split(options, [whole]));
			}),
			{numRuns: 500},
		);
	});

	it('gives what splitting the whole text at LF gives', () => {
		fc.assert(
			fc.property(stream, fc.array(fc.nat(80)), (whole, places) => {
				const parts = whole.toString().split('\n');
				const last = parts.pop();
				const {lines, last: end} = split({...client, maxBytes: 1000}, cut(whole, places));
				expect(lines).toEqual(parts.map(line => line.replace(/\r$/, '')));
				expect(end).toBe(last === '' ? undefined : last?.replace(/\r$/, ''));
			}),
			{numRuns: 300},
		);
	});
});

describe('reading bytes', () => {
	it('may stop between two lines and go on', () => {
		const reader = new LineReader(broker);
		const texts: string[] = [];
		const take = () => texts.push(reader.bytes.toString('utf8', reader.start, reader.end));
		reader.push(Buffer.from('a\nb\nc'));
		expect(reader.next()).toBe(true);
		take();
		expect(reader.next()).toBe(true);
		take();
		expect(reader.next()).toBe(false);
		reader.push(Buffer.from('d\n'));
		expect(reader.next()).toBe(true);
		take();
		expect(texts).toEqual(['a', 'b', 'cd']);
	});

	it('hands out whole lines in place', () => {
		const reader = new LineReader(broker);
		const chunk = Buffer.from('a\nbc\n');
		reader.push(chunk);
		reader.next();
		reader.next();
		expect(reader.bytes).toBe(chunk);
		expect([reader.start, reader.end]).toEqual([2, 4]);
	});

	it('keeps nothing of a chunk that the caller uses again', () => {
		const reader = new LineReader(broker);
		const chunk = Buffer.from('a\nbc');
		reader.push(chunk);
		while (reader.next());
		chunk.fill(0x7a);
		expect(reader.finish()).toBe(true);
		expect(reader.bytes.toString('utf8', reader.start, reader.end)).toBe('bc');
	});
});
