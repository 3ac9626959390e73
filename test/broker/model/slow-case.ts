import fc from 'fast-check';

export const writers = ['alice', 'Jos\u00E9'] as const;
/** Who reads when it likes, and who always reads. */
export const readers = ['bob', 'carol'] as const;

/** One writer sends so many lines, each of some bytes more than its number, to some; or the first reader does something. */
type Act =
	| {
			readonly from: (typeof writers)[number];
			readonly to: readonly (typeof readers)[number][];
			readonly lines: number;
			readonly bytes: number;
	  }
	| 'pause'
	| 'resume';

export type Case = {
	/** Bytes waiting for a reader above which writers are rested, and above which the reader is cut. */
	readonly limits: {readonly outboxRestBytes: number; readonly outboxCutBytes: number};
	readonly acts: readonly Act[];
	/** After how many turns behind all that the broker closes; otherwise when all is delivered. */
	readonly closesAfter: number | undefined;
};

export const never = Number.POSITIVE_INFINITY;

// Some 4 MiB fit in the kernel before anything waits in the broker.
const talk = fc.record({
	from: fc.constantFrom(...writers),
	to: fc.constantFrom([...readers], [...readers], [readers[0]], [readers[1]]),
	lines: fc.integer({min: 1, max: 60}),
	bytes: fc.oneof(
		{weight: 1, arbitrary: fc.integer({min: 1, max: 500})},
		{weight: 3, arbitrary: fc.integer({min: 30_000, max: 65_000})},
	),
});

const act: fc.Arbitrary<Act> = fc.oneof(
	{weight: 16, arbitrary: talk},
	{weight: 1, arbitrary: fc.constantFrom('pause' as const, 'resume' as const)},
);

const limits = [
	{outboxRestBytes: never, outboxCutBytes: never},
	{outboxRestBytes: 0, outboxCutBytes: never},
	{outboxRestBytes: 65_536, outboxCutBytes: 524_288},
	{outboxRestBytes: 65_536, outboxCutBytes: 524_288},
];

/** How fast the kernel is, is not told: where readers may be cut, the one that always reads gets little. */
const sparing = (one: Act): Act =>
	typeof one === 'string' || one.bytes <= 500 ? one : {...one, to: [readers[0]]};

export const cases: fc.Arbitrary<Case> = fc
	.record({
		limits: fc.constantFrom(...limits),
		acts: fc.array(act, {minLength: 6, maxLength: 24, size: 'max'}),
		isPausedFirst: fc.nat(3).map(number => number > 0),
		closesAfter: fc.option(fc.nat(20), {nil: undefined, freq: 2}),
	})
	.map(({limits: chosen, acts, isPausedFirst, closesAfter}) => ({
		limits: chosen,
		acts: [
			...(isPausedFirst ? ['pause' as const] : []),
			...(chosen.outboxCutBytes < never ? acts.map(sparing) : acts),
		],
		closesAfter,
	}));

/** What a writer sends: no two lines of one are the same, nor is any part of a line like the one behind it. */
export const textOf = (number: number, bytes: number): string => {
	const word = `${number}.${bytes} `;
	return `${number} ${word.repeat(Math.ceil(bytes / word.length)).slice(0, bytes)}`.trim();
};

/** A case as it can be read. */
export const describeCase = ({limits, acts: all, closesAfter}: Case): string =>
	[
		`writers are rested above ${limits.outboxRestBytes} bytes, readers cut above ${limits.outboxCutBytes}`,
		`the broker closes ${closesAfter === undefined ? 'when all have all' : `after ${closesAfter} turns`}`,
		...all.map((one, number) =>
			typeof one === 'string'
				? `${number}. bob: ${one}`
				: `${number}. ${one.from} → ${one.to}: ${one.lines} lines of ${one.bytes} bytes`,
		),
	].join('\n');
