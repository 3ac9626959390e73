import {expect, test} from 'vitest';
import {nextLogin} from '../../source/modes/next-login.ts';
import {parseLogin} from '../../source/protocol/login.ts';

test.each([
	['alice', 'alice-2'],
	['alice-2', 'alice-3'],
	['alice-b', 'alice-b-2'],
	['a'.repeat(32), `${'a'.repeat(30)}-2`],
])('%s is taken: %s is offered', (login, next) => {
	expect(nextLogin(login)).toBe(next);
});

test('what is offered is a login, also where the name has as many bytes as one may have', () => {
	for (const letter of ['a', 'ä', '語', '𠮷']) {
		const login = letter.repeat(Math.min(32, 96 / Buffer.byteLength(letter)));
		expect(parseLogin(login).ok).toBe(true);
		expect(parseLogin(nextLogin(login)).ok).toBe(true);
	}
});
