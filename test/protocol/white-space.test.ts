import fc from 'fast-check';
import {describe, expect, it} from 'vitest';
import {trimWhiteSpace} from '../../source/protocol/white-space.ts';

const everyCodePoint = Array.from({length: 0x11_00_00}, (_, point) => point).filter(
	point => point < 0xd800 || point > 0xdfff,
);

describe('trimming', () => {
	it('removes exactly what Unicode calls White_Space, at either end', () => {
		const wrong = everyCodePoint.filter(point => {
			const character = String.fromCodePoint(point);
			const expected = /\p{White_Space}/u.test(character) ? '' : character;
			return (
				trimWhiteSpace(character) !== expected ||
				trimWhiteSpace(`${character}a${character}`).length !== 1 + 2 * expected.length
			);
		});
		expect(wrong).toEqual([]);
	});

	it('differs from String.trim at U+0085 and U+FEFF', () => {
		expect(trimWhiteSpace('\u0085a\u0085')).toBe('a');
		expect(trimWhiteSpace('\uFEFFa\uFEFF')).toBe('\uFEFFa\uFEFF');
	});

	it('leaves white space inside', () => {
		fc.assert(
			fc.property(fc.string({unit: fc.constantFrom(' ', '\u3000', 'a', '\t')}), text => {
				expect(trimWhiteSpace(text)).toBe(
					text.replace(/^\p{White_Space}+/u, '').replace(/\p{White_Space}+$/u, ''),
				);
			}),
		);
	});
});
