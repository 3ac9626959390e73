import fc from 'fast-check';
import {meetingNames, name, noNames, sameNames} from './names.ts';
import {lineBytes, servedDestinations} from './rules.ts';
import {malformed, spaces, text, toBytes} from './texts.ts';

const destinations = fc.oneof(
	{weight: 3, arbitrary: name.map(one => [one])},
	{weight: 6, arbitrary: fc.array(name, {maxLength: 5})},
	// Around the number of those that are served.
	{
		weight: 1,
		arbitrary: fc
			.tuple(
				fc.integer({min: servedDestinations - 3, max: servedDestinations}),
				fc.array(name, {minLength: 1, maxLength: 3}),
			)
			.map(([count, names]) => [...Array.from({length: count}, (_, index) => `n${index}`), ...names]),
	},
);

const space = fc.oneof(
	{weight: 2, arbitrary: fc.constantFrom('', ' ')},
	{weight: 1, arbitrary: fc.constantFrom(...spaces)},
);

/** A mark with white space around it, or with what only seems to be some. */
const spaced = (marks: readonly string[]): fc.Arbitrary<string> =>
	fc.tuple(space, fc.constantFrom(...marks), space).map(parts => parts.join(''));

const separator = spaced([',', ',', ',,', ',\u0085,']);

const post = fc
	.tuple(destinations, separator, spaced([':']), text)
	.map(([names, comma, colon, words]) => names.join(comma) + colon + words);

/** To each of the names that are remembered in the same way, typed alike each time. */
const meetingPosts = fc
	.array(fc.constantFrom(...meetingNames), {minLength: 2, maxLength: 4})
	.map(names => names.map((one, index) => `${one}:${index}`).join('\n'));

const lineEnd = fc.oneof(
	{weight: 12, arbitrary: fc.constant('\n')},
	{weight: 3, arbitrary: fc.constantFrom('\r\n', '\r\r\n', '\n\n', '\n\r\n', ' \n')},
	{weight: 1, arbitrary: fc.constantFrom('', '\r', '\u0085', '\u2028')},
);

const line = fc.oneof(
	{weight: 24, arbitrary: post},
	{weight: 2, arbitrary: meetingPosts},
	{weight: 2, arbitrary: text},
	{weight: 2, arbitrary: name},
	{
		weight: 1,
		arbitrary: fc
			.tuple(post, fc.constantFrom(...malformed), text)
			.map(([before, bytes, behind]) => before + bytes + behind),
	},
);

const ended = (content: fc.Arbitrary<string>): fc.Arbitrary<string> =>
	fc.tuple(content, lineEnd).map(([words, end]) => words + end);

/** Lines of any kind, the last perhaps without its end. */
export const lines: fc.Arbitrary<string> = fc
	.array(ended(line), {minLength: 1, maxLength: 4})
	.map(all => all.join(''));

/** A login, and what may follow in the same write. */
export const login: fc.Arbitrary<string> = fc
	.tuple(
		fc.oneof(
			{weight: 4, arbitrary: ended(fc.constantFrom(...sameNames.slice(0, 4).flat()))},
			{weight: 3, arbitrary: ended(fc.constantFrom(...sameNames.flat()))},
			{weight: 2, arbitrary: ended(fc.constantFrom(...noNames))},
			{weight: 1, arbitrary: ended(name)},
		),
		fc.option(lines, {nil: ''}),
	)
	.map(([first, more]) => first + more);

/** A line about as long as a line may be. */
export const longLine: fc.Arbitrary<string> = fc
	.tuple(
		fc.constantFrom('alice,bob,Straße,jose\u0301:', 'bob:', 'alice: a', ''),
		fc.constantFrom('x', '\u0001', '\u0085', 'é', 'ab\u007F', '€', '😀', ' ', '\u009B\u0001', ','),
		fc.integer({min: -3, max: 1}),
		fc.constantFrom('', 'z', '\r', ' z', '😀'),
		lineEnd,
	)
	.map(([start, unit, difference, last, end]) => {
		const room = lineBytes + difference - toBytes(start + last).length;
		const count = Math.floor(room / Buffer.byteLength(unit));
		const rest = room - count * Buffer.byteLength(unit);
		return `${start}${'y'.repeat(rest)}${unit.repeat(count)}${last}${end}`;
	});
