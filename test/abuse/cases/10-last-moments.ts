import {setTimeout as sleep} from 'node:timers/promises';
import type {Case} from '../case.ts';
import {within} from '../scene.ts';

/** What the program takes to end at most, in ms: 10 s where somebody does not read (`docs/protocol.md`), and a little. */
const mostMs = 10_500;
/** After this time, in ms, the program has surely read what the talkers said. */
const readMs = 300;
const farewell = 'from server: this server is shutting down';

export const lastMomentsCase: Case = {
	id: '10',
	name: 'SIGTERM in the middle',
	endsHost: true,
	async run({attack, host, talkers, expect, note, isQuick}) {
		let signalledAt = 0;
		const sizes = {
			stalled: isQuick ? 0 : 1,
			floods: isQuick ? 2 : 5,
			witnesses: isQuick ? 5 : 20,
			mute: isQuick ? 10 : 50,
		};
		await attack('lastMoments', sizes, async phase => {
			if (phase === 'told') {
				await within(mostMs, host.ended);
				return;
			}
			await sleep(isQuick ? 100 : 3000);
			talkers.stopTalking();
			await sleep(readMs);
			talkers.isEndExpected = true;
			signalledAt = performance.now();
			host.signal('SIGTERM');
		});
		const isInTime = await within(Math.max(0, signalledAt + mostMs - performance.now()), host.ended);
		const {code, signal} = host.exit ?? {};
		expect(isInTime, `${mostMs} ms after SIGTERM it is still there`);
		expect(!isInTime || code === 0, `on SIGTERM it ended with ${signal ?? `code ${code}`}`);
		expect(
			talkers.serverLines.join('|') === [farewell, farewell, farewell].join('|'),
			`the talkers were told ${JSON.stringify(talkers.serverLines)}`,
		);
		note(`gone after ${((performance.now() - signalledAt) / 1000).toFixed(1)} s`);
	},
};
