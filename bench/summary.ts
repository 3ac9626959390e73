import {describeFaults} from './load/faults.ts';
import type {Measurement} from './measure.ts';
import type {Options} from './options.ts';
import type {Scenario} from './scenarios.ts';
import {highest, known, median} from './statistics.ts';

/** One server in one scenario over all rounds. Medians, where nothing else is said. */
export type Row = {
	readonly scenario: string;
	readonly title: string;
	readonly server: string;
	readonly value: number | undefined;
	readonly unit: string;
	readonly digits: number;
	/** To the base in the same round: median, lowest, highest. */
	readonly ratio: number | undefined;
	readonly ratioRange: readonly [number, number] | undefined;
	/** In words, and whether it was reached; only for what is neither the base nor a reference. */
	readonly target: string | undefined;
	readonly isReached: boolean | undefined;
	readonly cpuPerMillion: number | undefined;
	/** The highest of all rounds. */
	readonly peakBytes: number | undefined;
	/** CPU of the server and of the load generator, in cores. */
	readonly serverLoad: number | undefined;
	readonly ownLoad: number | undefined;
	/** CPU of all other processes in cores, the highest of all rounds. */
	readonly otherLoad: number | undefined;
	readonly faults: readonly string[];
};

const references = ['plain', 'least'];

/** A row for each scenario and server, in their order. */
export function summarize(
	measurements: readonly Measurement[],
	scenarios: readonly Scenario[],
	options: Options,
): Row[] {
	return scenarios.flatMap(scenario =>
		options.servers.map(({name}) => {
			const mine = measurements.filter(one => one.scenario === scenario.name && one.server === name);
			return summarizeOne(mine, measurements, scenario, name, options.base);
		}),
	);
}

function summarizeOne(
	mine: readonly Measurement[],
	all: readonly Measurement[],
	scenario: Scenario,
	server: string,
	base: string,
): Row {
	const figures = mine.map(({finding}) => scenario.figure(finding));
	const ratios =
		scenario.isSpeed && server !== base ? known(mine.map(one => ratioTo(base, one, all, scenario))) : [];
	const value = median(known(figures.map(figure => figure.value)));
	const ratio = median(ratios);
	const exchanges = mine.map(({finding}) => finding.exchange);
	const peaks = known(mine.map(({finding}) => finding.exchange?.peakBytes ?? finding.idle?.peakBytes));
	return {
		scenario: scenario.name,
		title: scenario.title,
		server,
		value,
		unit: figures[0]?.unit ?? '',
		digits: figures[0]?.digits ?? 0,
		ratio,
		ratioRange: ratios.length > 0 ? [Math.min(...ratios), Math.max(...ratios)] : undefined,
		...judge(scenario, server, base, value, ratio),
		cpuPerMillion: median(known(exchanges.map(one => one?.cpuPerMillion))),
		peakBytes: highest(peaks),
		serverLoad: median(known(exchanges.map(one => one?.serverLoad))),
		ownLoad: median(known(exchanges.map(one => one?.ownLoad))),
		otherLoad: highest(known(exchanges.map(one => one?.otherLoad))),
		faults: [...new Set(mine.flatMap(({finding}) => describeFaults(finding.faults) ?? []))],
	};
}

function ratioTo(
	base: string,
	one: Measurement,
	all: readonly Measurement[],
	scenario: Scenario,
): number | undefined {
	const other = all.find(
		({scenario, server, round}) => scenario === one.scenario && server === base && round === one.round,
	);
	const value = scenario.figure(one.finding).value;
	const baseValue = other && scenario.figure(other.finding).value;
	return value && baseValue && value / baseValue;
}

function judge(
	{target}: Scenario,
	server: string,
	base: string,
	value: number | undefined,
	ratio: number | undefined,
): Pick<Row, 'target' | 'isReached'> {
	if (target === undefined || references.includes(server)) return {target: undefined, isReached: undefined};
	if ('below' in target) {
		return {target: `< ${target.below}`, isReached: value === undefined ? undefined : value < target.below};
	}
	// The targets are ratios to the plain reference and say nothing about any other base.
	if (base !== 'plain') return {target: undefined, isReached: undefined};
	return {target: `≥ ${target.ratio} ×`, isReached: ratio === undefined ? undefined : ratio >= target.ratio};
}
