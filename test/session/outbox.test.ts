import {expect, test} from 'vitest';
import {backoffMs} from '../../source/session/backoff.ts';
import {Outbox, outboxLimits} from '../../source/session/outbox.ts';

test('lines leave in order, and each only once', () => {
	const outbox = new Outbox();
	outbox.add(['bob'], 'one');
	outbox.add(['bob', 'carol'], 'two');

	expect(outbox.take(1000, 0)).toMatchObject({ids: [1, 2], lines: 'bob: one\nbob, carol: two\n'});
	expect(outbox.take(1000, 0)).toBeUndefined();
});

test('a piece is as long as it may be, but never without a line', () => {
	const outbox = new Outbox();
	for (const text of ['x'.repeat(100), 'y', 'z']) outbox.add(['bob'], text);

	expect(outbox.take(14, 0)?.ids).toEqual([1]);
	expect(outbox.take(14, 0)?.ids).toEqual([2, 3]);
});

test('after a break only what was written a moment ago is unsure, and it is told once', () => {
	const outbox = new Outbox(1000);
	outbox.add(['bob'], 'old');
	outbox.take(1000, 0);
	outbox.add(['bob'], 'new');
	outbox.take(1000, 900);
	outbox.add(['bob'], 'never written');

	expect(outbox.breakOff(1500)).toEqual([2]);
	expect(outbox.breakOff(1500)).toEqual([]);
	expect(outbox.take(1000, 1500)?.lines).toBe('bob: never written\n');
});

test('a bounded number of lines and bytes waits', () => {
	const many = new Outbox();
	for (let index = 0; index < outboxLimits.posts; index++) expect(many.add(['bob'], '')).toBeDefined();
	expect(many.add(['bob'], '')).toBeUndefined();

	const long = new Outbox();
	expect(long.add(['bob'], 'x'.repeat(outboxLimits.bytes - 100))).toBeDefined();
	expect(long.add(['bob'], 'x'.repeat(200))).toBeUndefined();
	expect(long.takeBack()?.text).toHaveLength(outboxLimits.bytes - 100);
	expect(long.add(['bob'], 'x'.repeat(200))).toBeDefined();
});

test('waits grow from 0.2 s to 5 s, each drawn from the upper half of its span', () => {
	expect([0, 1, 2, 3, 20].map(attempt => backoffMs(attempt, 1))).toEqual([200, 260, 338, 439, 5000]);
	expect([0, 1, 2, 3, 20].map(attempt => backoffMs(attempt, 0))).toEqual([100, 130, 169, 220, 2500]);
});

test('a host that is back after 3 s is not tried for the first time more than 1.7 s later, whatever chance says', () => {
	const late = Array.from({length: 1000}, () => {
		let at = 0;
		for (let attempt = 0; at < 3000; attempt++) at += backoffMs(attempt);
		return at - 3000;
	});
	expect(Math.max(...late)).toBeLessThan(1700);
});

test('what is given back is the newest that was never written, and nothing that an earlier session left behind', () => {
	const outbox = new Outbox();
	outbox.add(['bob'], 'new');
	outbox.restore([
		{key: 'k1', to: ['bob'], text: 'old', at: 1},
		{key: 'k2', to: ['bob'], text: 'older than new', at: 2},
	]);

	expect(outbox.takeBack()?.text).toBe('new');
	expect(outbox.takeBack()).toBeUndefined();
	expect(outbox.shift()).toMatchObject({post: {text: 'old', at: 1}, isLeft: true});
	outbox.add(['bob'], 'newer');
	expect(outbox.takeBack()?.text).toBe('newer');
	expect(outbox.waiting.map(({text}) => text)).toEqual(['older than new']);
});
