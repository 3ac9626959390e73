import {expect, it} from 'vitest';
import {joinLines} from '../../../source/protocol/extended/lines-in-text.ts';
import {partsOf} from '../../../source/session/extended/parts.ts';

const post = {id: 1, key: 'k', to: ['bob'], text: '', at: 0};

it('a line that fits is one message, with its own key', () => {
	expect(partsOf({...post, text: 'x'.repeat(4096)})).toEqual([{...post, text: 'x'.repeat(4096)}]);
});

it('controls become U+FFFD, as a plain host would have it', () => {
	expect(partsOf({...post, text: 'a\u001B[2J\tb\u0085'})).toEqual([{...post, text: 'a\uFFFD[2J\tb\uFFFD'}]);
});

it.each([
	['ASCII', 'x'.repeat(10_000)],
	['characters of several code points', '👩‍👩‍👧é日'.repeat(700)],
	['a character that is longer than a message', `a${'\u0301'.repeat(5000)}b`],
])('a longer line is several messages, in order and with keys of their own: %s', (_, text) => {
	const parts = partsOf({...post, text});
	expect(parts.length).toBeGreaterThan(1);
	expect(parts.map(part => part.text).join('')).toBe(text);
	for (const part of parts) expect(Buffer.byteLength(part.text)).toBeLessThanOrEqual(4096);
	expect(new Set(parts.map(({key}) => key)).size).toBe(parts.length);
	expect(parts.every(({key}) => /^[\w-]{1,64}$/.test(key))).toBe(true);
});

it('is cut between characters', () => {
	for (const {text} of partsOf({...post, text: '👩‍👩‍👧'.repeat(500)})) expect(text).toMatch(/^(?:👩‍👩‍👧)+$/u);
});

it('a text of several lines is cut between them, as it counts on the wire', () => {
	const lines = Array.from({length: 900}, (_, at) => `line ${at}: 100 %`);
	const parts = partsOf({...post, isLong: true, isAction: true, text: lines.join('\n')});
	expect(parts.length).toBeGreaterThan(3);
	expect(parts.map(({text}) => text).join('\n')).toBe(lines.join('\n'));
	for (const {text} of parts) {
		expect(Buffer.byteLength(joinLines(text))).toBeLessThanOrEqual(4096);
		expect(text).toMatch(/^line .* %$/s);
	}
	expect(new Set(parts.map(({key}) => key)).size).toBe(parts.length);
	expect(parts.map(({isAction}) => isAction === true).lastIndexOf(true)).toBe(0);
});

it('a line of it that is longer than a message is cut itself', () => {
	const text = `short\n${'%'.repeat(3000)}\nshort`;
	const parts = partsOf({...post, isLong: true, text});
	for (const part of parts) expect(Buffer.byteLength(joinLines(part.text))).toBeLessThanOrEqual(4096);
	expect(parts.map(part => part.text.replaceAll('\n', '')).join('')).toBe(text.replaceAll('\n', ''));
});
