import type {Measurement} from '../measure.ts';
import {known, median} from '../statistics.ts';
import type {Row} from '../summary.ts';
import type {Panel} from './chart.ts';

const percentiles = [
	['p50', 'p50'],
	['p99', 'p99'],
	['p99.9', 'p999'],
] as const;

/** A panel for each scenario that took the time of single messages: its percentiles, medians over the rounds. */
export function readLatencies(
	measurements: readonly Measurement[],
	rows: readonly Row[],
	servers: readonly string[],
): Panel[] {
	const timed = measurements.filter(({finding}) => finding.latency !== undefined);
	return [...Map.groupBy(timed, ({scenario}) => scenario)].map(([name, some]) => ({
		title: rows.find(({scenario}) => scenario === name)?.title ?? name,
		xName: 'percentile',
		yName: 'ms',
		steps: percentiles.map(([step]) => step),
		lines: servers.flatMap(server => {
			const mine = some.filter(one => one.server === server);
			const points = percentiles.flatMap(([step, key]) => {
				const value = median(known(mine.map(({finding}) => finding.latency?.took[key])));
				return value === undefined ? [] : [[step, value] as const];
			});
			return points.length === 0 ? [] : [{server, points}];
		}),
	}));
}
