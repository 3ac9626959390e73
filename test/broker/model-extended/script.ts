import fc from 'fast-check';

/** Names that are bound to keys, and those of guests or plain peers. */
export const bound = ['alice', 'Bob'] as const;
const unbound = ['gina', 'Gus', 'pat'] as const;
export const names = [...bound, ...unbound];
const rooms = ['#dev', '#Ops'] as const;
const words = ['apple', 'pear', 'plum', 'fig'] as const;

/** What somebody who is here does; whoever is not, does nothing. */
export type Act = {readonly who: string} & (
	| {
			readonly does: 'send';
			readonly to: readonly string[];
			readonly words: readonly string[];
			readonly form: 'one line' | 'lines' | 'action' | 'plain';
	  }
	/** Sends something once more that was acknowledged; or something else with its key. */
	| {readonly does: 'again' | 'other'; readonly which: number}
	/** Confirms all it has but so many; or one more than it has. */
	| {readonly does: 'got'; readonly but: number}
	| {readonly does: 'join' | 'leave' | 'type'; readonly room: string}
	| {readonly does: 'who' | 'rooms' | 'away'}
);

/** What happens while that is under way. */
export type Happening = {readonly after: number} & (
	| {readonly what: 'reset' | 'leave'; readonly who: string}
	/** Whoever has a key comes back, or logs in a second time. */
	| {readonly what: 'return'; readonly who: string; readonly seen: Seen}
	| {readonly what: 'restart'}
);

/** What a client says it has: the truth, less, or nothing. */
export type Seen = 'all' | 'less' | 'none';

export type Round =
	| {readonly type: 'talk'; readonly acts: readonly Act[]; readonly happening: Happening | undefined}
	| {
			readonly type: 'enter';
			readonly who: string;
			readonly isPlain: boolean;
			readonly seen: Seen;
			readonly caps: readonly string[];
	  }
	| {
			readonly type: 'history';
			readonly who: string;
			readonly of: readonly string[];
			readonly limit: number;
			readonly from: 'before' | 'after' | undefined;
			readonly at: number;
	  }
	| {readonly type: 'search'; readonly who: string; readonly words: readonly string[]};

export type Script = {readonly rounds: readonly Round[]};

const who = fc.constantFrom(...names);
const seen: fc.Arbitrary<Seen> = fc.constantFrom('all', 'all', 'all', 'less', 'none');
const caps = fc.constantFrom<string[]>(['ack'], ['ack', 'presence', 'typing'], ['ack', 'presence'], []);
const to = fc.uniqueArray(fc.constantFrom(...names, ...names, ...rooms, 'nemo', 'ALICE', '#DEV'), {
	minLength: 1,
	maxLength: 4,
});
const someWords = fc.subarray([...words], {minLength: 1, maxLength: 2});

const act: fc.Arbitrary<Act> = fc.oneof(
	{
		weight: 14,
		arbitrary: fc.record({
			who,
			does: fc.constant('send' as const),
			to,
			words: someWords,
			form: fc.constantFrom('one line', 'one line', 'one line', 'lines', 'action', 'plain'),
		}),
	},
	{weight: 3, arbitrary: fc.record({who, does: fc.constantFrom('again', 'other'), which: fc.nat(9)})},
	{
		weight: 5,
		arbitrary: fc.record({who, does: fc.constant('got' as const), but: fc.integer({min: -1, max: 2})}),
	},
	{
		weight: 5,
		arbitrary: fc.record({
			who,
			does: fc.constantFrom('join', 'join', 'leave', 'type'),
			room: fc.constantFrom(...rooms),
		}),
	},
	{weight: 1, arbitrary: fc.record({who, does: fc.constantFrom('who', 'rooms', 'away')})},
);

const after = fc.nat(6);
const happening: fc.Arbitrary<Happening> = fc.oneof(
	{weight: 3, arbitrary: fc.record({after, what: fc.constantFrom('reset', 'leave'), who})},
	{
		weight: 3,
		arbitrary: fc.record({after, what: fc.constant('return' as const), who: fc.constantFrom(...bound), seen}),
	},
	{weight: 1, arbitrary: fc.record({after, what: fc.constant('restart' as const)})},
);

const round: fc.Arbitrary<Round> = fc.oneof(
	{
		weight: 10,
		arbitrary: fc.record({
			type: fc.constant('talk' as const),
			acts: fc.array(act, {minLength: 1, maxLength: 16, size: 'max'}),
			happening: fc.option(happening, {nil: undefined, freq: 2}),
		}),
	},
	{
		weight: 7,
		arbitrary: fc.record({type: fc.constant('enter' as const), who, isPlain: fc.boolean(), seen, caps}),
	},
	{
		weight: 2,
		arbitrary: fc.record({
			type: fc.constant('history' as const),
			who,
			of: fc.oneof(
				fc.uniqueArray(fc.constantFrom(...names, 'nemo'), {minLength: 1, maxLength: 3}),
				fc.constantFrom(...rooms).map(room => [room]),
			),
			limit: fc.constantFrom(1, 3, 100),
			from: fc.constantFrom(undefined, 'before', 'after'),
			at: fc.nat(40),
		}),
	},
	{weight: 1, arbitrary: fc.record({type: fc.constant('search' as const), who, words: someWords})},
);

const enter = (name: string, isPlain = false): Round => ({
	type: 'enter',
	who: name,
	isPlain,
	seen: 'all',
	caps: ['ack'],
});
const talk = (...acts: Act[]): Round => ({type: 'talk', acts, happening: undefined});

const join = (name: string, room: string): Act => ({who: name, does: 'join', room});

const everybody: readonly Round[] = [
	...[enter('alice'), enter('Bob'), enter('pat', true), enter('gina')],
	talk(join('alice', '#dev'), join('gina', '#dev'), join('Bob', '#dev'), join('Bob', '#Ops')),
];

/** Most begin with everybody there, and in a room, as without that little happens. */
const beginnings: readonly (readonly Round[])[] = [
	...[everybody, everybody, everybody],
	[enter('Bob'), enter('alice'), talk(join('Bob', '#Ops'))],
	[],
];

/** Random sessions of all kinds of peers. */
export const script: fc.Arbitrary<Script> = fc
	.record({
		beginning: fc.constantFrom(...beginnings),
		rounds: fc.array(round, {minLength: 1, maxLength: 24, size: 'max'}),
	})
	.map(({beginning, rounds}) => ({rounds: [...beginning, ...rounds]}));

/** A script as it can be read, and be put into a test. */
export const describeScript = ({rounds}: Script): string =>
	rounds.map((one, at) => `${at}. ${JSON.stringify(one)}`).join('\n');
