import fc from 'fast-check';
import {describe, expect, it} from 'vitest';
import {limits} from '../../source/protocol/limits.ts';
import {loginKey, parseLogin} from '../../source/protocol/login.ts';

const problemOf = (text: string): string => {
	const parsed = parseLogin(text);
	return parsed.ok ? `accepted as ${parsed.login}` : parsed.problem;
};

const characters = 'may only hold letters, digits, ".", "_" and "-"';

describe('a login', () => {
	it.each([
		'alice',
		'Jo-Doe',
		'a',
		'7',
		'x'.repeat(32),
		'ada.l_2',
		'Jürgen',
		'日本',
		'नमस्ते',
		'Ωmega',
		'servers',
		'sever',
	])('may be %s', login => {
		expect(parseLogin(login)).toEqual({ok: true, login: login.normalize('NFC'), key: loginKey(login)});
	});

	it.each([
		['', 'the name is empty'],
		[' \t\u0085', 'the name is empty'],
		['a:b', `the name "a:b" ${characters}`],
		['root: x', `the name "root: x" ${characters}`],
		['a,b', `the name "a,b" ${characters}`],
		['#dev', `the name "#dev" ${characters}`],
		['a²', `the name "a²" ${characters}`],
		['🙂', `the name "🙂" ${characters}`],
		['\u001B[31mred', `the name "\uFFFD[31mred" ${characters}`],
		['a\0b', `the name "a\uFFFDb" ${characters}`],
		['al\u200Bice', `the name "al\uFFFDice" ${characters}`],
		['alice\uFE0F', `the name "alice\uFFFD" ${characters}`],
		['\u3164', `the name "\uFFFD" ${characters}`],
		['a\u2028b', `the name "a\uFFFDb" ${characters}`],
		['a\u202Eb', `the name "a\uFFFDb" ${characters}`],
		['SSH-2.0-OpenSSH_9.9', 'the name "SSH-2.0-OpenSSH_9.9" is how SSH greets, and this is a chat'],
		['.alice', 'the name ".alice" has to start with a letter or a digit'],
		['\u0301a', 'the name "\u0301a" has to start with a letter or a digit'],
		['x'.repeat(33), `the name "${'x'.repeat(32)}…" is longer than 32 characters`],
		['x'.repeat(100_000), `the name "${'x'.repeat(32)}…" is longer than 32 characters`],
		['x\u0323\u0302\u0310', 'the name "x\u0323\u0302\u0310" has more than 2 marks in a row'],
		['𝒜'.repeat(25), `the name "${'𝒜'.repeat(25)}" takes more than 96 bytes`],
	])('is not %j', (text, problem) => {
		expect(problemOf(text)).toBe(problem);
	});

	it.each([
		'server',
		'SERVER',
		'Server',
		' server ',
		'ѕеrvеr',
		'ЅΕRVΕR',
		'ｓｅｒｖｅｒ',
		'𝐬𝐞𝐫𝐯𝐞𝐫',
		'ser٧er',
		'seʀver',
		'ᏚᎬᏒᏙᎬᏒ',
		'ꓢꓰꓣꓦꓰꓣ',
		'sеɾver'.replace('ɾ', 'г'),
		'ѕｅ𝐫νer',
	])('that looks like %s is kept for the server', login => {
		expect(problemOf(login)).toMatch(/ is kept for the server itself$/);
	});

	it('cannot look like the server by a character that is not seen', () => {
		for (const invisible of ['\u200B', '\u200D', '\uFEFF', '\u00AD', '\u034F', '\uFE00', '\u{E0061}']) {
			expect(problemOf(`ser${invisible}ver`)).toContain(characters);
		}
	});

	it('is shown in NFC with white space around it dropped', () => {
		expect(parseLogin(' Ju\u0308rgen\u0085')).toMatchObject({ok: true, login: 'J\u00FCrgen'});
	});

	it('that is accepted is accepted again as it is shown, and keeps its key', () => {
		const text = fc
			.string({unit: 'grapheme', maxLength: 12})
			.map(name => name.replace(/[^\p{L}\p{M}\p{Nd}]/gu, 'a'));
		fc.assert(
			fc.property(text, name => {
				const parsed = parseLogin(name);
				if (parsed.ok) expect(parseLogin(parsed.login)).toEqual(parsed);
				else expect(parsed.problem).not.toMatch(/[\r\n\p{Cc}]/u);
			}),
			{numRuns: 500},
		);
	});

	it('that is refused is quoted on one line, without controls, and short', () => {
		fc.assert(
			fc.property(fc.string({unit: 'binary', maxLength: 200}), name => {
				const problem = problemOf(name);
				expect(problem).not.toMatch(/[\p{Cc}\u2028\u2029]/u);
				expect(Array.from(problem).length).toBeLessThan(32 + 80);
			}),
		);
	});

	it('takes no more bytes in a line than a server may send', () => {
		expect(limits.plainLineBytes + limits.loginBytes + 'from : \n'.length).toBeLessThan(
			limits.serverLineBytes,
		);
	});
});

describe('two logins are the same', () => {
	it.each([
		['alice', 'ALICE'],
		['Straße', 'STRASSE'],
		['Straße', 'STRAẞE'],
		['ς', 'Σ'],
		['ᾄδης', 'ᾌΔΗΣ'],
		['ᾄδης', 'ᾄδης'.toUpperCase()],
		['ÅSA', 'a\u030Asa'],
		['ａｌｉｃｅ', 'alice'],
		['ﬁn', 'FIN'],
	])('%s and %s', (one, other) => {
		expect(loginKey(one)).toBe(loginKey(other));
	});

	it('in any case and normal form, for every letter there is', () => {
		const forms = (name: string) => [
			name.toUpperCase(),
			name.toLowerCase(),
			name.normalize('NFD'),
			name.normalize('NFKC'),
			loginKey(name),
		];
		const apart: string[] = [];
		for (let codePoint = 0; codePoint < 0x2_0000; codePoint++) {
			const letter = String.fromCodePoint(codePoint);
			if (!/\p{L}/u.test(letter)) continue;
			const key = loginKey(letter);
			if (forms(letter).some(form => loginKey(form) !== key)) apart.push(letter);
		}
		expect(apart).toEqual([]);
	});

	it('not when only an accent differs', () => {
		expect(loginKey('asa')).not.toBe(loginKey('åsa'));
	});

	it('has the same key in ASCII as in full-width letters, which take the long way', () => {
		const fullWidth = (text: string): string =>
			text.replace(/[!-~]/g, character => String.fromCharCode(character.charCodeAt(0) + 0xfe_e0));
		fc.assert(
			fc.property(fc.string(), text => {
				expect(loginKey(fullWidth(text))).toBe(loginKey(text));
			}),
		);
		const refused = ['SERVER', 'a:b', '.a', '-', '_a', '', 'x'.repeat(33)];
		for (const login of ['Alice', 'ada.l_2', '7-', 'x'.repeat(32), ...refused]) {
			// A mark that grows together with nothing keeps it from being ASCII, and changes nothing else.
			const isFine = parseLogin(login).ok;
			expect(isFine).toBe(!refused.includes(login));
			if (login.length < 32 && login !== 'SERVER') expect(parseLogin(`${login}\u0323`).ok).toBe(isFine);
		}
	});
});
