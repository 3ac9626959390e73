import {expect, test} from 'vitest';
import {hasRightToLeft} from '../../source/ui/text/right-to-left.ts';
import {shownName, truncateNames} from '../../source/ui/text/shown-name.ts';
import {displayWidth} from '../../source/ui/text/width.ts';
import {frameOf, Person} from './window/person.ts';

const names = ['דוד', 'محمد', 'שמעון-בן-יוחאי-הארוך-מאוד'];

/** What stands between the letters around the names, and in no name. */
const beside = (row: string): string =>
	row
		.split('ˑ')
		.filter((_, index) => index % 2 === 0)
		.join('|');

function expectInPlace({state}: Person): void {
	for (const row of frameOf(state).rows) expect(beside(row)).not.toSatisfy(hasRightToLeft);
}

/** Somebody among people whose names run from right to left, each of whom has written to her, and to the next. */
function among(columns: number, rows: number): Person {
	const person = new Person({columns, rows}, undefined, 'שרה');
	const people = [...names, 'bob'].map(login => ({login, state: 'here'}) as const);
	const line = {kind: 'message', at: 0, text: '12 of them'} as const;
	const lines = names.map((from, index) => ({...line, from, to: ['שרה', ...names.slice(index + 1)]}));
	person.act({type: 'chat', action: {type: 'connection-changed', connection: {phase: 'open'}}});
	person.act({type: 'chat', action: {type: 'people-listed', people}});
	expectInPlace(person);
	person.act({type: 'chat', action: {type: 'said', lines}});
	return person;
}

test.each([
	[200, 60],
	[80, 24],
	[60, 20],
	[40, 12],
	[20, 5],
])('names that run from right to left move nothing beside them at %i×%i', (columns, rows) => {
	const person = among(columns, rows);
	expectInPlace(person);
	for (const keys of [['alt+2'], ['alt+1'], ['ctrl+g'], ['down'], ['escape'], ['alt+0']]) {
		person.press(...keys);
		expectInPlace(person);
	}
	person.act({type: 'focused', isFocused: false, now: 0});
	person.act({type: 'focused', isFocused: true, now: 90_000});
	expectInPlace(person);
});

test('a name that is cut is closed, too', () => {
	const name = shownName('שמעון', new Map([['שמעון', 'שמעוו']]));
	expect(name).toBe('≈ˑשמעוןˑ');
	for (let columns = 1; columns < 20; columns++) {
		const cut = truncateNames(`bob, ${name}, carol`, columns);
		expect(displayWidth(cut)).toBeLessThanOrEqual(columns);
		expect(beside(cut)).not.toSatisfy(hasRightToLeft);
		// Else it would be the next name that stands beside them.
		expect(cut.split('ˑ').length % 2).toBe(1);
	}
	expect(truncateNames(name, 6)).toBe('≈ˑשמ…ˑ');
	expect(truncateNames(name, 3)).toBe('≈…');
	expect(shownName('bob')).toBe('bob');
});
