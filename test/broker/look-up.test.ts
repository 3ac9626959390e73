import {Socket} from 'node:net';
import {describe, expect, it} from 'vitest';
import {settingsOf} from '../../source/broker/options.ts';
import {Outbox} from '../../source/broker/outbox.ts';
import {OutboxTray} from '../../source/broker/outbox-tray.ts';
import {Pace} from '../../source/broker/pace.ts';
import {Router} from '../../source/broker/router.ts';
import {Turns} from '../../source/broker/turns.ts';
import {LineReader} from '../../source/protocol/line-reader.ts';

const readerOptions = {maxBytes: 65_536, overflow: 'refuse', isStrict: true} as const;

/** What it costs to look up whom each of these lines is for, one after the other, while nobody is here. */
const costs = (...lines: string[]): number[] => {
	const router = new Router(() => undefined);
	const reader = new LineReader(readerOptions);
	return lines.map(line => {
		reader.push(Buffer.from(`${line}\n`));
		expect(reader.next()).toBe(true);
		router.deliver(Buffer.from('from alice: '), reader);
		reader.next();
		return router.extraBytes;
	});
};

/** How many lines a sender may write before the others have a turn, each of which costs so many bytes. */
const linesInATurn = (bytes: number): number => {
	const pace = new Pace(settingsOf({}), new Turns(() => ({size: 0, ticks: 0})), undefined);
	let lines = 1;
	while (pace.count(bytes, 0) === undefined) lines++;
	return lines;
};

/** How many bytes each line has put before bob, as it comes in pieces. */
const bytesForBob = (...pieces: string[]): number[] => {
	const tray = new OutboxTray(1e6, 1e6, 1e6, () => false);
	const bob = new Outbox(new Socket(), tray, () => {});
	const router = new Router(key => (key === 'bob' ? {outbox: bob} : undefined));
	const reader = new LineReader(readerOptions);
	const bytes: number[] = [];
	for (const piece of pieces) {
		reader.push(Buffer.from(piece));
		while (reader.next()) {
			const before = bob.pendingBytes;
			router.deliver(Buffer.from('from alice: '), reader);
			bytes.push(bob.pendingBytes - before);
		}
	}
	bob.close();
	return bytes;
};

describe('looking destinations up', () => {
	it('takes for destinations only what stands in the line itself', () => {
		// What came before still stands in memory behind the end of a line in pieces.
		const pieces = ['bob: hel', 'lo\nbob', '\nbob', 'by: hi\nbo', 'b:\nbob', '\n'];
		expect(bytesForBob(...pieces)).toEqual([18, 0, 0, 13, 0]);
	});

	it('costs nothing for those that were looked up before', () => {
		const [first, again, other] = costs('bob, carol: hi', 'bob, carol: hello', 'bob: hi');
		expect(first).toBeGreaterThan(0);
		expect(again).toBe(0);
		expect(other).toBeGreaterThan(0);
	});

	it('costs a sender its turn for what it sends in one tick, not for what it sent in those before', () => {
		const tray = {size: 0, ticks: 0};
		const turns = new Turns(() => tray);
		for (let others = 0; others < 100; others++) turns.join();
		const pace = new Pace(settingsOf({}), turns, undefined);
		const send = () => {
			pace.begin();
			return pace.count(60_000, 0);
		};
		expect(send()).toBeUndefined();
		tray.ticks++;
		expect(send()).toBeUndefined();
		expect(send()).toBe(0);
	});

	it('costs a sender its turn when it takes as long as thousands of lines', () => {
		const marks = Array.from({length: 20}, (_, i) => `a${i}${'\u0301\u0323'.repeat(180)}`).join();
		const [cheap = 0, dear = 0, commas = 0] = costs('bob: hi', `${marks}: hi`, `${','.repeat(65_000)}: hi`);
		expect(linesInATurn(8 + cheap)).toBeGreaterThan(1000);
		expect(linesInATurn(marks.length + dear)).toBeLessThan(4);
		expect(linesInATurn(commas)).toBeLessThan(5);
	});
});
