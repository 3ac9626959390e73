import {type ChildProcess, spawn} from 'node:child_process';
import {once} from 'node:events';
import {setTimeout as sleep} from 'node:timers/promises';
import {accepts, freePort} from './ports.ts';

/** A server that runs. */
export type RunningServer = {
	readonly port: number;
	/** The process group that it and its children are in. */
	readonly group: number;
	/** From before its process was made until it accepted connections. */
	readonly readyMs: number;
	stop(): Promise<void>;
	/** Ends it as a crash does. */
	kill(): Promise<void>;
};

const startMs = 15_000;
const stopMs = 3000;
const lookMs = 5;

const running = new Set<number>();

/** Ends all servers that still run, for a program that has to end at once. */
export function endServers(): void {
	for (const group of running) signalGroup(group, 'SIGTERM');
}

/**
 * Starts `command` (run by the shell, with `{port}` replaced) and resolves once it accepts connections.
 * Rejects with what it wrote to standard error if it ends before, or after 15 s.
 *
 * @param wanted the port; left out, a free one
 */
export async function startServer(
	command: string,
	environment = process.env,
	wanted?: number,
): Promise<RunningServer> {
	const port = wanted ?? (await freePort());
	const start = performance.now();
	// A group of its own: whatever the shell starts is measured, and ended, together.
	const child = spawn(command.replaceAll('{port}', String(port)), {
		shell: true,
		detached: true,
		env: environment,
		stdio: ['ignore', 'ignore', 'pipe'],
	});
	const group = child.pid;
	if (group === undefined) throw new Error(`cannot start: ${command}`);
	running.add(group);
	let errors = '';
	child.stderr?.setEncoding('utf8').on('data', text => {
		errors = (errors + text).slice(-500);
	});
	const stop = () => stopGroup(child, group, 'SIGTERM');
	const kill = () => stopGroup(child, group, 'SIGKILL');

	const deadline = Date.now() + startMs;
	while (!(await accepts(port))) {
		const hasEnded = child.exitCode !== null || child.signalCode !== null;
		if (hasEnded || Date.now() > deadline) {
			await stop();
			throw new Error(`${command}: ${hasEnded ? 'ended' : 'does not accept'}\n${errors.trim()}`);
		}
		await sleep(lookMs);
	}
	return {port, group, readyMs: performance.now() - start, stop, kill};
}

async function stopGroup(child: ChildProcess, group: number, first: NodeJS.Signals): Promise<void> {
	if (child.exitCode === null && child.signalCode === null) {
		const ended = once(child, 'exit');
		signalGroup(group, first);
		await Promise.race([ended, sleep(stopMs, undefined, {ref: false})]);
	}
	signalGroup(group, 'SIGKILL');
	running.delete(group);
}

function signalGroup(group: number, name: NodeJS.Signals): void {
	try {
		process.kill(-group, name);
	} catch {
		// Nobody is left.
	}
}
