import {globSync, readFileSync} from 'node:fs';
import path from 'node:path';
import fc from 'fast-check';
import {expect, test} from 'vitest';
import {glyphs, inCharset} from '../../../source/ui/text/glyphs.ts';
import {sanitise} from '../../../source/ui/text/sanitise.ts';
import {displayWidth} from '../../../source/ui/text/width.ts';
import {foreignText} from './foreign-text.ts';

test('our own signs have stand-ins, and letters stay where there are some', () => {
	const row = '12:00 → bob: größe ✓✓ · ␛[31m ⟨U+202E⟩ 漢字 …';

	expect(inCharset(row, 'unicode')).toBe(row);
	expect(inCharset(row, 'letters')).toBe('12:00 > bob: größe ++ - ^[31m <U+202E> 漢字 ~');
	expect(inCharset(row, 'ascii')).toBe('12:00 > bob: gr??e ++ - ^[31m <U+202E> ???? ~');
});

test('sequences of ours stay as they are, whatever stands beside them', () => {
	const row = '\x1b[1m\u0301\x1b[22m1\uFE0F\u20E3\x1b]8;id=m1-0-1;https://b.org/\x1b\\é\x1b]8;;\x1b\\';

	expect(inCharset(row, 'ascii')).toBe(
		'\x1b[1m\x1b[22m??\x1b]8;id=m1-0-1;https://b.org/\x1b\\?\x1b]8;;\x1b\\',
	);
});

test('every row stays as wide as it was, of ASCII only', () => {
	fc.assert(
		fc.property(foreignText, text => {
			const row = sanitise(text);
			const ascii = inCharset(row, 'ascii');
			expect(ascii).toMatch(/^[ -~]*$/);
			expect(displayWidth(ascii)).toBe(displayWidth(row));
		}),
	);
});

test('the screen shows no sign of its own that has no stand-in', () => {
	const root = path.resolve(import.meta.dirname, '../../..');
	const files = globSync('source/{ui,chat}/**/*.{ts,tsx}', {cwd: root});
	expect(files.length).toBeGreaterThan(50);
	for (const file of files) {
		const code = readFileSync(path.join(root, file), 'utf8')
			.replaceAll(/\/\*.*?\*\/|(?<=^|\s)\/\/.*?$/gms, '')
			// Patterns tell what others write.
			.replaceAll(/= \/.*\/[a-z]*;$/gm, '');
		const strange = [...code].filter(character => character > '\x7F' && glyphs[character] === undefined);
		expect([file, strange]).toEqual([file, []]);
	}
});
