import fc from 'fast-check';
import {describe, expect, it} from 'vitest';
import {
	clientVerbs,
	formatClientLine,
	parseClientLine,
} from '../../../source/protocol/extended/client-lines.ts';
import {FrequentLines} from '../../../source/protocol/extended/frequent-lines.ts';
import {parseAs} from '../../../source/protocol/extended/schema.ts';
import {
	formatServerLine,
	parseServerLine,
	serverVerbs,
} from '../../../source/protocol/extended/server-lines.ts';
import {wildText} from './arbitrary-lines.ts';

const token = fc.stringMatching(/^[\w-]{1,64}$/);
const name = fc.oneof(
	fc.constantFrom('bob', '#dev'),
	wildText.map(text => `x${text.replace(/\p{Cc}/gu, '').toWellFormed()}`),
);
// Few of them, so that the next message often has the same.
const ts = fc.constantFrom(1, 1_764_000_000_000, 1_764_000_000_001);
const text = wildText.map(raw => raw.replace(/(?!\t)\p{Cc}/gu, '').toWellFormed());
const lists = fc.array(fc.array(name, {minLength: 1, maxLength: 3}), {minLength: 1, maxLength: 2});
const message = (to: readonly string[][]) =>
	fc.record({
		...{n: fc.nat(), id: token, ts, from: fc.constantFrom('alice', 'Zoë', 'a,b'), to: fc.constantFrom(...to)},
		...{isLong: fc.boolean(), isAction: fc.boolean(), text},
	});
const told = lists.chain(to =>
	fc.array(
		fc.record({
			...{said: message(to), prev: fc.nat(), key: fc.option(token, {nil: undefined}), isDup: fc.boolean()},
			...{name, state: fc.constantFrom('sent', 'queued', 'delivered', 'absent')},
		}),
		{minLength: 1, maxLength: 6},
	),
);

describe('lines that a host writes often', () => {
	it('are those that any other is written like, whatever came before', () => {
		fc.assert(
			fc.property(told, all => {
				const lines = new FrequentLines('disk');
				for (const {said, prev, key, isDup, name: who, state} of all) {
					const {n, id, ts: at, from, to, isLong: ml, isAction: act, text: words} = said;
					const line = {type: 'msg', n, prev, id, ts: at, from, to, ml, act, text: words} as const;
					expect(lines.message(said, prev)).toBe(`${formatServerLine(line)}\n`);
					const ack = {type: 'ack', key, id, n, ts: at, to, stored: 'disk', dup: isDup} as const;
					expect(lines.ack(key, said, isDup)).toBe(`${formatServerLine(ack)}\n`);
					const status = formatServerLine({type: 'status', id, to: who, state});
					expect(lines.status(id, who, state)).toBe(`${status}\n`);
				}
			}),
			{numRuns: 500},
		);
	});

	it('hold no text with a control', () => {
		const said = {n: 1, id: 'i', ts: 1, from: 'a', to: ['b'], isLong: false, isAction: false, text: 'a\nb'};
		expect(() => new FrequentLines('disk').message(said, 0)).toThrow(RangeError);
	});
});

describe('a line that a host reads often', () => {
	const parts = fc.constantFrom(
		...['@send ', '@send key=k', '@send key=k to=bob', ' to=', 'bob', ',', ' ', ' :', 'hi'],
		...['\u0085', '%41', '😀', '='],
	);

	it('means what it would mean if each of its parts were looked at', () => {
		const isSame = (line: string) => {
			expect(parseClientLine(line)).toEqual(parseAs(clientVerbs, line));
		};
		fc.assert(
			fc.property(fc.array(parts, {maxLength: 10}), some => isSame(some.join(''))),
			{numRuns: 1000},
		);
		const send = fc.record({key: token, to: fc.array(name, {minLength: 1, maxLength: 3}), text: wildText});
		const line = ({key, to, text: words}: {key: string; to: string[]; text: string}) =>
			`${formatClientLine({type: 'send', key, to, text: ''})}${words}`;
		fc.assert(
			fc.property(send, one => isSame(line(one))),
			{numRuns: 1000},
		);
	});
});

describe('a line that a client reads often', () => {
	const isSame = (line: string) => {
		expect(parseServerLine(line)).toEqual(parseAs(serverVerbs, line));
	};
	const start = '@msg n=2 prev=1 id=i ts=3 from=bob to=al';
	const parts = fc.constantFrom(
		...[
			start,
			`${start} :`,
			`${start},#dev :hi`,
			'@msg n=2',
			' prev=1 id=i ts=3',
			' from=bob to=al',
			',al',
			' ml=1',
		],
		...[' ', ' :', 'hi', '\u0085', '%41', '😀', '=', '0'],
	);

	it('means what it would mean if each of its parts were looked at', () => {
		fc.assert(
			fc.property(fc.array(parts, {maxLength: 6}), some => isSame(some.join(''))),
			{numRuns: 1000},
		);
		const said = lists.chain(to => fc.record({said: message(to), prev: fc.nat(), words: wildText}));
		fc.assert(
			fc.property(said, ({said: {n, id, ts: at, from, to, isLong: ml}, prev, words}) => {
				const line = {type: 'msg', n, prev, id, ts: at, from, to, ml, text: ''} as const;
				isSame(`${formatServerLine(line)}${words}`);
			}),
			{numRuns: 1000},
		);
	});

	it.each(['9007199254740991', '9007199254740992', '999999999999999', '1000000000000000', '01', '-1', ''])(
		'takes the number "%s" as everywhere',
		number => {
			isSame(`@msg n=${number} prev=1 id=i ts=3 from=bob to=al :hi`);
			isSame(`@msg n=2 prev=1 id=i ts=${number} from=bob to=al :hi`);
		},
	);
});
