import fc from 'fast-check';
import {expect, test} from 'vitest';
import {plain} from '../../bench/load/dialect.ts';
import {describeFaults, type Faults, noFaults} from '../../bench/load/faults.ts';
import {Inbox} from '../../bench/load/inbox.ts';
import {makeRing, numbered} from '../../bench/load/ring.ts';

const period = 50;
const sent = 120;
const textBytes = 12;
const lines = Array.from({length: sent}, (_, i) =>
	plain.received('alice', 'bob', numbered(i % period, textBytes)),
);

/** What an inbox for messages of alice says when it gets these lines, cut at these bytes. */
function check(received: readonly string[], cuts: readonly number[]): Faults {
	const faults = noFaults();
	const ring = makeRing(period, textBytes, text => plain.received('alice', 'bob', text));
	const inbox = new Inbox('alice', ring, plain, faults);
	const bytes = Buffer.from(received.join(''));
	let at = 0;
	for (const cut of [...cuts, bytes.length]) {
		const end = Math.max(at, Math.min(cut, bytes.length));
		inbox.receive(bytes.subarray(at, end), end - at);
		at = end;
	}
	inbox.close(sent);
	return faults;
}

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
			expect(counts).toEqual({lost: 0, doubled: 0, late: 0, foreign: 0, cut: 0, unfreed: 0, [kind]: 1});
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
