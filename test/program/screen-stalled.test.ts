import {readFileSync} from 'node:fs';
import process from 'node:process';
import {expect, test} from 'vitest';
import {addressOf, quit} from '../support/chat-screen.ts';
import {Peer} from '../support/peer.ts';
import {openTerminal} from '../support/terminal.ts';
import {expectTerminalRestored} from '../support/terminal-restored.ts';

const mib = 1024 * 1024;

/** `STALLED_SECONDS=30 npm run vitest -- screen-stalled` looks for longer. */
const stalledSeconds = Number(process.env.STALLED_SECONDS ?? 5);

/** Resident memory of a process in bytes. */
const residentMemory = (pid: number): number =>
	Number(/VmRSS:\s+(\d+) kB/.exec(readFileSync(`/proc/${pid}/status`, 'utf8'))?.[1]) * 1024;

// Where there is no /proc, what is left is that the broker goes on.
const canMeasure = process.platform === 'linux';

test(
	'a hosting screen whose terminal is not read holds nobody up, and does not grow',
	async () => {
		const screen = await openTerminal({args: ['--host', '--listen=0', '--name=alice'], columns: 100});
		await screen.waitFor(/--join 127\.0\.0\.1:\d+/);
		const port = Number(/--join 127\.0\.0\.1:(\d+)/.exec(screen.text())?.[1]);
		const flooder = await Peer.login(addressOf(port), 'flooder');
		const pinger = await Peer.login(addressOf(port), 'pinger');
		let count = 0;
		const flood = (lines: number): void => {
			const first = count;
			count += lines;
			flooder.send(
				...Array.from(
					{length: lines},
					(_, index) => `alice: ${first + index + 1} ${'日本語 and more '.repeat(8)}`,
				),
			);
		};

		/** Echoes through the broker one after the other, each behind 20 lines for the screen; how long they took, in ms. */
		const talkFor = async (milliseconds: number): Promise<number[]> => {
			const waits: number[] = [];
			const end = performance.now() + milliseconds;
			while (performance.now() < end) {
				flood(20);
				const startedAt = performance.now();
				pinger.send(`pinger: ${waits.length}`);
				expect(await pinger.line()).toBe(`from pinger: ${waits.length}`);
				waits.push(performance.now() - startedAt);
				await new Promise(resolve => setTimeout(resolve, 20));
			}

			return waits;
		};

		// Memory is compared once the scrollback has been filled and emptied at its other end, and the code is warm.
		for (let round = 0; round < 40; round += 1) {
			flood(500);
			await screen.waitFor(` ${count} `);
		}

		await talkFor(2000);
		const before = canMeasure ? residentMemory(screen.pid) : 0;
		screen.stallReading();
		const waits = await talkFor(1000 * stalledSeconds);

		const grown = canMeasure ? residentMemory(screen.pid) - before : 0;
		const p99 = waits.toSorted((x, y) => x - y)[Math.floor(waits.length * 0.99)];
		console.log(
			`echo p99 ${p99?.toFixed(1)} ms of ${waits.length}; grown by ${(grown / mib).toFixed(1)} MiB`,
		);

		expect(waits.length).toBeGreaterThan(10 * stalledSeconds);
		// A process that waits for its terminal would not answer at all.
		expect(Math.max(...waits)).toBeLessThan(2000);
		// What was said is kept, in 16 MiB of which most are filled before; the rest is what waits for the next collection.
		expect(grown).toBeLessThan((16 + 8) * mib);

		screen.resumeReading();
		await screen.waitFor(` ${count} `);
		quit(screen);
		await expectTerminalRestored(screen);
		flooder.socket.destroy();
		pinger.socket.destroy();
	},
	60_000 + 1000 * stalledSeconds,
);
