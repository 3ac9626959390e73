import fc from 'fast-check';
import type {AllSent, Sent} from './order.ts';
import {trim} from './rules.ts';
import {quoted, text} from './texts.ts';

export type Post = {
	readonly to: readonly string[];
	readonly text: string;
	readonly cuts: readonly number[];
	/** Turns that are waited for after each piece. */
	readonly pause: number;
};

type Stay = {readonly after: number; readonly turns: number; readonly leaves: 'end' | 'reset'};

export type Crowd = {
	/** What each of the peers that are always there writes. */
	readonly posts: ReadonlyMap<string, readonly Post[]>;
	/** When one more comes and goes. */
	readonly stays: readonly Stay[];
	/** After how many turns the broker closes; otherwise when all is delivered. */
	readonly closesAfter: number | undefined;
};

/** Who is there all the time, and who comes and goes. */
export const regulars = ['alice', 'bob', 'Straße', 'Jos\u00E9'] as const;
export const visitor = 'dave';

const posts = fc.array(
	fc.record({
		to: fc.subarray([...regulars, visitor, 'nobody'], {minLength: 1}),
		text,
		cuts: fc.array(fc.nat(60), {maxLength: 3}),
		pause: fc.nat(2),
	}),
	{maxLength: 12},
);

export const crowd: fc.Arbitrary<Crowd> = fc.record({
	posts: fc
		.tuple(...regulars.map(() => posts))
		.map(all => new Map(all.map((list, index) => [regulars[index] ?? '', list] as const))),
	stays: fc.array(
		fc.record({
			after: fc.nat(6),
			turns: fc.nat(25),
			leaves: fc.constantFrom('end' as const, 'reset' as const),
		}),
		{maxLength: 3},
	),
	closesAfter: fc.option(fc.nat(40), {nil: undefined}),
});

/** A crowd as it can be read. */
export const describeCrowd = ({posts: all, stays, closesAfter}: Crowd): string =>
	[
		`the broker closes ${closesAfter === undefined ? 'at the end' : `after ${closesAfter} turns`}`,
		...stays.map(
			stay => `${visitor} comes after ${stay.after}, stays ${stay.turns} turns, then ${stay.leaves}`,
		),
		...Array.from(all).flatMap(([name, list]) =>
			list.map(
				post =>
					`${name} → ${post.to}: ${quoted(post.text)}, cut at ${post.cuts.join(' ')}, pauses ${post.pause} turns`,
			),
		),
	].join('\n');

/** What somebody writes, with a number in front, so that no two texts are the same. */
export const tagged = (list: readonly Post[]): Post[] =>
	list.map((post, index) => ({...post, text: `${index} ${post.text}`}));

/** What the broker should take all that for. */
export const sentBy = (crowd: Crowd): AllSent =>
	new Map(
		Array.from(crowd.posts, ([name, list]) => [
			name,
			tagged(list).map(({to, text: words}): Sent => ({to, text: trim(words)})),
		]),
	);
