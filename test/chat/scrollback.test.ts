import fc from 'fast-check';
import {expect, test} from 'vitest';
import type {NewChatLine} from '../../source/chat/chat-line.ts';
import {
	addLines,
	emptyScrollback,
	numberLines,
	prependLines,
	replaceOwn,
	type Scrollback,
	scrollbackLimits,
} from '../../source/chat/scrollback.ts';

const notice = (text: string): NewChatLine => ({kind: 'notice', at: 0, text});

const appendLines = (scrollback: Scrollback, lines: readonly NewChatLine[]): Scrollback =>
	addLines(scrollback, numberLines(scrollback, lines));

test('a scrollback holds the newest lines, and no more than its limits', () => {
	let scrollback = emptyScrollback;
	for (let batch = 0; batch < 12; batch++) {
		scrollback = appendLines(
			scrollback,
			Array.from({length: 500}, (_, index) => notice(`${batch * 500 + index}`)),
		);
	}

	expect(scrollback.lines).toHaveLength(scrollbackLimits.lines);
	expect(scrollback.lines[0]?.text).toBe('1000');
	expect(scrollback.lines.at(-1)?.text).toBe('5999');
});

test('few long lines push each other out as many short ones do, but never the newest', () => {
	const long = 'x'.repeat(scrollbackLimits.units);
	const scrollback = appendLines(appendLines(emptyScrollback, [notice(long)]), [
		notice('last'),
		notice(`${long}y`),
	]);

	expect(scrollback.lines.map(line => line.text.length)).toEqual([long.length + 1]);
});

test('the count of held code units is always that of the lines', () => {
	fc.assert(
		fc.property(fc.array(fc.array(fc.string({maxLength: 20}), {maxLength: 30}), {maxLength: 30}), batches => {
			let scrollback = emptyScrollback;
			for (const batch of batches) scrollback = appendLines(scrollback, batch.map(notice));

			expect(scrollback.units).toBe(scrollback.lines.reduce((sum, line) => sum + line.text.length, 0));
			expect(scrollback.lines.map(line => line.id)).toEqual(scrollback.lines.map((_, index) => index + 1));
		}),
	);
});

test('a change of a post leaves every other line the very same object', () => {
	const own: NewChatLine = {kind: 'own', at: 0, to: ['bob'], text: 'hi', post: 7, delivery: 'waiting'};
	const before = appendLines(emptyScrollback, [notice('a'), own]);
	const after = replaceOwn(
		before,
		({post}) => post === 7,
		line => ({...line, delivery: 'written'}),
	);

	expect(after.lines[0]).toBe(before.lines[0]);
	expect(after.lines[1]).toMatchObject({kind: 'own', delivery: 'written'});
});

test('earlier lines come in front, numbered downwards, as many of the newest as have room', () => {
	const scrollback = appendLines(emptyScrollback, [{kind: 'notice', at: 0, text: 'now'}]);
	const some = prependLines(scrollback, [
		{kind: 'notice', at: 0, text: 'one'},
		{kind: 'notice', at: 0, text: 'two'},
	]);
	expect(some.lines.map(({id, text}) => [id, text])).toEqual([
		[-1, 'one'],
		[0, 'two'],
		[1, 'now'],
	]);
	expect(some.units).toBe(9);
	const many = Array.from({length: 6000}, (_, index) => ({kind: 'notice' as const, at: 0, text: `${index}`}));
	const full = prependLines(some, many);
	expect(full.lines).toHaveLength(5000);
	expect(full.lines[0]?.text).toBe(`${6000 - 4997}`);
	expect(prependLines(full, many)).toEqual(full);
});
