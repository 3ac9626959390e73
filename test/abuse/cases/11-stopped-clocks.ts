import {globSync, writeFileSync} from 'node:fs';
import path from 'node:path';
import {setTimeout as sleep} from 'node:timers/promises';
import type {Case, Stage} from '../case.ts';

const each = 20;
const hourSeconds = 3600;

/** The program is stopped as a whole, and goes on later, as when a laptop is closed. */
export const stoppedCase: Case = {
	id: '11a',
	name: 'SIGSTOP, then SIGCONT',
	async run({attack, host, talkers, note, isQuick}) {
		const seconds = isQuick ? 1.5 : 60;
		await attack('bystanders', {each}, async phase => {
			if (phase === 'ready') {
				// What is said to a program that stands still comes late, and is not timed.
				talkers.time(false);
				host.signal('SIGSTOP');
				return;
			}
			await sleep(seconds * 1000);
			host.signal('SIGCONT');
			const wokenAt = performance.now();
			await talkers.catchUp();
			note(`all caught up after ${(performance.now() - wokenAt).toFixed(0)} ms`);
			talkers.time(true);
			await sleep(isQuick ? 200 : 2000);
		});
		note(`stopped for ${seconds} s`);
	},
};

const library = globSync('/usr/lib/*/faketime/libfaketimeMT.so.1')[0];

/** The file in which faketime looks how far the clock is off, in the program's own folder. */
const clockFile = 'clock';

/** Moves the program's wall clock to `seconds` beside the real one, and looks that it went along. */
const move = async ({host, expect}: Stage, seconds: number): Promise<void> => {
	writeFileSync(path.join(host.home, clockFile), `${seconds < 0 ? '' : '+'}${seconds}\n`);
	if (host.inspectorUrl === undefined) return;
	const inspector = await host.inspect();
	const ahead = (Number(await inspector.evaluate('Date.now()')) - Date.now()) / 1000;
	await inspector.close();
	expect(
		Math.abs(ahead - seconds) < 60,
		`the wall clock was moved by ${seconds} s and is off by ${ahead.toFixed(0)} s`,
	);
};

export const clockCase: Case = {
	id: '11b',
	name: 'the wall clock moved by an hour',
	obstacle: () => (library === undefined ? 'faketime is not installed' : undefined),
	// Only the wall clock: timers go by the monotonic one, as they do when a clock is set.
	setUp: `echo +0 >"$HOME/${clockFile}" && export LD_PRELOAD='${library}' FAKETIME_TIMESTAMP_FILE="$HOME/${clockFile}" \
		FAKETIME_NO_CACHE=1 DONT_FAKE_MONOTONIC=1 FAKETIME_DONT_FAKE_MONOTONIC=1`,
	async run(stage) {
		const waitMs = stage.isQuick ? 1500 : 5000;
		await stage.attack('bystanders', {each}, async phase => {
			const seconds = phase === 'ready' ? hourSeconds : -hourSeconds;
			await move(stage, seconds);
			await sleep(waitMs);
			stage.note(`${seconds} s`);
		});
	},
};
