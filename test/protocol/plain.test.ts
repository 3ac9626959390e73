import fc from 'fast-check';
import {describe, expect, it} from 'vitest';
import {DeliveryLine, deliveryPrefix} from '../../source/protocol/delivery-line.ts';
import {limits} from '../../source/protocol/limits.ts';
import {
	formatDelivery,
	formatPost,
	parseDelivery,
	parseDestinations,
	parsePost,
} from '../../source/protocol/plain.ts';

import {trimWhiteSpace} from '../../source/protocol/white-space.ts';
import {trimmedEnd, trimmedStart} from '../../source/protocol/white-space-bytes.ts';

const name = fc
	.string({unit: 'grapheme', minLength: 1, maxLength: 8})
	.map(text => text.replace(/[\p{White_Space}\p{Cc}:,]/gu, 'x'));
const text = fc
	.string({unit: 'grapheme', maxLength: 30})
	.map(line => trimWhiteSpace(line.replaceAll('\n', ' ')));

/** Texts in which white space of every width, controls and other characters meet. */
const awkward = fc.string({
	unit: fc.constantFrom(
		' ',
		'\t',
		'\r',
		'\u0085',
		'\u00A0',
		'\u1680',
		'\u2000',
		'\u200A',
		'\u200B',
		'\u2028',
		'\u202F',
		'\u205F',
		'\u3000',
		'\uFEFF',
		'\0',
		'\u001F',
		'\u007F',
		'\u0080',
		'\u009F',
		'Â',
		'a',
		'ä',
		'€',
		'。',
		'😀',
		'bcde',
	),
	maxLength: 24,
});

describe('a post', () => {
	it('is split at its first colon, destinations at commas, all trimmed', () => {
		expect(parsePost('bob, carol: hello: you')).toEqual({to: ['bob', 'carol'], text: 'hello: you'});
		expect(parsePost(' bob\u0085,\u3000carol :hi\t')).toEqual({to: ['bob', 'carol'], text: 'hi'});
	});

	it('may have an empty text, and empty destinations that are nobody', () => {
		expect(parsePost('bob:')).toEqual({to: ['bob'], text: ''});
		expect(parsePost(',, bob,,:x')).toEqual({to: ['bob'], text: 'x'});
		expect(parsePost(':x')).toEqual({to: [], text: 'x'});
	});

	it('without a colon means nothing', () => {
		expect(parsePost('hello')).toBeUndefined();
	});

	it('reads back as it was written', () => {
		fc.assert(
			fc.property(fc.array(name, {minLength: 1, maxLength: 5}), text, (to, line) => {
				expect(parsePost(formatPost(to, line))).toEqual({to, text: line});
			}),
		);
	});

	it('is not written when it would mean something else', () => {
		expect(() => formatPost(['bob'], 'a\nmallory: b')).toThrow(RangeError);
		expect(() => formatPost(['bob: x'], 'a')).toThrow(RangeError);
		expect(() => formatPost(['bob,carol'], 'a')).toThrow(RangeError);
		expect(() => formatPost(['bob\n'], 'a')).toThrow(RangeError);
	});

	it('names no more destinations than asked for', () => {
		expect(parseDestinations('a,,b,c', 2)).toEqual(['a', 'b']);
		expect(parseDestinations('')).toEqual([]);
	});
});

describe('a delivery', () => {
	it('is read with its text as it is', () => {
		expect(parseDelivery('from alice: hi: you ')).toEqual({from: 'alice', text: 'hi: you '});
		expect(parseDelivery('from alice: ')).toEqual({from: 'alice', text: ''});
		expect(parseDelivery('from alice:hi')).toEqual({from: 'alice', text: 'hi'});
	});

	it.each(['', 'hello', 'From alice: hi', 'from alice', 'fr:om alice: hi', '@welcome a-chat=1'])(
		'is not %j',
		line => {
			expect(parseDelivery(line)).toBeUndefined();
		},
	);

	it('reads back as it was written', () => {
		fc.assert(
			fc.property(name, fc.string({unit: 'grapheme'}), (from, line) => {
				expect(parseDelivery(formatDelivery(from, line))).toEqual({from, text: line});
			}),
		);
	});
});

describe('as bytes', () => {
	const textOf = (bytes: Uint8Array): string => Buffer.from(bytes).toString();

	it('white space is trimmed as it is in strings', () => {
		fc.assert(
			fc.property(awkward, line => {
				const bytes = Buffer.from(`:${line};`);
				const end = bytes.length - 1;
				const start = trimmedStart(bytes, 1, end);
				expect(bytes.toString('utf8', start, trimmedEnd(bytes, start, end))).toBe(trimWhiteSpace(line));
			}),
			{numRuns: 300},
		);
	});

	it('a delivery is the same as in strings, with controls other than TAB replaced', () => {
		const delivery = new DeliveryLine();
		fc.assert(
			fc.property(name, fc.oneof(awkward, fc.string({unit: 'binary'})), (from, line) => {
				const source = Buffer.from(`bob:${line}`);
				const built = delivery.build(deliveryPrefix(from), source, 4, source.length, false);
				const shown = source.toString('utf8', 4).replace(/(?!\t)\p{Cc}/gu, '\uFFFD');
				expect(textOf(built)).toBe(`${formatDelivery(from, shown)}\n`);
			}),
			{numRuns: 300},
		);
	});

	it('a control is found wherever it stands, whoever sends it', () => {
		const delivery = new DeliveryLine();
		for (const prefix of ['a', 'ab', 'abc', 'abcd'].map(deliveryPrefix)) {
			for (let length = 1; length <= 14; length++) {
				for (let place = 0; place < length; place++) {
					for (const control of ['\0', '\u001F', '\u007F', '\u0080', '\u009F']) {
						for (const [before, behind] of [
							['x', '~'],
							['é', '\u00A0'],
							['\t', '中'],
						] as const) {
							const text = before.repeat(place) + control + behind.repeat(length - place - 1);
							const source = Buffer.from(text);
							const built = delivery.build(prefix, source, 0, source.length, false);
							expect(textOf(built.subarray(prefix.length))).toBe(`${text.replace(control, '\uFFFD')}\n`);
						}
					}
				}
			}
		}
	});

	it('no other character is taken for a control', () => {
		const delivery = new DeliveryLine();
		for (const prefix of ['a', 'ab', 'abc', 'abcd'].map(deliveryPrefix)) {
			for (const character of ['\t', ' ', '~', '\u00A0', 'Â', 'ÿ', '\u07FF', '\uFFFD', '\u{10FFFF}']) {
				const source = Buffer.from(`é${character.repeat(9)}`);
				const built = delivery.build(prefix, source, 0, source.length, false);
				expect(textOf(built.subarray(prefix.length, -1))).toEqual(source.toString());
			}
		}
	});

	it('a delivery of replaced controls is cut where a client stops reading, at the border of a character', () => {
		const delivery = new DeliveryLine();
		const source = Buffer.alloc(limits.plainLineBytes, 1);
		const built = delivery.build(deliveryPrefix('a'), source, 0, source.length, false);
		expect(textOf(built)).toMatch(/^from a: \uFFFD+\n$/);
		expect(built.length - 1).toBeLessThanOrEqual(limits.serverLineBytes);
		expect(built.length - 1).toBeGreaterThan(limits.serverLineBytes - 3);
	});
});
