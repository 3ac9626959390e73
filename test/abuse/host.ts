import {type ChildProcess, spawn} from 'node:child_process';
import {mkdtempSync, rmSync} from 'node:fs';
import {tmpdir} from 'node:os';
import path from 'node:path';
import {createInterface} from 'node:readline';
import {setTimeout as sleep} from 'node:timers/promises';
import {Inspector} from '../../bench/inspector.ts';
import {accepts, freePort} from '../../bench/ports.ts';
import type {ProgramExit} from '../support/program.ts';

export type HostOptions = {
	/** A line for the shell, in which `{port}` and `{flags}` are replaced. */
	readonly command: string;
	/** Flags of the program that a case needs. */
	readonly flags?: string;
	/** What the shell does first, such as `ulimit -n 64`. */
	readonly setUp?: string;
};

const startMs = 15_000;
const stopMs = 12_000;
const keptLogLines = 100;

const running = new Set<ChildProcess>();
process.on('exit', () => {
	for (const child of running) child.kill('SIGKILL');
});

/** The program under attack, in a process of its own. */
export class Host {
	readonly pid: number;
	readonly port: number;
	/** A folder of its own, removed when it has ended. */
	readonly home: string;
	/** Settles when it has ended. */
	readonly ended: Promise<ProgramExit>;
	/** How it has ended, if it has. */
	exit: ProgramExit | undefined;
	/** Where it can be inspected, if it was started so. */
	inspectorUrl: string | undefined;
	/** Lines that it wrote to standard error, without what Node says about the inspector. */
	logCount = 0;
	/** The first of them. */
	readonly log: string[] = [];

	readonly #child: ChildProcess;

	/** Starts one, and resolves once it accepts connections; rejects with what it wrote if it does not. */
	static async start({command, flags = '', setUp}: HostOptions): Promise<Host> {
		const port = await freePort();
		const line = command.replaceAll('{port}', String(port)).replaceAll('{flags}', flags);
		const home = mkdtempSync(path.join(tmpdir(), 'a-chat-abuse-'));
		const child = spawn('sh', ['-c', [setUp, `exec ${line}`].filter(Boolean).join(' && ')], {
			env: {...process.env, HOME: home, A_CHAT_HOME: home, NODE_OPTIONS: ''},
			stdio: ['ignore', 'ignore', 'pipe'],
		});
		const host = new Host(child, port, home);
		const deadline = performance.now() + startMs;
		while (!(await accepts(port))) {
			if (host.exit !== undefined || performance.now() > deadline) {
				child.kill('SIGKILL');
				throw new Error(
					`${line}: ${host.exit ? 'ended' : 'does not accept anybody'}\n${host.log.join('\n')}`,
				);
			}
			await sleep(10);
		}
		return host;
	}

	private constructor(child: ChildProcess, port: number, home: string) {
		this.#child = child;
		this.pid = child.pid ?? 0;
		this.port = port;
		this.home = home;
		running.add(child);
		this.ended = new Promise(resolve => {
			child.on('close', (code, signal) => {
				running.delete(child);
				rmSync(home, {recursive: true, force: true});
				this.exit = {code, signal};
				resolve(this.exit);
			});
		});
		if (child.stderr !== null) createInterface(child.stderr).on('line', line => this.#onLogLine(line));
	}

	/** Opens a session with it; rejects when it cannot be inspected. */
	async inspect(): Promise<Inspector> {
		if (this.inspectorUrl === undefined) throw new Error('The program was started without --inspect');
		return Inspector.connect(this.inspectorUrl);
	}

	signal(name: NodeJS.Signals): void {
		this.#child.kill(name);
	}

	/** Asks it to end, and ends it without asking when it does not. */
	async stop(): Promise<ProgramExit> {
		this.signal('SIGTERM');
		const timer = setTimeout(() => this.signal('SIGKILL'), stopMs);
		const exit = await this.ended;
		clearTimeout(timer);
		return exit;
	}

	#onLogLine(line: string): void {
		const url = /^Debugger listening on (ws:\S+)$/.exec(line)?.[1];
		if (url !== undefined) this.inspectorUrl = url;
		if (/^(Debugger |For help, see|Waiting for the debugger)/.test(line)) return;
		this.logCount++;
		if (this.log.length < keptLogLines) this.log.push(line);
	}
}
