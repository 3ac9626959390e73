import {beforeAll, expect, test} from 'vitest';
import {describeLookAlike, maxLogins, SeenLogins} from '../../source/chat/look-alikes.ts';
import {loadConfusables} from '../../source/chat/skeleton.ts';

beforeAll(loadConfusables);

/** Whom the last of these logins looks like. */
const likeLast = (...logins: string[]): string | undefined => {
	const seen = new SeenLogins();
	return logins.map(login => seen.note(login)?.like).at(-1);
};

test.each([
	['alice', '\u0430lice', 'Cyrillic'],
	['alice', '\u03B1lice', 'Greek'],
	['alice', '\u0430l\u0456\u0441\u0435', 'Cyrillic throughout'],
	['Alice', 'AIice', 'a capital I'],
	['alice', 'AIice', 'a capital I, of who is small'],
	['bob', 'b0b', 'a digit'],
	['paul', 'pau1', 'a digit'],
	['adam', 'adarn', 'two letters for one'],
	['boba', '\u0412\u041E\u0412\u0410', 'capitals of another script'],
	['jos\u00E9', 'jos\u0435\u0301', 'a mark'],
	['\u0432\u043E\u0432\u0430', '\u0432o\u0432a', 'Latin in a Cyrillic name'],
	['dev.ops', 'dev\u0660ops', 'a sign'],
])('%s is who %s looks like: %s', (login, other) => {
	expect(likeLast(login, other)).toBe(login);
});

test.each([
	['alice', 'ALICE'],
	['alice', 'alice-2'],
	['alice', 'allce'],
	['bob', 'rob'],
	['\u0438\u0432\u0430\u043D', 'ivan'],
	['m\u00FCller', 'muller'],
	['\u5F20\u4F1F', '\u738B\u4F1F'],
])('%s and %s are not mixed up', (login, other) => {
	expect(likeLast(login, other)).toBeUndefined();
});

test('a login is told of once, and the first one never', () => {
	expect(likeLast('bob', 'b0b', 'bob')).toBeUndefined();
	expect(likeLast('bob', 'b0b', 'b0b')).toBeUndefined();
	expect(likeLast('bob', 'b0b', 'b\u043Eb')).toBe('bob');
	expect(likeLast('b\u200Bob', 'a,b', '')).toBeUndefined();
});

test('what is remembered is bounded, and the own login stays in it', () => {
	const seen = new SeenLogins();
	seen.noteOwn('alice');
	seen.note('bob');
	for (let index = 0; index < maxLogins; index++) seen.note(`guest.${index}x`);

	expect(seen.note('b0b')).toBeUndefined();
	expect(seen.note('\u0430lice')?.like).toBe('alice');
});

test('of two the later one is marked, but neither the own one nor one of ASCII', () => {
	const seen = new SeenLogins();
	expect(seen.note('d\u043Eg')).toBeUndefined();
	expect(seen.note('dog')).toEqual({login: 'd\u043Eg', like: 'dog'});
	expect(seen.note('d0g')).toEqual({login: 'd0g', like: 'dog'});
	const own = new SeenLogins();
	own.noteOwn('d\u043Eg');
	expect(own.note('dog')).toEqual({login: 'dog', like: 'd\u043Eg'});
	expect(own.noteOwn('d0g')).toEqual({login: 'd\u043Eg', like: 'd0g'});
});

test('the sentence says which characters are others', () => {
	expect(describeLookAlike('\u0430lic\u0435', 'alice')).toBe(
		'≈\u0430lic\u0435 looks like alice, but is somebody else: it is written with U+0430, U+0435',
	);
	expect(describeLookAlike('b0b', 'bob')).toBe('≈b0b looks like bob, but is somebody else');
});
