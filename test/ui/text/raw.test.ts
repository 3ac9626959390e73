import {expect, test} from 'vitest';
import {rawText} from '../../../source/ui/text/raw.ts';
import {sanitise} from '../../../source/ui/text/sanitise.ts';
import {corpus} from '../../hostile/corpus.ts';

test('ASCII is itself, what is seen has its number, what is not its name too', () => {
	expect(rawText('plain (text)!')).toBe('plain (text)!');
	expect(rawText('b\u03BFb')).toBe('b\u03BF⟨U+03BF⟩b');
	expect(rawText('a\u202Egnp.exe')).toBe('a⟨RLO U+202E⟩gnp.exe');
	expect(rawText('\u001B[31m\u009B0m')).toBe('⟨ESC U+001B⟩[31m⟨CSI U+009B⟩0m');
	expect(rawText('e\u0301\u200D')).toBe('e⟨U+0301⟩⟨ZWJ U+200D⟩');
	expect(rawText('\u{E0041}\u{1F600}')).toBe('⟨TAG U+E0041⟩\u{1F600}⟨U+1F600⟩');
	expect(rawText('\u3164\uD800')).toBe('⟨U+3164⟩⟨U+D800⟩');
});

test('of a long text the rest is counted', () => {
	expect(rawText('x'.repeat(65_000))).toBe(`${'x'.repeat(300)} … (64700 more code units)`);
	expect(rawText('\u{1F600}'.repeat(400))).toMatch(/ … \(200 more code units\)$/);
});

test('nothing is left for the sanitiser to take out, and no two texts look the same', () => {
	const shown = new Map<string, string>();
	for (const text of corpus.flatMap(one => one.texts.map(String))) {
		const raw = rawText(text);
		expect([text, sanitise(raw)]).toEqual([text, raw]);
		expect([raw, shown.get(raw) ?? text]).toEqual([raw, text]);
		if (text.length <= 300) shown.set(raw, text);
	}
});
