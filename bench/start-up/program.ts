import {mkdtempSync, rmSync} from 'node:fs';
import {tmpdir} from 'node:os';
import path from 'node:path';
import {performance} from 'node:perf_hooks';
import {setTimeout as sleep} from 'node:timers/promises';
import {type IPty, spawn} from '@lydell/node-pty';
import xterm from '@xterm/headless';
import {type Frame, readFrame} from './frame.ts';

const columns = 80;
const rows = 24;
const stopMs = 3000;

/** A folder for what the program keeps between starts. */
export function createHome(): {readonly folder: string; remove(): void} {
	const folder = mkdtempSync(path.join(tmpdir(), 'a-chat-start-up-'));
	return {folder, remove: () => rmSync(folder, {recursive: true, force: true})};
}

/** A program in a terminal of 80×24 that is being watched. Times are in ms since it was started. */
export class WatchedProgram {
	/** Called for every piece of output once it is on the screen; `time` is when it came. */
	onFrame: (frame: Frame, time: number) => void = () => {};
	readonly #terminal = new xterm.Terminal({cols: columns, rows, allowProposedApi: true});
	readonly #pty: IPty;
	readonly #exited: Promise<unknown>;
	readonly #start: number;
	#lastOutput: number;

	constructor(command: string, home: string) {
		const {CI: _ci, NO_COLOR: _noColor, ...inherited} = process.env;
		const env = {...inherited, TERM: 'xterm-256color', A_CHAT_HOME: home, HOME: home};
		this.#start = performance.now();
		this.#lastOutput = this.#start;
		this.#pty = spawn('sh', ['-c', command], {name: env.TERM, cols: columns, rows, env});
		this.#exited = new Promise(resolve => this.#pty.onExit(resolve));
		this.#terminal.onData(answer => this.#pty.write(answer));
		this.#pty.onData(data => {
			const now = performance.now();
			this.#lastOutput = now;
			this.#terminal.write(data, () => this.#tell(now - this.#start));
		});
	}

	/** What it shows now. */
	get frame(): Frame {
		return readFrame(this.#terminal);
	}

	type(keys: string): void {
		this.#pty.write(keys);
	}

	/** Resolves when nothing has been written for `quietMs`, and not before something has; after 15 s in any case. */
	async settle(quietMs: number): Promise<void> {
		const deadline = performance.now() + 15_000;
		const isQuiet = () => this.#lastOutput !== this.#start && performance.now() - this.#lastOutput >= quietMs;
		while (!isQuiet() && performance.now() < deadline) await sleep(10);
	}

	/** Ends it; from here on its output is its farewell and not looked at. */
	async stop(): Promise<void> {
		this.onFrame = () => {};
		this.#signal('SIGTERM');
		await Promise.race([this.#exited, sleep(stopMs, undefined, {ref: false})]);
		this.#signal('SIGKILL');
		await this.#exited;
	}

	#tell(time: number): void {
		this.onFrame(this.frame, time);
	}

	// The program leads a session, and so a group, of its own.
	#signal(name: NodeJS.Signals): void {
		try {
			process.kill(-this.#pty.pid, name);
		} catch {
			// It has ended.
		}
	}
}
