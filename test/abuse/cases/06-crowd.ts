import {setTimeout as sleep} from 'node:timers/promises';
import {Peer} from '../../support/peer.ts';
import type {Case, Stage} from '../case.ts';
import {usageOf} from '../probes.ts';

const files = 64;
const mostCpu = 0.2;
/** Lines that may be logged in a second, and at all. */
const logRate = 2;
const logSpare = 5;
const acceptMs = 1000;

/** Has the program run for `ms` while nothing happens but talk, and looks at its share of a core. */
const watchCpu = async ({host, expect}: Stage, ms: number, when: string): Promise<void> => {
	const before = usageOf(host.pid)?.cpuSeconds ?? 0;
	await sleep(ms);
	const share = ((usageOf(host.pid)?.cpuSeconds ?? 0) - before) / (ms / 1000);
	expect(share < mostCpu, `${when} it took ${(share * 100).toFixed(0)} % of a core`);
};

/** Logs in, again and again until it works; rejects after `acceptMs`. */
const logIn = async (port: number): Promise<void> => {
	const deadline = performance.now() + acceptMs;
	for (;;) {
		try {
			const peer = await Peer.login({host: '127.0.0.1', port}, 'latecomer');
			await peer.leave();
			return;
		} catch (error) {
			if (performance.now() > deadline) throw error;
			await sleep(20);
		}
	}
};

/** Whether the program can open a file now. Asked of itself where it can be, else by what it has open. */
const canOpenFile = async ({host}: Stage): Promise<boolean> => {
	if (host.inspectorUrl === undefined) return (usageOf(host.pid)?.files ?? files) < files;
	try {
		const inspector = await host.inspect();
		const isOpened = await inspector.evaluate(
			`{const {openSync, closeSync} = process.getBuiltinModule('node:fs'); closeSync(openSync('/dev/null')); true}`,
		);
		await inspector.close();
		return isOpened === true;
	} catch {
		// There was not even room for the inspector.
		return false;
	}
};

export const crowdCase: Case = {
	id: '6',
	name: `200 at "ulimit -n ${files}"`,
	setUp: `ulimit -n ${files}`,
	async run(stage) {
		const {attack, host, expect, note, isQuick} = stage;
		const watchMs = isQuick ? 500 : 5000;
		const startedAt = performance.now();
		const logged = host.logCount;
		await attack('crowd', {connections: 200}, async phase => {
			if (phase === 'held') {
				await sleep(200);
				await watchCpu(stage, watchMs, 'while it was full');
				expect(await canOpenFile(stage), 'while it was full, no file could be opened');
				note(`${usageOf(host.pid)?.files} of ${files} descriptors in use`);
				return;
			}
			const releasedAt = performance.now();
			const why = await logIn(host.port).then(
				() => undefined,
				(error: Error) => error.message,
			);
			expect(why === undefined, `${acceptMs} ms after the crowd had gone: ${why}`);
			note(`accepting after ${(performance.now() - releasedAt).toFixed(0)} ms`);
			await watchCpu(stage, watchMs, 'after the crowd had gone');
		});
		const lines = host.logCount - logged;
		const seconds = (performance.now() - startedAt) / 1000;
		note(`${lines} log lines`);
		expect(lines <= logRate * seconds + logSpare, `it logged ${lines} lines in ${seconds.toFixed(0)} s`);
	},
};
