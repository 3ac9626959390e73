import {readFileSync} from 'node:fs';
import fc from 'fast-check';
import {describe, expect, it} from 'vitest';
import loadWabt from 'wabt';
import {ControlScanner} from '../../source/protocol/control-scanner.ts';

const source = new URL('../../source/protocol/control-scanner.', import.meta.url);
const scanner = new ControlScanner();

/** The same in strings: the byte of the first control other than TAB. */
const place = (text: string): number => {
	const at = text.search(/(?!\t)\p{Cc}/u);
	return Buffer.byteLength(at === -1 ? text : text.slice(0, at));
};

describe('the scanner of controls', () => {
	it('has the bytes that its text is compiled to', async () => {
		const wabt = await loadWabt();
		const text = readFileSync(new URL(`${source.href}wat`), 'utf8');
		const {buffer} = wabt.parseWat('control-scanner.wat', text, {simd: true}).toBinary({});
		expect(readFileSync(new URL(`${source.href}ts`), 'utf8')).toContain(
			`'${Buffer.from(buffer).toString('base64')}'`,
		);
	});

	it('finds each of them at each place, and nothing else', () => {
		const characters = ['a', '\t', ' ', '~', '\u00A0', 'Â', 'é', '中', '\u{1F600}', '\uFFFD'];
		const controls = ['\0', '\n', '\r', '\u001B', '\u001F', '\u007F', '\u0080', '\u0085', '\u009F'];
		for (const character of characters) {
			for (let length = 0; length < 40; length++) {
				const clean = Buffer.from(character.repeat(length));
				expect(scanner.find(clean, 0)).toBe(clean.length);
				for (const control of controls) {
					expect(scanner.find(Buffer.from(character.repeat(length) + control + character), 0)).toBe(
						clean.length,
					);
				}
			}
		}
	});

	it('agrees with a search in strings, from wherever it begins', () => {
		const part = fc.oneof(
			fc.string({unit: 'binary'}),
			fc.string(),
			fc.constantFrom('\t'.repeat(20), 'Â'.repeat(9)),
		);
		fc.assert(
			fc.property(part, part, (before, behind) => {
				const bytes = Buffer.from(before + behind);
				const start = Buffer.byteLength(before);
				expect(scanner.find(bytes, start)).toBe(start + place(behind));
			}),
			{numRuns: 500},
		);
	});

	it('looks at bytes anew when others have come between, and at more than it has room for', () => {
		const first = Buffer.from(`${'a'.repeat(50)}\n`);
		const second = Buffer.from(`${'b'.repeat(20)}\n${'b'.repeat(50)}`);
		expect(scanner.find(first, 0)).toBe(50);
		expect(scanner.find(second, 0)).toBe(20);
		expect(scanner.find(first, 30)).toBe(50);
		const large = Buffer.alloc(300_000, 'x');
		expect(scanner.find(large, 0)).toBe(large.length);
		large[299_000] = 0x1b;
		expect(scanner.find(large, 0)).toBe(299_000);
	});
});
