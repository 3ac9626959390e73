import fc from 'fast-check';
import {expect, test} from 'vitest';
import {plain} from '../../bench/load/dialect.ts';
import {describeFaults, type Faults, noFaults} from '../../bench/load/faults.ts';
import {Inbox} from '../../bench/load/inbox.ts';
import {makeRing, numbered} from '../../bench/load/ring.ts';

const period = 50;
const sent = 120;
const textBytes = 12;
const lines = linesOf('alice');

function linesOf(from: string): string[] {
	return Array.from({length: sent}, (_, i) => plain.received(from, 'bob', numbered(i % period, textBytes)));
}

/** What an inbox for messages of `senders` says when it gets these lines, cut at these bytes. */
function check(received: readonly string[], cuts: readonly number[], senders = ['alice']): Faults {
	const faults = noFaults();
	let arrived = 0;
	const stream = {
		sent,
		arrived(before: number, after: number) {
			arrived += after - before;
		},
	};
	const sources = senders.map(from => ({
		from,
		ring: makeRing(period, textBytes, text => plain.received(from, 'bob', text)),
		stream,
	}));
	const inbox = new Inbox(sources, plain, faults);
	const bytes = Buffer.from(received.join(''));
	let at = 0;
	let taken = 0;
	for (const cut of [...cuts, bytes.length]) {
		const end = Math.max(at, Math.min(cut, bytes.length));
		taken += inbox.receive(bytes.subarray(at, end), end - at);
		at = end;
	}
	expect(taken).toBe(arrived);
	expect(inbox.isComplete).toBe(taken === sent * senders.length);
	inbox.close();
	return faults;
}

const {examples: _none, ...none} = noFaults();

const cutsOf = fc
	.array(fc.nat({max: lines.join('').length}), {maxLength: 20})
	.map(cuts => cuts.toSorted((a, b) => a - b));

test('whatever the cuts, a stream in good order passes', () => {
	fc.assert(
		fc.property(cutsOf, cuts => {
			expect(describeFaults(check(lines, cuts))).toBeUndefined();
		}),
	);
});

test('whatever the cuts, one fault is found and nothing else is blamed', () => {
	const plants: Record<string, (at: number) => string[]> = {
		lost: at => lines.toSpliced(at, 1),
		doubled: at => lines.toSpliced(at, 0, lines[at] as string),
		late: at => lines.toSpliced(at, 2, lines[at + 1] as string, lines[at] as string),
	};
	const anyFault = fc.constantFrom(...Object.keys(plants));
	fc.assert(
		fc.property(cutsOf, anyFault, fc.nat({max: sent - 2}), (cuts, kind, at) => {
			const {examples, ...counts} = check(plants[kind]?.(at) ?? [], cuts);
			expect(counts).toEqual({...none, [kind]: 1});
			expect(examples).toHaveLength(1);
		}),
	);
});

test('a last line that is cut short is neither taken nor overlooked', () => {
	const received = [...lines.slice(0, -1), lines.at(-1)?.slice(0, -3) ?? ''];
	expect(describeFaults(check(received, []))).toMatch(/^1 lost/);
	expect(describeFaults(check([...lines, 'from al'], []))).toMatch(/^1 foreign/);
	expect(describeFaults(check([...lines, 'from bob'], []))).toMatch(/^1 foreign/);
});

test('what was never sent is not welcome', () => {
	const next = plain.received('alice', 'bob', numbered(sent % period, textBytes));
	expect(describeFaults(check([...lines, next], []))).toMatch(/^1 foreign/);
});

// Three senders whose lines mix in any way, each in its own order.
const logins = ['carol1', 'carol2', 'carol3'];
const anyMix = fc.array(fc.nat({max: logins.length - 1}), {maxLength: sent * logins.length}).map(picks => {
	const queues = logins.map(linesOf);
	const mixed = picks.flatMap(pick => queues[pick]?.shift() ?? []);
	return [...mixed, ...queues.flat()];
});

test('however the lines of several senders mix, a stream in good order passes', () => {
	fc.assert(
		fc.property(anyMix, cutsOf, (mixed, cuts) => {
			expect(describeFaults(check(mixed, cuts, logins))).toBeUndefined();
		}),
	);
});

test('however the lines of several senders mix, one that is lost, doubled or late is found', () => {
	const kinds = ['lost', 'doubled', 'late'] as const;
	fc.assert(
		fc.property(anyMix, cutsOf, fc.constantFrom(...kinds), fc.nat(), (mixed, cuts, kind, where) => {
			const at = where % (mixed.length - 1);
			const line = mixed[at] as string;
			const sender = line.slice(0, line.indexOf(':'));
			const next = mixed.findIndex((other, i) => i > at && other.startsWith(sender));
			// The last line of a sender has none to change places with.
			const spoiled = {
				lost: mixed.toSpliced(at, 1),
				doubled: mixed.toSpliced(at, 0, line),
				late:
					next === -1 ? mixed.toSpliced(at, 0, line) : mixed.with(at, mixed[next] as string).with(next, line),
			}[kind];
			const expected = kind === 'late' && next === -1 ? 'doubled' : kind;
			const {examples, ...counts} = check(spoiled, cuts, logins);
			expect(counts).toEqual({...none, [expected]: 1});
			expect(examples).toHaveLength(1);
		}),
	);
});

test('senders that no byte of a line tells apart are refused', () => {
	expect(() => check([], [], ['a00', 'a01', 'a10'])).toThrow('no byte of a line tells the senders apart');
});
