import {setTimeout as sleep} from 'node:timers/promises';
import {describeFaults} from '../../bench/load/faults.ts';
import {Assault} from './assault.ts';
import type {Case, Stage} from './case.ts';
import {Host} from './host.ts';
import {type Figures, figuresOf, usageOf} from './probes.ts';
import type {Counts} from './scene.ts';
import {Talkers} from './talkers.ts';

export type PerformOptions = {
	/** Starts the program, see `Host.start`. */
	readonly command: string;
	readonly isQuick: boolean;
	readonly minutes: number;
	/** Whether the talkers' delay counts: not where the machine has other things to do. */
	readonly judgesDelay: boolean;
	/** Told about twice a second. */
	readonly tell: (what: string) => void;
};

/** What came of a case. */
export type Outcome = {
	readonly id: string;
	readonly name: string;
	readonly tried: string;
	/** What was wrong; nothing if it held. */
	readonly problems: readonly string[];
	/** Why it was not tried. */
	readonly skipped?: string;
	readonly p99Ms?: number | undefined;
	readonly before?: Figures | undefined;
	readonly after?: Figures | undefined;
	readonly cpuSeconds?: number;
	readonly seconds?: number;
};

/** The longest delay of 99 of 100 lines of the talkers, in ms. */
const mostDelayMs = 50;
/** What the heap, buffers included, may have grown when all who misbehaved are gone, in bytes. */
const mostGrowth = 1_048_576;
const settleMs = 5000;

/** Starts the program, has three people talk, runs a case, and judges what came of it. */
export const perform = async (what: Case, options: PerformOptions): Promise<Outcome> => {
	const {id, name} = what;
	const obstacle =
		what.obstacle?.() ?? (needsFlags(what, options) ? 'the command has no {flags}' : undefined);
	if (obstacle !== undefined) return {id, name, tried: '', problems: [], skipped: obstacle};
	const problems: string[] = [];
	const notes: string[] = [];
	let stage: Performance | undefined;
	let host: Host | undefined;
	try {
		host = await Host.start({
			command: options.command,
			flags: what.flags ?? '',
			...(what.setUp === undefined ? {} : {setUp: what.setUp}),
			env: what.env?.() ?? {},
		});
		stage = new Performance(what, options, host, await Talkers.start(host.port), problems, notes);
		return await stage.run();
	} catch (error) {
		problems.push(describeEnd(host) ?? (error as Error).message);
		return {id, name, tried: [...notes, describeCounts(stage?.counts ?? {})].join(', '), problems};
	} finally {
		stage?.end();
		host?.signal('SIGKILL');
	}
};

const needsFlags = ({flags}: Case, {command}: PerformOptions): boolean =>
	flags !== undefined && !command.includes('{flags}');

class Performance {
	readonly #case: Case;
	readonly #options: PerformOptions;
	readonly #host: Host;
	readonly #talkers: Talkers;
	readonly #problems: string[];
	readonly #notes: string[];
	readonly #assaults: Assault[] = [];
	readonly #startedAt = performance.now();
	readonly #timer: NodeJS.Timeout;

	constructor(
		what: Case,
		options: PerformOptions,
		host: Host,
		talkers: Talkers,
		problems: string[],
		notes: string[],
	) {
		this.#case = what;
		this.#options = options;
		this.#host = host;
		this.#talkers = talkers;
		this.#problems = problems;
		this.#notes = notes;
		this.#timer = setInterval(() => options.tell(this.#describe()), 500);
	}

	async run(): Promise<Outcome> {
		const {id, name, warmUp, run, endsHost = false} = this.#case;
		const stage = this.#stage();
		await warmUp?.(stage);
		const settled = await this.#settle();
		this.#assaults.length = 0;
		const before = settled;
		const startedAt = performance.now();
		const cpuBefore = usageOf(this.#host.pid)?.cpuSeconds ?? 0;
		this.#talkers.time(true);
		await this.#untilTheEnd(run(stage), endsHost);
		this.#talkers.time(false);
		const cpuSeconds = (usageOf(this.#host.pid)?.cpuSeconds ?? Number.NaN) - cpuBefore;
		const seconds = (performance.now() - startedAt) / 1000;
		const after = endsHost ? undefined : await this.#settle(before);
		this.#judgeTalk(await this.#talkers.finish());
		this.#judgeFigures(before, after);
		this.#talkers.leave();
		await this.#judgeEnd();
		return {
			id,
			name,
			tried: [...this.#notes, describeCounts(this.counts)].filter(Boolean).join(', '),
			problems: this.#problems,
			p99Ms: this.#talkers.p99(),
			before,
			after,
			cpuSeconds,
			seconds,
		};
	}

	/** What all attacks together have done so far. */
	get counts(): Counts {
		const sum: Record<string, number> = {};
		for (const {counts} of this.#assaults) {
			for (const [what, count] of Object.entries(counts)) sum[what] = (sum[what] ?? 0) + count;
		}
		return sum;
	}

	/** Stops all that may still run. */
	end(): void {
		clearInterval(this.#timer);
		this.#talkers.stopTalking();
		this.#talkers.leave();
		for (const assault of this.#assaults) assault.stop();
	}

	#stage(): Stage {
		const {isQuick, minutes} = this.#options;
		return {
			host: this.#host,
			talkers: this.#talkers,
			isQuick,
			minutes,
			attack: async (name, sizes, phases = {}) => {
				const assault = new Assault(name, this.#host.port, sizes);
				this.#assaults.push(assault);
				for (const [phase, act] of Object.entries(phases)) {
					await assault.reaches(phase);
					await act();
					assault.goOn();
				}
				this.#problems.push(...(await assault.ended));
			},
			expect: (isRight, otherwise) => {
				if (!isRight) this.#problems.push(otherwise);
			},
			note: what => this.#notes.push(what),
		};
	}

	/** Waits for `work`, unless the program ends and was not meant to. */
	async #untilTheEnd(work: Promise<void>, endsHost: boolean): Promise<void> {
		if (endsHost) return work;
		const ended = this.#host.ended.then(() => {
			throw new Error(describeEnd(this.#host));
		});
		work.catch(() => {});
		await Promise.race([work, ended]);
	}

	/** Takes the figures; until they are no more than `before`, which is given some time. */
	async #settle(before?: Figures): Promise<Figures | undefined> {
		const deadline = performance.now() + settleMs;
		for (;;) {
			await sleep(100);
			const files = usageOf(this.#host.pid)?.files ?? 0;
			const isLate = performance.now() > deadline;
			if (before !== undefined && files > before.files && !isLate) continue;
			const figures = await figuresOf(this.#host);
			if (before === undefined || isLate || differences(before, figures).length === 0) return figures;
		}
	}

	#judgeTalk(faults: Parameters<typeof describeFaults>[0]): void {
		const fault = describeFaults(faults);
		if (fault !== undefined) this.#problems.push(`of the talkers' lines: ${fault}`);
		const {serverLines} = this.#talkers;
		if (serverLines.length > 0 && !this.#talkers.isEndExpected)
			this.#problems.push(`a talker read ${serverLines[0]}`);
		const p99 = this.#talkers.p99() ?? 0;
		if (this.#options.judgesDelay && p99 >= mostDelayMs)
			this.#problems.push(`the talkers' lines took ${p99.toFixed(1)} ms (p99), may take ${mostDelayMs}`);
	}

	#judgeFigures(before: Figures | undefined, after: Figures | undefined): void {
		if (before !== undefined && after !== undefined) this.#problems.push(...differences(before, after));
	}

	/** The program has to be there still, and to end in good order when it is asked to. */
	async #judgeEnd(): Promise<void> {
		if (this.#case.endsHost) return;
		const early = describeEnd(this.#host);
		const {code, signal} = await this.#host.stop();
		if (early !== undefined) this.#problems.push(early);
		else if (code !== 0) this.#problems.push(`on SIGTERM it ended with ${signal ?? `code ${code}`}`);
	}

	#describe(): string {
		const seconds = ((performance.now() - this.#startedAt) / 1000).toFixed(0);
		return `${this.#case.id} ${this.#case.name}: ${describeCounts(this.counts) || '…'} (${seconds} s)`;
	}
}

const describeEnd = (host: Host | undefined): string | undefined => {
	if (host?.exit === undefined) return undefined;
	const {code, signal} = host.exit;
	return [`the program ended with ${signal ?? `code ${code}`}`, ...host.log.slice(-5)].join('; ');
};

/** What has not come back to what it was. */
const differences = (before: Figures, after: Figures | undefined): string[] => {
	if (after === undefined) return [];
	const found: string[] = [];
	const growth = (after.heapBytes ?? 0) - (before.heapBytes ?? 0);
	if (growth > mostGrowth) found.push(`the heap has grown by ${(growth / 1024).toFixed(0)} KiB`);
	if (after.files !== before.files) found.push(`${before.files} descriptors have become ${after.files}`);
	if (after.resources !== before.resources)
		found.push(`${before.resources} active resources have become ${after.resources}`);
	return found;
};

/** Counts in words. Those named `bytes` are told in MB. */
export const describeCounts = (counts: Counts): string =>
	Object.entries(counts)
		.map(([what, count]) =>
			what === 'bytes' ? `${(count / 1e6).toFixed(1)} MB` : `${count.toLocaleString('en')} ${what}`,
		)
		.join(', ');
