import {setTimeout as sleep} from 'node:timers/promises';
import type {Case} from '../case.ts';
import {figuresOf, usageOf} from '../probes.ts';

const mebibyte = 1_048_576;
/** What objects may rise over the last third, in bytes. In a run of seconds they have hardly begun to be flat. */
const mostRise = {full: mebibyte, quick: 4 * mebibyte};
/**
 * What buffers may rise beside that: up to 16 MiB of what held waiting lines is kept for the next, more after one round and less
 * after another (`source/broker/block-pool.ts`).
 */
const keptBytes = 16 * mebibyte;
/** Those that go on at the same time. */
const attacks = 2;
/** With fewer rounds the last third says nothing. */
const fewestRounds = 5;

type Sample = {
	readonly at: number;
	readonly objectBytes: number;
	readonly heapBytes: number;
	readonly residentBytes: number;
};

/** The slope of a line through points: the median of the slopes between any two, which no single point can bend. */
const slopeOf = (points: readonly (readonly [x: number, y: number])[]): number => {
	const slopes = points.flatMap(([x, y], index) =>
		points.slice(index + 1).map(([x2, y2]) => (y2 - y) / (x2 - x)),
	);
	return slopes.toSorted((a, b) => a - b)[slopes.length >> 1] ?? 0;
};

const riseOf = (samples: readonly Sample[], key: 'objectBytes' | 'heapBytes' | 'residentBytes'): number => {
	const [first, last] = [samples[0]?.at ?? 0, samples.at(-1)?.at ?? 0];
	return slopeOf(samples.map(sample => [sample.at, sample[key]])) * (last - first);
};

const signed = (bytes: number): string => `${bytes < 0 ? '' : '+'}${(bytes / mebibyte).toFixed(2)} MiB`;

export const soakCase: Case = {
	id: '12',
	name: 'soak: all of it, again and again',
	async run({attack, host, expect, note, isQuick, minutes}) {
		const ms = isQuick ? 2000 : minutes * 60_000;
		const sizes = isQuick
			? {cycles: 30, bytes: 2e6, slow: 1, ms: 100}
			: {cycles: 300, bytes: 8e6, slow: 5, ms: 2000};
		const files = usageOf(host.pid)?.files ?? 0;
		const samples: Sample[] = [];
		const startedAt = performance.now();
		let waiting: ((mayGoOn: boolean) => void)[] = [];
		/** Waits for the others, and for the program to have noticed that all who misbehaved are gone; then it is looked at. */
		const endRound = async (): Promise<boolean> => {
			const next = new Promise<boolean>(resolve => waiting.push(resolve));
			if (waiting.length < attacks) return next;
			const all = waiting;
			waiting = [];
			for (let waits = 0; (usageOf(host.pid)?.files ?? 0) > files && waits < 50; waits++) await sleep(100);
			const {objectBytes = 0, heapBytes = 0, residentBytes = 0} = (await figuresOf(host)) ?? {};
			const at = performance.now() - startedAt;
			samples.push({at, objectBytes, heapBytes, residentBytes});
			for (const tell of all) tell(at < ms || samples.length < fewestRounds);
			return next;
		};
		await Promise.all([attack('mixed', sizes, endRound), attack('floods', sizes, endRound)]);
		const last = samples.slice(Math.floor((samples.length * 2) / 3));
		const objects = riseOf(last, 'objectBytes');
		const heap = riseOf(last, 'heapBytes');
		const resident = riseOf(last, 'residentBytes');
		const minutesPlayed = ((samples.at(-1)?.at ?? 0) / 60_000).toFixed(1);
		note(
			`${minutesPlayed} min; last third: objects ${signed(objects)}; with buffers ${signed(heap)}; RSS ${signed(resident)}`,
		);
		const most = isQuick ? mostRise.quick : mostRise.full;
		if (host.inspectorUrl === undefined) {
			expect(resident < most + keptBytes, `in the last third the memory rose by ${signed(resident)}`);
			return;
		}
		expect(objects < most, `in the last third objects rose by ${signed(objects)}`);
		expect(heap < most + keptBytes, `in the last third the heap with its buffers rose by ${signed(heap)}`);
	},
};
