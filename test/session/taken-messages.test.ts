import fc from 'fast-check';
import {expect, test} from 'vitest';
import {TakenMessages} from '../../source/session/taken-messages.ts';

test('whatever is taken in which order, everything up to the number was taken, and it never falls', () => {
	const step = fc.oneof(
		{weight: 3, arbitrary: fc.constant({kind: 'give' as const})},
		{weight: 1, arbitrary: fc.constant({kind: 'pass' as const})},
		{weight: 3, arbitrary: fc.record({kind: fc.constant('take' as const), which: fc.nat(20)})},
	);
	fc.assert(
		fc.property(fc.array(step, {maxLength: 60}), steps => {
			const taken = new TakenMessages(7);
			const open = new Map<number, () => void>();
			let n = 7;
			let before = 7;
			for (const one of steps) {
				if (one.kind === 'give') open.set(++n, taken.give(n));
				if (one.kind === 'pass') taken.pass(++n);
				if (one.kind === 'take') {
					const [number, take] = [...open][one.which % Math.max(open.size, 1)] ?? [];
					if (number !== undefined) open.delete(number);
					take?.();
				}
				const first = Math.min(...open.keys());
				expect(taken.seen).toBeLessThan(first);
				expect(taken.seen).toBeGreaterThanOrEqual(before);
				before = taken.seen;
				// Behind the last that was taken in full there is nothing but what is passed over.
				if (open.size === 0) expect(taken.seen).toBe(n);
			}
		}),
	);
});

test('after a gap the numbers begin anew', () => {
	const taken = new TakenMessages(100);
	const take = taken.give(101);
	taken.restart(3);
	taken.give(4);
	take();
	expect(taken.seen).toBe(3);
});
