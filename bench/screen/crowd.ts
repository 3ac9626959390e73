import {spawn} from 'node:child_process';
import {EventEmitter, once} from 'node:events';
import path from 'node:path';
import {performance} from 'node:perf_hooks';
import {createInterface} from 'node:readline';
import {setTimeout as sleep} from 'node:timers/promises';

/** What the crowd is told. `talk` goes on until `stop`; `stop` and `burst` are answered with `sent`. */
export type Order =
	| {readonly do: 'talk'; readonly perSecond: number}
	| {readonly do: 'burst'; readonly count: number}
	| {readonly do: 'stop'}
	| {readonly do: 'knock'; readonly text: string};

/** What it tells; times in ms since 1970. `last` is the number of its newest message, `began` when a burst did. */
export type Report =
	| {readonly type: 'ready'}
	| {readonly type: 'sent'; readonly last: number; readonly began: number}
	| {readonly type: 'heard'; readonly text: string; readonly at: number};

/** What the screen said, and when it was there, as `performance.now()` tells time. */
export type Heard = {readonly text: string; readonly at: number};

export type Place = {
	readonly port: number;
	/** Whose screen it is, and where the crowd writes to. */
	readonly screen: string;
	readonly to: string;
	readonly isIrc: boolean;
};

const program = path.join(import.meta.dirname, 'talkers.ts');
// Else a burst waits for its own garbage.
const engineFlags = ['--max-semi-space-size=64'];
const patienceMs = 60_000;

const toLocal = (at: number) => at - performance.timeOrigin;

/** The people who talk to a screen; see `talkers.ts`. */
export class Crowd {
	/** What the screen has said to them so far. */
	readonly heard: Heard[] = [];
	readonly #child;
	readonly #events: EventEmitter;

	/** Resolves when all of them are in; rejects with what went wrong. */
	static async gather({port, screen, to, isIrc}: Place): Promise<Crowd> {
		const flags = ['--port', String(port), '--screen', screen, '--to', to, ...(isIrc ? ['--irc'] : [])];
		const child = spawn(process.execPath, [...engineFlags, program, ...flags], {
			stdio: ['pipe', 'pipe', 'inherit'],
		});
		child.stdin.on('error', () => {});
		const events = new EventEmitter();
		createInterface(child.stdout).on('line', line => {
			const report = JSON.parse(line) as Report;
			events.emit(report.type, report);
		});
		const crowd = new Crowd(child, events);
		const ended = once(child, 'exit').then(() => undefined);
		const ready = await Promise.race([once(events, 'ready'), ended]);
		if (ready === undefined) throw new Error('those who talk to the screen did not get in');
		return crowd;
	}

	private constructor(child: ReturnType<typeof spawn>, events: EventEmitter) {
		this.#child = child;
		this.#events = events;
		events.on('heard', ({text, at}: Heard) => {
			this.heard.push({text, at: toLocal(at)});
			events.emit('more');
		});
	}

	/** Writes `perSecond` messages a second from now on. */
	talk(perSecond: number): void {
		this.#tell({do: 'talk', perSecond});
	}

	/** Writes a line that is no numbered message. */
	knock(text: string): void {
		this.#tell({do: 'knock', text});
	}

	/** Stops talking; resolves with the number of the newest message, -1 if there was none. */
	async stop(): Promise<number> {
		return (await this.#ask({do: 'stop'})).last;
	}

	/** Writes `count` messages as fast as the server takes them. `began` as `performance.now()` tells time. */
	async burst(count: number): Promise<{readonly last: number; readonly began: number}> {
		const {last, began} = await this.#ask({do: 'burst', count});
		return {last, began: toLocal(began)};
	}

	/** Waits until `condition` holds for what was heard, `patience` ms at most; resolves with whether it does. */
	async until(condition: (heard: readonly Heard[]) => boolean, patience: number): Promise<boolean> {
		const deadline = performance.now() + patience;
		while (!condition(this.heard)) {
			const rest = deadline - performance.now();
			if (rest <= 0) return false;
			const timeout = new AbortController();
			const {signal} = timeout;
			await Promise.race([once(this.#events, 'more', {signal}), sleep(rest, undefined, {signal})]).catch(
				() => {},
			);
			timeout.abort();
		}
		return true;
	}

	close(): void {
		this.#child.kill('SIGKILL');
	}

	#tell(order: Order): void {
		this.#child.stdin?.write(`${JSON.stringify(order)}\n`);
	}

	async #ask(order: Order): Promise<{readonly last: number; readonly began: number}> {
		const answer = once(this.#events, 'sent', {signal: AbortSignal.timeout(patienceMs)});
		this.#tell(order);
		const [sent] = (await answer) as [{last: number; began: number}];
		return sent;
	}
}
