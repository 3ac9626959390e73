import {setTimeout as sleep} from 'node:timers/promises';
import type {Case} from '../case.ts';
import {figuresOf, usageOf} from '../probes.ts';

const mebibyte = 1_048_576;
/** What the memory may rise over the last third, in bytes. */
const mostRise = mebibyte;
/** Fewer samples in the last third say nothing. */
const fewestSamples = 2;

type Sample = {readonly at: number; readonly heapBytes: number; readonly residentBytes: number};

/** The slope of a line through points: the median of the slopes between any two, which no single point can bend. */
const slopeOf = (points: readonly (readonly [x: number, y: number])[]): number => {
	const slopes = points.flatMap(([x, y], index) =>
		points.slice(index + 1).map(([x2, y2]) => (y2 - y) / (x2 - x)),
	);
	return slopes.toSorted((a, b) => a - b)[slopes.length >> 1] ?? 0;
};

const riseOf = (samples: readonly Sample[], key: 'heapBytes' | 'residentBytes'): number => {
	const [first, last] = [samples[0]?.at ?? 0, samples.at(-1)?.at ?? 0];
	return slopeOf(samples.map(sample => [sample.at, sample[key]])) * (last - first);
};

const signed = (bytes: number): string => `${bytes < 0 ? '' : '+'}${(bytes / mebibyte).toFixed(2)} MiB`;

export const soakCase: Case = {
	id: '12',
	name: 'soak: all of it, again and again',
	async run({attack, host, expect, note, isQuick, minutes}) {
		const ms = isQuick ? 5000 : minutes * 60_000;
		const sizes = isQuick ? {cycles: 30, bytes: 2e6, floodMs: 300} : {cycles: 300, bytes: 8e6, floodMs: 2000};
		const files = usageOf(host.pid)?.files ?? 0;
		const samples: Sample[] = [];
		const startedAt = performance.now();
		await attack('mixed', {ms, ...sizes}, async () => {
			// All who misbehaved are gone: the program only has to notice it.
			for (let waits = 0; (usageOf(host.pid)?.files ?? 0) > files && waits < 50; waits++) await sleep(100);
			const {heapBytes = 0, residentBytes = 0} = (await figuresOf(host)) ?? {};
			samples.push({at: performance.now() - startedAt, heapBytes, residentBytes});
		});
		const last = samples.filter(({at}) => at > (ms * 2) / 3);
		const [heap, resident] = [riseOf(last, 'heapBytes'), riseOf(last, 'residentBytes')];
		note(`${(ms / 60_000).toFixed(1)} min, last third: heap ${signed(heap)}, RSS ${signed(resident)}`);
		if (host.inspectorUrl === undefined) {
			expect(resident < mostRise, `in the last third the memory rose by ${signed(resident)}`);
		} else expect(heap < mostRise, `in the last third the heap rose by ${signed(heap)}`);
		expect(
			last.length >= fewestSamples,
			`the last third has only ${last.length} samples: give it more --minutes`,
		);
	},
};
