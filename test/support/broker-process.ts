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
	address: Address = {host: '', port: 0};
	limit = 0;
	readonly child: ChildProcessWithoutNullStreams;
	readonly log: LogEntry[] = [];
	#resolve: (said: Said) => void = () => {};

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
		const broker = new BrokerProcess(child);
		const {address, limit, error} = await broker.#next();
		if (address === undefined) throw new Error(error?.message ?? 'The broker said nothing');
		broker.address = address;
		broker.limit = limit ?? 0;
		return broker;
	}

	private constructor(child: ChildProcessWithoutNullStreams) {
		this.child = child;
		createInterface(child.stdout)
			.on('line', line => {
				const said: Said = JSON.parse(line);
				if (said.log === undefined) this.#resolve(said);
				else this.log.push(said.log);
			})
			.on('close', () => this.#resolve({}));
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
		const answer = this.#next();
		this.child.stdin.write(`${command}\n`);
		return (await answer).answer;
	}

	/** What the process says next, save log entries. */
	async #next(): Promise<Said> {
		return new Promise(resolve => {
			this.#resolve = resolve;
		});
	}
}
