import fc from 'fast-check';
import {lines, login, longLine} from './lines.ts';
import {meetingNames} from './names.ts';
import {quoted} from './texts.ts';

/**
 * One thing that one of a few peers does. A step that makes no sense where it stands is left out; so a script without any of its steps is a script too, which is all that shrinking needs.
 */
export type Step =
	| {
			readonly peer: number;
			/**
			 * `join` connects before, unless there is a connection that the broker has not ended. `drop` does so too, writes and
			 * resets in the same moment, so that it is open how much of it counts.
			 */
			readonly does: 'write' | 'join' | 'drop';
			readonly text: string;
			/** Places, in bytes, at which what is written is cut in pieces that arrive one after the other. */
			readonly cuts: readonly number[];
	  }
	| {readonly peer: number; readonly does: 'connect' | 'end' | 'reset' | 'pause' | 'resume'};

/** A session of some peers, and what their broker is like; see `ModelOptions`. */
export type Script = {readonly isPatient: boolean; readonly limit: number; readonly steps: readonly Step[]};

const peerCount = 5;
const peer = fc.nat(peerCount - 1);

const cuts = fc.oneof(
	{weight: 3, arbitrary: fc.constant([])},
	{weight: 3, arbitrary: fc.array(fc.nat(40), {maxLength: 4})},
	{weight: 1, arbitrary: fc.array(fc.nat(70_000), {maxLength: 3})},
	// One byte at a time, as far as that goes.
	{weight: 1, arbitrary: fc.constant(Array.from({length: 60}, (_, index) => index))},
);

const write = (does: 'write' | 'join', text: fc.Arbitrary<string>): fc.Arbitrary<Step> =>
	fc.record({peer, does: fc.constant(does), text, cuts});

const drop = fc.record({
	peer,
	does: fc.constant('drop' as const),
	text: fc.oneof(lines, login),
	cuts: fc.constant([]),
});

const act = (...does: readonly ('connect' | 'end' | 'reset' | 'pause' | 'resume')[]): fc.Arbitrary<Step> =>
	fc.record({peer, does: fc.constantFrom(...does)});

const step: fc.Arbitrary<Step> = fc.oneof(
	{weight: 40, arbitrary: write('write', lines)},
	{weight: 16, arbitrary: write('join', login)},
	{weight: 2, arbitrary: write('write', longLine)},
	{weight: 2, arbitrary: drop},
	{weight: 10, arbitrary: act('end', 'reset', 'connect')},
	{weight: 4, arbitrary: act('pause', 'resume')},
);

/** Random sessions; most begin with peers that log in under names of their own. */
export const script: fc.Arbitrary<Script> = fc
	.record({
		isPatient: fc.boolean(),
		limit: fc.oneof(
			{weight: 5, arbitrary: fc.constant(64)},
			{weight: 1, arbitrary: fc.integer({min: 1, max: 5})},
		),
		first: fc.oneof(
			{weight: 3, arbitrary: fc.subarray<string>(['alice', 'bob', 'Straße', 'Jos\u00E9', '0'])},
			{weight: 1, arbitrary: fc.constant<string[]>(['alice', ...meetingNames])},
			// Some of these wait for others.
			{weight: 1, arbitrary: fc.constant<string[]>(['alice', 'Alice', 'ALICE', 'bob', 'BoB'])},
		),
		steps: fc.array(step, {minLength: 1, maxLength: 30, size: 'max'}),
	})
	.map(({first, steps, ...options}) => ({
		...options,
		steps: [
			...first.map((name, index) => ({peer: index, does: 'join', text: `${name}\n`, cuts: []}) as const),
			...steps,
		],
	}));

/** A script as it can be read. */
export const describeScript = ({isPatient, limit, steps}: Script): string =>
	[
		`a broker that ${isPatient ? 'waits for names' : 'refuses at once'}, for ${limit} connections`,
		...steps.map(({peer: number, ...what}, index) => {
			const pieces = 'cuts' in what && what.cuts.length > 0 ? `, cut at ${what.cuts.join(' ')}` : '';
			return `${index}. peer ${number}: ${what.does}${'text' in what ? ` ${quoted(what.text)}${pieces}` : ''}`;
		}),
	].join('\n');
