import {expect, test} from 'vitest';
import {changePeople, presenceOf} from '../../source/chat/people.ts';
import {noteTyping, stillTyping, withoutTyping} from '../../source/chat/typing.ts';

test('people come, are away, and go, whatever the case of their names', () => {
	const here = changePeople(new Map(), [
		{login: 'Bob', state: 'here'},
		{login: 'carol', state: 'here'},
	]);
	const later = changePeople(here, [
		{login: 'bob', state: 'away'},
		{login: 'CAROL', state: 'gone'},
	]);

	expect(presenceOf(here, 'bob')).toBe('here');
	expect(presenceOf(later, 'BOB')).toBe('away');
	expect(presenceOf(later, 'carol')).toBe('gone');
	expect(presenceOf(undefined, 'carol')).toBe('unknown');
});

test('what is known already, and what is no name, changes nothing', () => {
	const here = changePeople(new Map(), [{login: 'bob', state: 'here'}]);

	expect(changePeople(here, [{login: 'bob', state: 'here'}])).toBe(here);
	expect(changePeople(here, [{login: 'a b', state: 'here'}])).toBe(here);
	expect(changePeople(here, [{login: 'dave', state: 'gone'}])).toBe(here);
});

test('somebody writes until it is said otherwise, something came, or a while has passed', () => {
	const one = noteTyping([], 'bob', true, 0);
	const two = noteTyping(one, 'carol', true, 3000);

	expect(two.map(({login}) => login)).toEqual(['bob', 'carol']);
	expect(noteTyping(two, 'BOB', false, 3000).map(({login}) => login)).toEqual(['carol']);
	expect(withoutTyping(two, ['Carol'])).toEqual(one);
	expect(withoutTyping(two, ['dave'])).toBe(two);
	expect(stillTyping(two, 5000)).toBe(two);
	expect(stillTyping(two, 7000).map(({login}) => login)).toEqual(['carol']);
	expect(noteTyping(one, 'bob', true, 5000)).toEqual([{login: 'bob', until: 11_000}]);
});

test('no more than some are told of as writing, and nobody who cannot have that name', () => {
	let typing = noteTyping([], 'a b', true, 0);
	expect(typing).toEqual([]);
	for (let i = 0; i < 100; i++) typing = noteTyping(typing, `n${i}`, true, 0);
	expect(typing).toHaveLength(50);
});
