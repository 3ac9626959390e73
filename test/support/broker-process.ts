import {type ChildProcessWithoutNullStreams, spawn} from 'node:child_process';
import {once} from 'node:events';
import {createInterface} from 'node:readline';
import type {BrokerOptions, LogEntry} from '../../source/broker/index.ts';
import type {Address} from './peer.ts';

/** Bytes, milliseconds and counts of a broker's process, after garbage collection. */
export type Measures = {
	readonly heapUsed: number;
	readonly external: number;
	readonly rss: number;
	readonly cpuMs: number;
	readonly files: number;
	readonly connections: number;
};

type Said = {
	readonly address?: Address;
	readonly limit?: number;
	readonly error?: {readonly code: string; readonly message: string};
	readonly log?: LogEntry;
	readonly answer?: unknown;
};

/** A broker in a process of its own. */
export class BrokerProcess {
	readonly address: Address;
	readonly limit: number;
	readonly child: ChildProcessWithoutNullStreams;
	readonly log: readonly LogEntry[];
	readonly #answers: AsyncIterator<unknown>;

	/**
	 * Starts one.
	 *
	 * @param wrapper a command that runs the command behind it, such as `strace -f`
	 * @throws {Error} with the message of the `BrokerError` when the broker does not start
	 */
	static async start(options: BrokerOptions, wrapper: readonly string[] = []): Promise<BrokerProcess> {
		const script = new URL('broker-child.ts', import.meta.url).pathname;
		const [command = '', ...rest] = [
			...wrapper,
			process.execPath,
			'--expose-gc',
			script,
			JSON.stringify({port: 0, ...options}),
		];
		const child = spawn(command, rest, {env: {...process.env, NODE_OPTIONS: ''}});
		child.stderr.pipe(process.stderr);
		const log: LogEntry[] = [];
		const answers = read(child, log);
		const {value} = await answers.next();
		if (value?.address === undefined) throw new Error(value?.error?.message ?? 'The broker said nothing');
		return new BrokerProcess(child, value.address, value.limit ?? 0, log, answers);
	}

	private constructor(
		child: ChildProcessWithoutNullStreams,
		address: Address,
		limit: number,
		log: readonly LogEntry[],
		answers: AsyncIterator<unknown>,
	) {
		this.child = child;
		this.address = address;
		this.limit = limit;
		this.log = log;
		this.#answers = answers;
	}

	async measure(): Promise<Measures> {
		return (await this.#ask('measure')) as Measures;
	}

	/** Closes the broker; how long that took, in milliseconds. */
	async close(): Promise<number> {
		return ((await this.#ask('close')) as {ms: number}).ms;
	}

	/** Ends the process. */
	async stop(): Promise<void> {
		if (this.child.exitCode !== null || this.child.signalCode !== null) return;
		const exit = once(this.child, 'exit');
		this.child.stdin.end();
		const timer = setTimeout(() => this.child.kill('SIGKILL'), 2000);
		await exit;
		clearTimeout(timer);
	}

	async #ask(command: string): Promise<unknown> {
		this.child.stdin.write(`${command}\n`);
		const {value} = await this.#answers.next();
		return (value as Said | undefined)?.answer;
	}
}

async function* read(child: ChildProcessWithoutNullStreams, log: LogEntry[]): AsyncGenerator<Said> {
	for await (const line of createInterface(child.stdout)) {
		const said: Said = JSON.parse(line);
		if (said.log === undefined) yield said;
		else log.push(said.log);
	}
}
