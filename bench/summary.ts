import type {Figure, Findings} from './figures.ts';
import {describeFaults} from './load/faults.ts';
import type {Measurement} from './measure.ts';
import type {Contestant, Options} from './options.ts';
import type {Scenario} from './scenario.ts';
import {highest, known, median} from './statistics.ts';
import {judge, type Verdict} from './targets.ts';

/** One figure of one server over all rounds. Medians, where nothing else is said. */
export type Row = {
	/** The name of the figure, which is that of the scenario if it has no other. */
	readonly scenario: string;
	readonly title: string;
	readonly server: string;
	/** Whether it is of a scenario of a-chat/1, in which others take part. */
	readonly isOfHosts?: boolean;
	/** Whom the ratio is to. */
	readonly base?: string | undefined;
	readonly value: number | undefined;
	readonly unit: string;
	readonly digits: number;
	/** To the base in the same round: median, lowest, highest. */
	readonly ratio: number | undefined;
	readonly ratioRange: readonly [number, number] | undefined;
	/** In words, and whether all were reached; not for references and servers of other dialects. */
	readonly target: string | undefined;
	readonly isReached: boolean | undefined;
	/** The same one by one. */
	readonly verdicts: readonly Verdict[];
	readonly cpuPerMillion: number | undefined;
	/** The highest of all rounds. */
	readonly peakBytes: number | undefined;
	/** CPU of the server and of the load generator, in cores. */
	readonly serverLoad: number | undefined;
	readonly ownLoad: number | undefined;
	/** CPU of all other processes in cores, the highest of all rounds. */
	readonly otherLoad: number | undefined;
	/** Whether the load was of a fixed size, so that nobody has to have been busy. */
	readonly isPaced: boolean;
	/** How late the load generator was itself, p99 in ms, and how long the messages took, p99. */
	readonly lateness: {readonly late: number; readonly took: number} | undefined;
	readonly faults: readonly string[];
};

const references = ['plain', 'least', 'single', 'readline'];

/** A row for each figure and server, in their order. */
export function summarize(
	measurements: readonly Measurement[],
	scenarios: readonly Scenario[],
	options: Options,
): Row[] {
	const book = new Book(measurements);
	return scenarios.flatMap(scenario =>
		scenario.figures.flatMap((figure, i) =>
			[...options.servers, ...options.hosts]
				.filter(({name}) => book.has(scenario, name))
				.map(server => summarizeOne(book, scenario, figure, server, options, i === 0)),
		),
	);
}

function summarizeOne(
	book: Book,
	scenario: Scenario,
	figure: Figure,
	server: Contestant,
	options: Options,
	isMain: boolean,
): Row {
	const {name, title, unit, digits} = figure;
	const findings = book.findings(scenario, server.name);
	const value = median(known(findings.map(figure.value)));
	const ratios = (other: string, isCpu: boolean) =>
		server.name === other ? [] : book.ratios(scenario, isCpu ? cpu : figure.value, server.name, other);
	const isOfHosts = scenario.hosts !== undefined;
	const base = isOfHosts ? scenario.base : options.base;
	const toBase = figure.hasRatio && base !== undefined ? ratios(base, false) : [];
	const isJudged =
		figure.judged === undefined
			? !references.includes(server.name) && !server.isIrc
			: figure.judged === server.name;
	const ratioTo = (other: string, isCpu: boolean) => median(ratios(other, isCpu));
	const verdicts = isJudged ? figure.targets.flatMap(one => judge(one, {value, ratioTo}) ?? []) : [];
	const reached = verdicts.flatMap(({isReached}) => isReached ?? []);
	// What is not of the figure but of the run is told once.
	const runs = isMain ? findings.map(({finding}) => finding) : [];
	const late = median(known(runs.map(({latency}) => latency?.late.p99)));
	const took = median(known(runs.map(({latency}) => latency?.took.p99)));
	return {
		scenario: name,
		title,
		server: server.name,
		isOfHosts,
		base,
		value,
		unit,
		digits,
		ratio: median(toBase),
		ratioRange: toBase.length > 0 ? [Math.min(...toBase), Math.max(...toBase)] : undefined,
		target: verdicts.length > 0 ? verdicts.map(({text}) => text).join(', ') : undefined,
		isReached: reached.length > 0 ? reached.every(Boolean) : undefined,
		verdicts,
		cpuPerMillion: median(known(runs.map(({exchange}) => exchange?.cpuPerMillion))),
		peakBytes: highest(known(runs.map(({exchange, idle}) => exchange?.peakBytes ?? idle?.peakBytes))),
		serverLoad: median(known(runs.map(({exchange}) => exchange?.serverLoad))),
		ownLoad: median(known(runs.map(({exchange}) => exchange?.ownLoad))),
		otherLoad: highest(known(runs.map(({exchange}) => exchange?.otherLoad))),
		isPaced: scenario.isPaced,
		lateness: late === undefined || took === undefined ? undefined : {late, took},
		faults: isMain ? [...new Set(findings.flatMap(faultsOf))] : [],
	};
}

const cpu = ({finding}: Findings): number | undefined => finding.exchange?.cpuPerMillion;

function faultsOf({finding, control}: Findings): string[] {
	return [finding, control].flatMap(one => (one && describeFaults(one.faults)) ?? []);
}

/** Finds measurements. */
class Book {
	readonly #measurements: readonly Measurement[];

	constructor(measurements: readonly Measurement[]) {
		this.#measurements = measurements;
	}

	has(scenario: Scenario, server: string): boolean {
		return this.#find(scenario, server).length > 0;
	}

	/** One for each round. */
	findings(scenario: Scenario, server: string): Findings[] {
		return this.#find(scenario, server).map(({round, finding, control}) => ({
			finding,
			control,
			of: (name, other = server) =>
				this.#measurements.find(one => one.round === round && one.server === other && one.scenario === name)
					?.finding,
		}));
	}

	/** One for each round in which both servers have a value. */
	ratios(
		scenario: Scenario,
		value: (findings: Findings) => number | undefined,
		server: string,
		other: string,
	): number[] {
		const others = this.findings(scenario, other);
		return this.findings(scenario, server).flatMap((mine, i) => {
			const theirs = others[i];
			const [above, below] = [value(mine), theirs && value(theirs)];
			return above === undefined || !below ? [] : [above / below];
		});
	}

	#find({name}: Scenario, server: string): Measurement[] {
		return this.#measurements.filter(one => one.scenario === name && one.server === server);
	}
}
