import {Terminal} from '@xterm/headless';
import fc from 'fast-check';
import {describe, expect, it} from 'vitest';
import {maxMarks, sanitise, sanitiseSegments} from '../../../source/ui/text/sanitise.ts';
import {displayWidth} from '../../../source/ui/text/width.ts';
import {foreignText, hiddenCharacters, honestTexts} from './foreign-text.ts';

describe('foreign text', () => {
	it('shows escape sequences instead of obeying them', () => {
		expect(sanitise('\u001B[31mred\u001B[0m\u0007')).toBe('␛[31mred␛[0m␇');
		expect(sanitise('\u009B31m')).toBe('⟨U+009B⟩31m');
	});

	it('shows what is invisible by its number', () => {
		expect(sanitise('user\u202Etxt.exe')).toBe('user⟨U+202E⟩txt.exe');
		expect(sanitise('pay\u200Bpal')).toBe('pay⟨U+200B⟩pal');
		expect(sanitise('\uFEFFa\u00ADb\u2028c')).toBe('⟨U+FEFF⟩a⟨U+00AD⟩b⟨U+2028⟩c');
		expect(sanitise('a\u{E0041}')).toBe('a⟨U+E0041⟩');
	});

	it('lets nothing through between letters that is hidden there', () => {
		expect(hiddenCharacters.filter(character => sanitise(`a${character}b`).includes(character))).toEqual([]);
	});

	it.each(honestTexts)('leaves %j as it is', text => {
		expect(sanitise(text)).toBe(text);
	});

	it('keeps no joiner, selector or tag where nothing needs it', () => {
		expect(sanitise('a\u200Db')).toBe('a⟨U+200D⟩b');
		expect(sanitise('می\u200C\u200Cخ')).toBe('می⟨U+200C⟩⟨U+200C⟩خ');
		expect(sanitise('a\uFE0F')).toBe('a⟨U+FE0F⟩');
		expect(sanitise('👍\uFE0F\uFE0F')).toBe('👍\uFE0F⟨U+FE0F⟩');
		expect(sanitise('🚀\u200D🚀')).toBe('🚀⟨U+200D⟩🚀');
	});

	it('keeps no half of an emoji, which terminals measure as they please', () => {
		expect(sanitise('\u{1F1E6}')).toBe('⟨U+1F1E6⟩');
		expect(sanitise('a\u{1F3FD}')).toBe('a⟨U+1F3FD⟩');
	});

	it('counts marks that no spelling needs instead of stacking them', () => {
		expect(sanitise(`Z${'\u0301'.repeat(30)}algo`)).toBe(
			`Z${'\u0301'.repeat(maxMarks)}⟨+${30 - maxMarks}⟩algo`,
		);
		expect(sanitise('\u0301a')).toBe('⟨U+0301⟩a');
	});

	it('gives a TAB a fixed width', () => {
		expect(sanitise('a\tb')).toBe('a    b');
	});

	it('says which pieces are tokens, so that nobody can write one himself', () => {
		expect(sanitiseSegments('␛ is \u001B')).toEqual([
			{text: '␛ is ', isToken: false},
			{text: '␛', isToken: true},
		]);
		expect(sanitiseSegments('')).toEqual([]);
	});

	it('has no control or invisible character, whatever came', () => {
		fc.assert(
			fc.property(foreignText, text => {
				const shown = sanitise(text);
				expect(shown).not.toMatch(/[\p{Cc}\p{Cs}\p{Bidi_Control}\p{Zl}\p{Zp}]|\p{Noncharacter_Code_Point}/u);
				expect(shown.isWellFormed()).toBe(true);
				expect(shown).not.toMatch(new RegExp(`\\p{M}{${2 * maxMarks + 1}}`, 'u'));
				expect(displayWidth(shown)).toBeGreaterThanOrEqual(0);
			}),
			{numRuns: 1000},
		);
	});

	it('stays as it is when it is sanitised again', () => {
		fc.assert(
			fc.property(foreignText, text => {
				expect(sanitise(sanitise(text))).toBe(sanitise(text));
			}),
			{numRuns: 1000},
		);
	});

	it('is cut into pieces that alternate and lose nothing', () => {
		fc.assert(
			fc.property(foreignText, text => {
				const segments = sanitiseSegments(text);
				expect(segments.map(segment => segment.text).join('')).toBe(sanitise(text));
				for (const [index, segment] of segments.entries()) {
					expect(segment.text).not.toBe('');
					expect(segment.isToken).not.toBe(segments[index - 1]?.isToken);
				}
			}),
		);
	});
});

const columns = 8000;

/** A terminal, and what a text that is printed into it does to it. */
function createPrinter() {
	const terminal = new Terminal({cols: columns, rows: 3, scrollback: 0, allowProposedApi: true});
	let replies = '';
	let titles = '';
	terminal.onData(data => {
		replies += data;
	});
	terminal.onTitleChange(title => {
		titles += title;
	});
	const modes = JSON.stringify(terminal.modes);
	return async (text: string) => {
		await new Promise<void>(resolve => terminal.write('\r\n\r\u001B[2K', resolve));
		await new Promise<void>(resolve => terminal.write(text, resolve));
		const {cursorX, cursorY} = terminal.buffer.active;
		await new Promise<void>(resolve => terminal.write('x', resolve));
		const cell = terminal.buffer.active.getLine(terminal.buffer.active.baseY + cursorY)?.getCell(cursorX);
		return {
			column: cursorX,
			replies,
			titles,
			isPlain: cell?.getChars() === 'x' && cell.isAttributeDefault(),
			hasModes: JSON.stringify(terminal.modes) === modes,
		};
	};
}

// The terminal of the tests counts cells by an old Unicode: it knows neither emoji nor the signs of Burmese.
const measuredAlike = fc
	.array(
		fc.constantFrom(
			...honestTexts.filter(
				text => !/[\p{Extended_Pictographic}\p{Script=Myanmar}\u{F0001}]|[\u{E0100}-\u{E01EF}]/u.test(text),
			),
			...hiddenCharacters,
			'\u001B[31m',
			'\u001B]0;title\u0007',
			'\u001B[6n',
			'Z\u0301\u0302\u0303\u0304\u0305\u0306\u0307\u0308\u0309\u030A',
			' ',
			'\t',
		),
		{maxLength: 20},
	)
	.map(pieces => pieces.join(''));

describe('foreign text in a terminal', () => {
	it('moves the cursor by its width', async () => {
		const print = createPrinter();
		await fc.assert(
			fc.asyncProperty(measuredAlike, async text => {
				const shown = sanitise(text);
				expect((await print(shown)).column).toBe(displayWidth(shown));
			}),
			{numRuns: 300},
		);
	});

	it('changes nothing else: no colour, no mode, no title, no reply', async () => {
		const print = createPrinter();
		await fc.assert(
			fc.asyncProperty(foreignText, async text => {
				expect(await print(sanitise(text))).toMatchObject({
					replies: '',
					titles: '',
					isPlain: true,
					hasModes: true,
				});
			}),
			{numRuns: 300},
		);
	});
});
