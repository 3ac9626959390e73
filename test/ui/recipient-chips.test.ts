import {expect, test} from 'vitest';
import type {People} from '../../source/chat/people.ts';
import {chipRow, chipsOf} from '../../source/ui/rows/recipient-chips.ts';
import {displayWidth} from '../../source/ui/text/width.ts';
import {plainTheme, type Theme} from '../../source/ui/theme.ts';

const people = new Map(
	(
		[
			['bob', 'here'],
			['carol', 'away'],
		] as const
	).map(([login, state]) => [login, {login, state}]),
);
const known = {
	seen: ['nc'],
	people,
	login: 'alice',
	isConnected: true,
	lookAlikes: new Map(),
	waiting: new Set<string>(),
};

/** Says what stands out. */
const theme: Theme = {...plainTheme, warning: text => `<${text}>`, strong: text => `+${text}`};

function row(to: readonly string[], more: Partial<Parameters<typeof chipsOf>[1]> = {}, columns = 80): string {
	const all = {...known, ...more};
	const {lookAlikes} = all;
	const chips = chipsOf(to, all);
	return chipRow({chips, lead: ' to ', rest: [', 2 lines', 'bob is writing'], columns, lookAlikes, theme});
}

test('one who is ourselves is said to be', () => {
	expect(row(['bob', 'Alice'])).toBe(' to +[bob] +[Alice yourself], 2 lines · bob is writing');
});

test('each recipient stands there with how it stands with it, and a wrong one stands out', () => {
	expect(row(['bob', 'carol', 'dave', '#dev'])).toBe(
		' to +[bob] [carol away] <[dave not here]> +[#dev], 2 lines · bob is writing',
	);
});

test('where nobody tells who is here it is said who never spoke', () => {
	expect(row(['nc', 'dave'], {people: undefined})).toContain('+[nc] [dave never seen]');
	expect(row(['nc', 'dave'], {people: undefined, isConnected: false})).toContain('to [nc] [dave],');
});

test('for whom a line waits is said, and who looks like somebody else', () => {
	expect(row(['bob', 'dave'], {waiting: new Set(['bob', 'dave'])})).toContain(
		'+[bob waiting] <[dave not here waiting]>',
	);
	expect(row(['bob'], {lookAlikes: new Map([['bob', 'b0b']])})).toContain('<[≈bob not b0b]>');
});

test('in a narrow window those come first with which something is wrong, and nothing is wider than it', () => {
	expect(row(['bob', 'carol', 'dave'], {}, 24)).toBe(' to <[dave not here]> +2');
	for (let columns = 1; columns < 80; columns++) {
		const plain = row(['bob', '山田', 'carol', 'dave'], {}, columns).replace(/[<>+]/g, '');
		expect(displayWidth(plain)).toBeLessThanOrEqual(columns);
	}
});

test('where those are counted who look like somebody else, the number is marked', () => {
	const lookAlikes = new Map([
		['b0b', 'bob'],
		['car0l', 'carol'],
	]);
	expect(row(['bob', 'b0b', 'car0l'], {lookAlikes}, 32)).toBe(' to <[≈b0b not here not bob]> +≈2');
	expect(row(['bob', 'carol', 'b0b'], {lookAlikes}, 32)).toBe(' to <[≈b0b not here not bob]> +2');
});

test('recipients without room are counted, and those with whom something is wrong come first', () => {
	const known = {
		seen: [],
		login: 'alice',
		isConnected: true,
		lookAlikes: new Map(),
		waiting: new Set<string>(),
	};
	const present: People = new Map(['ann', 'ben', 'cat', 'dan'].map(login => [login, {login, state: 'here'}]));
	const rowOf = (columns: number) =>
		chipRow({
			chips: chipsOf(['ann', 'ben', 'cat', 'dan', 'eve'], {...known, people: present}),
			...{lead: ' to ', rest: [', 3 lines', ''], columns, lookAlikes: known.lookAlikes, theme: plainTheme},
		});
	expect(rowOf(60)).toBe(' to [ann] [ben] [cat] [dan] [eve not here], 3 lines');
	expect(rowOf(41)).toBe(' to [eve not here] [ann] [ben] [cat] +1');
	expect(rowOf(24)).toBe(' to [eve not here] +4');
	expect(rowOf(14)).toBe(' to [eve not …');
});
