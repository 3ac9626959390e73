import {type ChildProcessWithoutNullStreams, spawn} from 'node:child_process';
import {once} from 'node:events';
import type {Readable} from 'node:stream';
import {type Lifetime, onCleanup} from './cleanup.ts';
import {programCommand} from './dist.ts';
import {type Environment, programEnvironment, temporaryFolder} from './environment.ts';
import {conditionName, createWaiters, defaultTimeout, matches, type WaitOptions} from './waiters.ts';

export type ProgramOptions = {
	readonly env?: Environment;
	/** Folder for `HOME` and `A_CHAT_HOME`; default: a fresh one. */
	readonly home?: string;
	/** Another command line in place of the built program. */
	readonly command?: readonly [file: string, ...args: string[]];
	readonly lifetime?: Lifetime;
};

/** As Node tells it: one of the two is `null`. */
export type ProgramExit = {readonly code: number | null; readonly signal: NodeJS.Signals | null};

export type ProgramResult = ProgramExit & {readonly stdout: string; readonly stderr: string};

/** The built program without a terminal: pipes on all three streams. */
export class Program {
	readonly child: ChildProcessWithoutNullStreams;
	readonly home: string;
	readonly #waiters = createWaiters(() => `stdout: ${this.stdout}\nstderr: ${this.stderr}`);
	#output = {stdout: '', stderr: ''};
	#exit: ProgramExit | undefined;

	constructor(args: readonly string[], options: ProgramOptions = {}) {
		const {lifetime = 'test', env} = options;
		const [file, ...rest] = options.command ?? programCommand(args);
		this.home = options.home ?? temporaryFolder(lifetime);
		this.child = spawn(file, rest, {env: programEnvironment(this.home, env)});
		this.#collect('stdout', this.child.stdout);
		this.#collect('stderr', this.child.stderr);
		// Whoever is written to may be gone already: that is seen at its exit.
		this.child.stdin.on('error', () => {});
		this.child.on('close', (code, signal) => {
			this.#exit = {code, signal};
			this.#waiters.finish(`the program has ended with ${signal ?? `code ${code}`}`);
		});
		onCleanup(lifetime, () => this.close());
	}

	get pid(): number {
		return this.child.pid ?? 0;
	}

	get stdout(): string {
		return this.#output.stdout;
	}

	get stderr(): string {
		return this.#output.stderr;
	}

	get hasExited(): boolean {
		return this.#exit !== undefined;
	}

	write(text: string | Uint8Array): void {
		this.child.stdin.write(text);
	}

	/** Ends its standard input. */
	end(): void {
		this.child.stdin.end();
	}

	kill(signal: NodeJS.Signals = 'SIGTERM'): void {
		this.child.kill(signal);
	}

	/** Waits for a text or a match in what it has written so far; rejects after `timeout` ms or at its end. */
	waitFor(
		condition: string | RegExp,
		{stream = 'stdout', ...options}: WaitOptions & {readonly stream?: 'stdout' | 'stderr'} = {},
	): Promise<void> {
		return this.#waiters.wait(
			conditionName(condition),
			() => matches(this.#output[stream], condition),
			options,
		);
	}

	/** Resolves when the program has ended and its output is read to the end; rejects after `timeout` ms. */
	async waitForExit({timeout = defaultTimeout}: WaitOptions = {}): Promise<ProgramResult> {
		await this.#waiters.wait('waited for the end of the program', () => this.hasExited, {timeout});
		return {...(this.#exit as ProgramExit), ...this.#output};
	}

	/** Ends it without asking, if it still runs. */
	async close(): Promise<void> {
		if (!this.hasExited) {
			this.kill('SIGKILL');
			// Its output may be held by a pipe that nobody reads any more: `exit`, not `close`.
			if (this.child.exitCode === null && this.child.signalCode === null) {
				await once(this.child, 'exit');
			}
		}
	}

	#collect(name: 'stdout' | 'stderr', stream: Readable): void {
		stream.setEncoding('utf8');
		stream.on('data', (text: string) => {
			this.#output[name] += text;
			this.#waiters.recheck();
		});
	}
}

/** Starts the built program for as long as the test runs. */
export const startProgram = (args: readonly string[], options?: ProgramOptions): Program =>
	new Program(args, options);

/**
 * Runs the built program to its end, with `input` as its whole standard input (nothing: at its end from the start).
 * Rejects after `timeout` ms.
 */
export const runProgram = async (
	args: readonly string[],
	{
		input = '',
		timeout,
		...options
	}: ProgramOptions & WaitOptions & {readonly input?: string | Uint8Array} = {},
): Promise<ProgramResult> => {
	const program = new Program(args, options);
	program.child.stdin.end(input);
	return program.waitForExit(timeout === undefined ? {} : {timeout});
};

export type Host = {readonly program: Program; readonly port: number};

/** Starts a host without a screen, on a free port if none is given, and resolves once it accepts connections. */
export const startHost = async (
	args: readonly string[] = [],
	{port = 0, ...options}: ProgramOptions & {readonly port?: number} = {},
): Promise<Host> => {
	const program = new Program(['--host', '--headless', `--listen=${port}`, ...args], options);
	await program.waitFor('\n');
	const found = /^listening on 127\.0\.0\.1:(\d+)\n$/.exec(program.stdout)?.[1];
	if (found === undefined) {
		throw new Error(`The host said ${JSON.stringify(program.stdout)} in place of its port`);
	}

	return {program, port: Number(found)};
};
