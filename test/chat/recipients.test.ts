import {expect, test} from 'vitest';
import {changePeople} from '../../source/chat/people.ts';
import {describeRecipients, knownNames, readAddressing, readDraft} from '../../source/chat/recipients.ts';

test('a draft says whom it goes to in front of its first colon', () => {
	expect(readAddressing('bob, carol: see http://x:1/')).toEqual({
		ok: true,
		to: ['bob', 'carol'],
		texts: ['see http://x:1/'],
	});
});

test('the further lines of a draft go to the same people', () => {
	expect(readAddressing('bob: one\n  two\nbob: three')).toMatchObject({
		texts: ['one', '  two', 'bob: three'],
	});
	expect(readAddressing('bob:\nonly this')).toMatchObject({to: ['bob'], texts: ['only this']});
});

test('line ends behind a pasted text are no lines of it', () => {
	expect(readAddressing('bob: one\n\ntwo\n \n')).toMatchObject({texts: ['one', '', 'two']});
	expect(readAddressing('bob:\n\n')).toMatchObject({to: ['bob'], texts: ['']});
});

test('somebody named twice gets it once', () => {
	expect(readAddressing('bob, BOB: hi')).toMatchObject({to: ['BOB']});
});

test.each([
	['', 'empty'],
	[' \n ', 'empty'],
	['hello there', 'no-recipient'],
	[': hello', 'no-recipient'],
	['see http://x', 'bad-name'],
	['https://example.org/secret', 'no-recipient'],
	[`${Array.from({length: 21}, (_, index) => `n${index}`).join(',')}: hi`, 'too-many'],
	[`bob: ${'x'.repeat(65_536)}`, 'too-long'],
])('%j is held back: %s', (draft, problem) => {
	expect(readAddressing(draft)).toMatchObject({ok: false, problem});
});

test('names that were never seen are marked, and where the host tells, who is here', () => {
	expect(describeRecipients(['Bob', 'dave'], ['bob'], undefined)).toEqual([
		{name: 'Bob', presence: 'unknown', isSeen: true},
		{name: 'dave', presence: 'unknown', isSeen: false},
	]);
	const people = changePeople(new Map(), [
		{login: 'BOB', state: 'away'},
		{login: 'eve', state: 'here'},
	]);
	expect(describeRecipients(['bob', 'eve', 'dave'], [], people).map(({presence}) => presence)).toEqual([
		'away',
		'here',
		'gone',
	]);
	expect(knownNames(['carol', 'bob'], people)).toEqual(['carol', 'bob', 'eve']);
});

test('a link is said in the conversation that is open, whoever calls himself as it begins', () => {
	expect(readDraft('https://example.org/secret', ['bob'], () => true)).toEqual({
		ok: true,
		to: ['bob'],
		texts: ['https://example.org/secret'],
	});
	expect(readDraft('https:hi', ['bob'], () => true)).toMatchObject({to: ['https']});
});
