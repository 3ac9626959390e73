import {type ChildProcessByStdio, spawn, spawnSync} from 'node:child_process';
import {createInterface} from 'node:readline';
import type {Readable, Writable} from 'node:stream';
import {type Counts, goOn, type Said} from './scene.ts';

const script = new URL('attacker.ts', import.meta.url).pathname;

const hasChrt = spawnSync('chrt', ['--idle', '0', 'true']).status === 0;

const running = new Set<Assault>();
process.on('exit', () => {
	for (const assault of running) assault.stop();
});

/** An attack that runs, in a process of its own. */
export class Assault {
	/** What it has done so far. */
	counts: Counts = {};
	/** Settles when it is over, with what the server did wrong; rejects if it fails by itself. */
	readonly ended: Promise<readonly string[]>;
	readonly #child: ChildProcessByStdio<Writable, Readable, null>;
	readonly #reached: string[] = [];
	#wake: () => void = () => {};

	/**
	 * @param name of the attack, see `attacker.ts`
	 * @param stepsBack whether it runs only when nobody else wants to (SCHED_IDLE) and gives way at once, so that two cores do
	 * for the program, the talkers who measure it, and an attack that takes all it gets
	 */
	constructor(name: string, port: number, sizes: Counts, stepsBack: boolean) {
		const command = [process.execPath, script, name, String(port), JSON.stringify(sizes)];
		const [file = '', ...args] = stepsBack && hasChrt ? ['chrt', '--idle', '0', ...command] : command;
		this.#child = spawn(file, args, {
			stdio: ['pipe', 'pipe', 'inherit'],
			env: {...process.env, NODE_OPTIONS: ''},
		});
		running.add(this);
		this.#child.stdin.on('error', () => {});
		this.ended = new Promise((resolve, reject) => {
			createInterface(this.#child.stdout).on('line', line => {
				const said = JSON.parse(line) as Said;
				if ('reached' in said) this.#reached.push(said.reached);
				else if ('counts' in said) this.counts = said.counts;
				else if ('failed' in said) reject(new Error(`The attack ${name} failed: ${said.failed}`));
				else {
					this.counts = said.ended.counts;
					resolve(said.ended.problems);
				}
				this.#wake();
			});
			this.#child.on('close', code => {
				running.delete(this);
				reject(new Error(`The attack ${name} ended with code ${code}`));
				this.#wake();
			});
		});
		// Whoever waits for a phase hears of it there.
		this.ended.catch(() => {});
	}

	/** Settles with the next phase that it has reached, and with undefined when it is over; rejects if it failed. */
	async nextPhase(): Promise<string | undefined> {
		for (;;) {
			const phase = this.#reached.shift();
			if (phase !== undefined) return phase;
			const woken = new Promise<true>(resolve => {
				this.#wake = () => resolve(true);
			});
			if ((await Promise.race([woken, this.ended])) !== true && this.#reached.length === 0) return undefined;
		}
	}

	/** Lets it go on behind the phase that it has reached, or has it end. */
	answer(mayGoOn: boolean): void {
		this.#child.stdin.write(`${mayGoOn ? goOn : 'end'}\n`);
	}

	/** Ends it without asking. */
	stop(): void {
		this.#child.kill('SIGKILL');
	}
}
