import fc from 'fast-check';
import stringWidth from 'string-width';
import {describe, expect, it} from 'vitest';
import {eachGrapheme, graphemes, isUnjoined} from '../../../source/ui/text/graphemes.ts';
import {sanitise} from '../../../source/ui/text/sanitise.ts';
import {displayWidth, isNarrow} from '../../../source/ui/text/width.ts';
import {foreignText} from './foreign-text.ts';

describe('the width of a text', () => {
	it.each([
		['', 0],
		['hello', 5],
		['é', 1],
		['e\u0301', 1],
		['漢字', 4],
		['👩‍🚀', 2],
		['🇩🇪', 2],
		['한', 2],
		['ทำ', 2],
		['น้ำ', 2],
		['ᄀำ', 3],
		['한ำ', 3],
		['क्ष', 2],
		['ᄀᄀำ', 5],
		['ﾊﾟ', 2],
	])('of %j is %i cells', (text, cells) => {
		expect(displayWidth(text)).toBe(cells);
	});

	it('is never less than Ink takes it for', () => {
		fc.assert(
			fc.property(foreignText, text => {
				const shown = sanitise(text);
				expect(displayWidth(shown)).toBeGreaterThanOrEqual(stringWidth(shown));
			}),
		);
	});

	it('is a cell for each that needs no asking, as string-width has it', () => {
		const units = Array.from({length: 0x10000}, (_, unit) => String.fromCharCode(unit)).filter(isNarrow);

		expect(units.length).toBeGreaterThan(1000);
		expect(units.filter(unit => stringWidth(unit) !== 1)).toEqual([]);
		expect(units.filter(unit => !isUnjoined(unit))).toEqual([]);
	});

	it('is the sum of the widths of its clusters', () => {
		fc.assert(
			fc.property(foreignText, text => {
				const shown = sanitise(text);
				const sum = graphemes(shown).reduce((width, cluster) => width + displayWidth(cluster), 0);
				expect(displayWidth(shown)).toBe(sum);
			}),
		);
	});
});

describe('grapheme clusters', () => {
	it('are what a reader takes for one character', () => {
		expect(graphemes('ae\u0301👩‍🚀🇩🇪한')).toEqual(['a', 'e\u0301', '👩‍🚀', '🇩🇪', '한']);
	});

	it('joined give the text again, all at once or one by one', () => {
		fc.assert(
			fc.property(foreignText, text => {
				expect(graphemes(text).join('')).toBe(text);
				expect([...eachGrapheme(text)]).toEqual(graphemes(text));
			}),
		);
	});
});

describe('a text of characters that are known to stand alone', () => {
	const unjoined = Array.from({length: 0x1_0000}, (_, unit) => String.fromCharCode(unit)).filter(isUnjoined);
	const segmenter = new Intl.Segmenter('en', {granularity: 'grapheme'});

	it('has no cluster of two, and nothing that is hidden', () => {
		for (const text of [unjoined.join(''), unjoined.toReversed().join('')]) {
			expect(Array.from(segmenter.segment(text))).toHaveLength(text.length);
			expect(text).not.toMatch(/[\p{Cc}\p{Cf}\p{Cs}\p{Zl}\p{Zp}\p{Default_Ignorable_Code_Point}\p{M}]/u);
		}
		fc.assert(
			fc.property(fc.array(fc.constantFrom(...unjoined)), characters => {
				expect(Array.from(segmenter.segment(characters.join('')))).toHaveLength(characters.length);
			}),
		);
	});
});
