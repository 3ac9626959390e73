import path from 'node:path';
import {freePort} from '../../bench/ports.ts';
import {temporaryFolder} from '../support/environment.ts';
import {type Program, type ProgramOptions, startHost} from '../support/program.ts';

export type StoreHostOptions = ProgramOptions & {
	/** Where it keeps what is said, or `memory`. */
	readonly store?: string;
	readonly port?: number;
};

/** The built program as a host on one port and one folder, over any number of lives. */
export class StoreHost {
	readonly port: number;
	/** Its `--store`. */
	readonly store: string;
	readonly #options: ProgramOptions;
	#program: Program | undefined;

	/** Starts one on a port and a folder that are free. */
	static async start({port, store, ...options}: StoreHostOptions = {}): Promise<StoreHost> {
		const folder = store ?? path.join(temporaryFolder('test'), 'store');
		const host = new StoreHost(port ?? (await freePort()), folder, options);
		await host.start();
		return host;
	}

	constructor(port: number, store: string, options: ProgramOptions = {}) {
		this.port = port;
		this.store = store;
		this.#options = options;
	}

	get address(): {readonly host: string; readonly port: number} {
		return {host: '127.0.0.1', port: this.port};
	}

	get program(): Program {
		if (this.#program === undefined) throw new Error('This host was never started');
		return this.#program;
	}

	/** Starts it; resolves when it accepts, with the time that this took, in ms. */
	async start(): Promise<number> {
		const from = performance.now();
		const {program} = await startHost([`--store=${this.store}`], {...this.#options, port: this.port});
		this.#program = program;
		return performance.now() - from;
	}

	/** Ends it without asking. */
	async kill(): Promise<void> {
		this.program.kill('SIGKILL');
		await this.program.waitForExit();
	}

	/** Ends it in good order. */
	async stop(): Promise<void> {
		this.program.kill();
		await this.program.waitForExit({timeout: 15_000});
	}
}
