import fc from 'fast-check';
import {expect, test} from 'vitest';
import {markInline} from '../../../source/ui/text/inline-marks.ts';
import {sanitise, sanitiseSegments} from '../../../source/ui/text/sanitise.ts';
import type {Piece} from '../../../source/ui/text/wrap.ts';

const pieces = (text: string): readonly Piece[] => markInline(sanitiseSegments(text), 'm1');

/** How a text looks, in tags. */
const looks = (text: string): string =>
	pieces(text)
		.map(({text: part, look}) => {
			if (look === undefined) return part;
			const names = [
				look.isStrong && 'b',
				look.isEmphasised && 'i',
				look.isCode && 'code',
				look.link && `a ${look.link.target}`,
			].filter(Boolean);
			return look.isQuiet ? part : `<${names.join(' ')}>${part}</>`;
		})
		.join('');

const links = (text: string): readonly string[] =>
	pieces(text).flatMap(({look}) => (look?.link ? [look.link.target] : []));

test('marks around words make them strong, emphasised and code, and stay where they are', () => {
	expect(looks('a *strong word* here')).toBe('a *<b>strong word</>* here');
	expect(looks('**also** so, (*here*), "_there_".')).toBe(
		'**<b>also</>** so, (*<b>here</>*), "_<i>there</>_".',
	);
	expect(looks('call `f(*a, *b)` or ``a ` b``')).toBe('call `<code>f(*a, *b)</>` or ``<code>a ` b</>``');
	expect(looks('*strong and _both_ too*')).toBe('*<b>strong and </>_<b i>both</>_<b> too</>*');
});

test('marks within words, alone, or around blanks are none', () => {
	for (const text of [
		'snake_case_name and other_name_',
		'_private_name_ and __init__',
		'2*3*4 = 24, 2 * 3 * 4',
		'rm *.ts *.js',
		'src/_a_/b, a/*b*/c',
		'f(*args, **kwargs)',
		'* a list\n* of two',
		'***',
		'one ` alone',
		'*not closed and _neither',
		'a* b *c',
		'*\u0301a* `a`\u0301',
	])
		expect(looks(text)).toBe(sanitise(text));
});

test('an address of a page is a link to what is shown, without what the sentence puts around it', () => {
	expect(looks('see https://example.org/a_b_c?x=1#y, (http://b.org/(c)).')).toBe(
		'see <a https://example.org/a_b_c?x=1#y>https://example.org/a_b_c?x=1#y</>, (<a http://b.org/(c)>http://b.org/(c)</>).',
	);
	expect(links('*https://b.org/* and _http://[::1]:8080/x_')).toEqual([
		'https://b.org/',
		'http://[::1]:8080/x',
	]);
	expect(links('HTTPS://B.ORG https://b.org: yes https://b.org:80.')).toEqual([
		'HTTPS://B.ORG',
		'https://b.org',
		'https://b.org:80',
	]);
	expect(links('`https://b.org` xhttps://b.org https:// http://- ftp://b.org')).toEqual([]);
});

test('what would lead elsewhere than it seems to is no link', () => {
	for (const text of [
		'https://good.org@evil.org/',
		'https://good.org:pass@evil.org/',
		'https://good.org:80@evil.org/',
		'https://good.org\\@evil.org/',
		'https://good.org%2eevil.org/',
		'https://gооd.org/',
		'https://good.org/pаth',
		'https://good\u202e.org/',
		'https://good.org/a\x1b]8;;https://evil.org\x1b\\b',
		'https://good.org/\u200bx',
		`https://good.org/${'x'.repeat(3000)}`,
	])
		expect(links(text), text).toEqual([]);
});

test('each link is one by its own id, and links of other lines are others', () => {
	const ids = pieces('https://b.org https://b.org').flatMap(({look}) => look?.link?.id ?? []);

	expect(ids).toEqual(['m1-1', 'm1-2']);
});

test('marks neither add to a text nor take from it, and links hold nothing that ends a sequence', () => {
	const parts = fc.constantFrom(
		'*',
		'**',
		'_',
		'`',
		'``',
		' ',
		'a',
		'(',
		')',
		'.',
		'https://',
		'b.org',
		'/',
		';',
		'\x1b',
		'é',
	);
	fc.assert(
		fc.property(
			fc.array(parts).map(all => all.join('')),
			text => {
				const marked = pieces(text);
				expect(marked.map(piece => piece.text).join('')).toBe(sanitise(text));
				for (const {text: shown, look} of marked) {
					if (look?.link) expect(look.link.target).toBe(shown);
					if (look?.link) expect(look.link.target).toMatch(/^https?:\/\/[!-~]+$/i);
				}
			},
		),
		{numRuns: 1000},
	);
});

test('a text of marks only takes no longer than its length asks for', () => {
	// Each would take minutes if every mark looked for its end anew.
	for (const part of ['*a ', '(_', '*_', '`', 'a`b``', 'https://', '(*a_', '[https://a.b/)']) {
		const text = part.repeat(Math.floor(65_536 / part.length));
		expect(
			pieces(text)
				.map(piece => piece.text)
				.join(''),
		).toBe(text);
	}
});
