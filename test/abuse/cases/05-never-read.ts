import {setInterval as every} from 'node:timers/promises';
import type {Case} from '../case.ts';
import {usageOf} from '../probes.ts';

const mebibyte = 1_048_576;
/** What may wait for one peer (`docs/protocol.md`), with the room that a growing buffer has. */
const outboxBytes = 2 * mebibyte;
/** What the program may take beside that. */
const spareBytes = 32 * mebibyte;

export const neverReadCase: Case = {
	id: '5',
	name: 'never read',
	warmUp: ({attack}) => attack('neverRead', {readers: 1, bytes: 5e6}),
	async run({attack, host, expect, note, isQuick}) {
		const readers = isQuick ? 2 : 50;
		const before = usageOf(host.pid)?.residentBytes ?? 0;
		let peak = before;
		const over = new AbortController();
		const watch = (async () => {
			for await (const _ of every(100, undefined, {signal: over.signal}))
				peak = Math.max(peak, usageOf(host.pid)?.residentBytes ?? 0);
		})().catch(() => {});
		await attack('neverRead', {readers, bytes: isQuick ? 10e6 : 400e6});
		over.abort();
		await watch;
		const grown = peak - before;
		note(`+${(grown / mebibyte).toFixed(0)} MiB at most`);
		expect(
			grown < readers * outboxBytes + spareBytes,
			`while ${readers} did not read, the memory grew by ${(grown / mebibyte).toFixed(0)} MiB`,
		);
	},
};
