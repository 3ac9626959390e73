import {performance} from 'node:perf_hooks';
import xterm from '@xterm/headless';
import {readUsage} from '../load/usage.ts';
import type {Size, WatchedProgram} from './watched-program.ts';

/** What something took, per second of its time. */
export type Effort = {
	/** CPU of the screen's processes, in percent of a core; undefined where there is no /proc. */
	readonly cpuPercent: number | undefined;
	/** KiB that it wrote to the terminal. */
	readonly kibibytes: number;
	/** How much of its time the measuring process had something to do, in percent. */
	readonly ownPercent: number;
};

/** Begins to count what a screen takes; call what it returns to hear what it took since. */
export function startCounting(program: WatchedProgram): () => Effort {
	const begin = performance.now();
	const {bytes} = program;
	const usage = readUsage(program.group);
	const own = performance.eventLoopUtilization();
	return () => {
		const seconds = (performance.now() - begin) / 1000;
		const ownPercent = performance.eventLoopUtilization(own).utilization * 100;
		const after = readUsage(program.group);
		return {
			cpuPercent: usage && after && ((after.cpuSeconds - usage.cpuSeconds) / seconds) * 100,
			kibibytes: (program.bytes - bytes) / 1024 / seconds,
			ownPercent,
		};
	};
}

/** What the emulator alone takes for the output that a program wrote last, in ms per MiB. */
export async function weighEmulator(program: WatchedProgram, {columns, rows}: Size): Promise<number> {
	const terminal = new xterm.Terminal({cols: columns, rows, scrollback: 0, allowProposedApi: true});
	const output = program.recentOutput;
	// Once for the compiler.
	let took = 0;
	for (let i = 0; i < 3; i++) {
		const begin = performance.now();
		await new Promise<void>(resolve => terminal.write(output, resolve));
		took = performance.now() - begin;
	}
	terminal.dispose();
	return (took * 1024 * 1024) / Buffer.byteLength(output);
}
