import type {Writable} from 'node:stream';
import {expect} from 'vitest';

export type Pump = {
	/** Bytes that the other side, or the kernel on its way there, has taken so far. */
	taken(): number;
	/** Waits until nothing more is taken; with a reader that stands still, after what the kernel holds. */
	standstill(): Promise<void>;
	/** Resolves when all is taken. */
	readonly done: Promise<void>;
};

/** Writes `chunk` again and again, each when the one before is taken, until `total` bytes are written. */
export const pump = (stream: Writable, chunk: Uint8Array, total: number): Pump => {
	let taken = 0;
	const done = new Promise<void>(resolve => {
		const next = (): void => {
			if (taken >= total) {
				resolve();
				return;
			}

			stream.write(chunk, error => {
				if (error === null || error === undefined) {
					taken += chunk.length;
					next();
				}
			});
		};

		next();
	});

	return {
		taken: () => taken,
		async standstill() {
			// That nothing happens is no event: two looks that see the same are.
			let before = 0;
			await expect
				.poll(
					() => {
						const isStanding = taken > 0 && taken === before;
						before = taken;
						return isStanding;
					},
					{interval: 300},
				)
				.toBe(true);
		},
		done,
	};
};
