import {setTimeout as sleep} from 'node:timers/promises';
import {Assault} from './assault.ts';
import type {Case, Stage} from './case.ts';
import {Host} from './host.ts';
import {describeEnd, judgeFigures, judgeTalk} from './judge.ts';
import {type Figures, figuresOf, usageOf} from './probes.ts';
import {describeCounts} from './scene.ts';
import {Talkers} from './talkers.ts';

export type PerformOptions = {
	/** Starts the program, see `Host.start`. */
	readonly command: string;
	readonly isQuick: boolean;
	readonly minutes: number;
	/** Whether the talkers' delay counts: not where the machine has other things to do. */
	readonly judgesDelay: boolean;
	/** Told about twice a second what is going on. */
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

/** What the program gets to be as it was before, in ms, and from when on the row tells that it took so long. */
const settleMs = 5000;
const longMs = 1000;

/** How long the end of the program may come after what it does to others, in ms. */
const afterwordMs = 500;

/** Starts the program, has three people talk, runs a case, and judges what came of it. */
export const perform = async (what: Case, options: PerformOptions): Promise<Outcome> => {
	const {id, name, flags, setUp} = what;
	const needsFlags = flags !== undefined && !options.command.includes('{flags}');
	const obstacle = what.obstacle?.() ?? (needsFlags ? 'the command has no {flags}' : undefined);
	if (obstacle !== undefined) return {id, name, tried: '', problems: [], skipped: obstacle};
	const show = new Show(what, options);
	let host: Host | undefined;
	let talkers: Talkers | undefined;
	try {
		host = await Host.start({
			command: options.command,
			...(flags === undefined ? {} : {flags}),
			...(setUp === undefined ? {} : {setUp}),
		});
		talkers = await Talkers.start(host.port);
		return await show.run(host, talkers);
	} catch (error) {
		// If an attack fails because the program ends, that is sometimes known a moment later.
		if (host !== undefined) await Promise.race([host.ended, sleep(afterwordMs)]);
		show.problems.push((host && describeEnd(host)) ?? (error as Error).message);
		return {id, name, tried: show.tried, problems: show.problems};
	} finally {
		show.end();
		talkers?.leave();
		host?.signal('SIGKILL');
	}
};

/** One case on its stage. */
class Show {
	readonly problems: string[] = [];
	readonly #case: Case;
	readonly #options: PerformOptions;
	readonly #notes: string[] = [];
	readonly #assaults: Assault[] = [];
	readonly #timer: NodeJS.Timeout;

	constructor(what: Case, options: PerformOptions) {
		this.#case = what;
		this.#options = options;
		const startedAt = performance.now();
		this.#timer = setInterval(() => {
			const seconds = ((performance.now() - startedAt) / 1000).toFixed(0);
			options.tell(`${what.id} ${what.name}: ${this.tried || '…'} (${seconds} s)`);
		}, 500);
	}

	async run(host: Host, talkers: Talkers): Promise<Outcome> {
		const {id, name, warmUp, run, endsHost = false, mostGrowth} = this.#case;
		const stage = this.#stageOf(host, talkers);
		await warmUp?.(stage);
		this.#assaults.length = 0;
		const before = await settle(host, 0);
		const startedAt = performance.now();
		const [usage, own] = [usageOf(host.pid), usageOf(process.pid)];
		talkers.time(true);
		await untilTheEnd(run(stage), host, endsHost);
		talkers.time(false);
		const seconds = (performance.now() - startedAt) / 1000;
		const [usageNow, ownNow] = [usageOf(host.pid), usageOf(process.pid)];
		const difference = (key: 'cpuSeconds' | 'waitedSeconds', now = usageNow, then = usage) =>
			(now?.[key] ?? Number.NaN) - (then?.[key] ?? 0);
		const settlesAt = performance.now();
		const after = endsHost ? undefined : await settle(host, settleMs, before, mostGrowth);
		const settledMs = performance.now() - settlesAt;
		if (settledMs > longMs) this.#notes.push(`as before after ${(settledMs / 1000).toFixed(1)} s`);
		await talkers.finish();
		const theirs = difference('waitedSeconds', ownNow, own).toFixed(1);
		const programs = endsHost ? '' : `the program waited ${difference('waitedSeconds').toFixed(1)} s and `;
		const waited = `for a core, ${programs}the talkers waited ${theirs} s`;
		this.problems.push(
			...judgeTalk(talkers, this.#options.judgesDelay, waited),
			...judgeFigures(before, after, mostGrowth),
		);
		talkers.leave();
		if (!endsHost) await this.#judgeEnd(host);
		return {
			id,
			name,
			tried: this.tried,
			problems: this.problems,
			p99Ms: talkers.p99(),
			before,
			after,
			cpuSeconds: difference('cpuSeconds'),
			seconds,
		};
	}

	/** What all attacks together have done so far, in words. */
	get tried(): string {
		const sum: Record<string, number> = {};
		for (const {counts} of this.#assaults) {
			for (const [what, count] of Object.entries(counts)) sum[what] = (sum[what] ?? 0) + count;
		}
		return [...this.#notes, describeCounts(sum)].filter(Boolean).join(', ');
	}

	/** Stops all attacks that may still run. */
	end(): void {
		clearInterval(this.#timer);
		for (const assault of this.#assaults) assault.stop();
	}

	#stageOf(host: Host, talkers: Talkers): Stage {
		const {isQuick, minutes, judgesDelay} = this.#options;
		return {
			host,
			talkers,
			isQuick,
			minutes,
			attack: async (name, sizes, onPhase = async () => true) => {
				const assault = new Assault(name, host.port, sizes, judgesDelay && !isQuick);
				this.#assaults.push(assault);
				for (;;) {
					const phase = await assault.nextPhase();
					if (phase === undefined) break;
					assault.answer((await onPhase(phase)) !== false);
				}
				this.problems.push(...(await assault.ended));
			},
			expect: (isRight, otherwise) => {
				if (!isRight) this.problems.push(otherwise);
			},
			note: what => this.#notes.push(what),
		};
	}

	/** The program has to be there still, and to end in good order when it is asked to. */
	async #judgeEnd(host: Host): Promise<void> {
		const early = describeEnd(host);
		const {code, signal} = await host.stop();
		if (early !== undefined) this.problems.push(early);
		else if (code !== 0) this.problems.push(`on SIGTERM it ended with ${signal ?? `code ${code}`}`);
	}
}

/** Waits for `work`; rejects when the program ends and was not meant to. */
const untilTheEnd = async (work: Promise<void>, host: Host, endsHost: boolean): Promise<void> => {
	if (endsHost) return work;
	const ended = host.ended.then(() => {
		throw new Error(describeEnd(host));
	});
	// One of the two comes too late to be waited for.
	work.catch(() => {});
	ended.catch(() => {});
	await Promise.race([work, ended]);
};

/** Takes the figures; until they have come back to those `before`, which is given some time. */
const settle = async (
	host: Host,
	patience: number,
	before?: Figures,
	mostGrowth?: number,
): Promise<Figures | undefined> => {
	const deadline = performance.now() + patience;
	// A look takes a collection of its garbage: where something stays, it is not to be kept busy with that.
	for (let pauseMs = 100; ; pauseMs *= 1.3) {
		await sleep(pauseMs);
		const isLate = performance.now() > deadline;
		if (before !== undefined && (usageOf(host.pid)?.files ?? 0) > before.files && !isLate) continue;
		const figures = await figuresOf(host);
		if (isLate || judgeFigures(before, figures, mostGrowth).length === 0) return figures;
	}
};
