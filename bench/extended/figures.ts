import {type Figure, type Findings, quotient} from '../figures.ts';
import type {Finding} from '../load/generate.ts';
import type {Percentiles} from '../load/percentiles.ts';
import type {Target} from '../targets.ts';

type Named = Pick<Figure, 'name' | 'title'>;

/** Messages acknowledged per second, in thousands. */
export function acknowledged(named: Named, targets: readonly Target[]): Figure {
	const value = ({finding}: Findings) => thousandsPerSecond(finding);
	return {...named, unit: 'k/s', digits: 1, hasRatio: true, targets, judged: 'disk', value};
}

/** A run of the same round to compare with: a scenario, and on which server if not on the same. */
type Other = {readonly scenario: string; readonly server?: string};

/** How many messages a second there were by how many there were in the `other` run. */
export function rateTo(named: Named, other: Other, targets: readonly Target[], judged: string): Figure {
	return quotientTo(named, other, thousandsPerSecond, {targets, judged});
}

/** The same for what a message cost in CPU time. */
export function cpuTo(named: Named, other: Other, targets: readonly Target[], judged: string): Figure {
	return quotientTo(named, other, ({exchange}) => exchange?.cpuPerMillion, {targets, judged});
}

function quotientTo(
	named: Named,
	{scenario, server}: Other,
	pick: (finding: Finding) => number | undefined,
	judgement: Pick<Figure, 'targets' | 'judged'>,
): Figure {
	const value = ({finding, of}: Findings) => {
		const other = of(scenario, server);
		return other && quotient(pick(finding), pick(other));
	};
	return {...named, unit: '×', digits: 3, hasRatio: false, ...judgement, value};
}

/** A percentile in ms; how long something took that `pick` finds. */
export function percentile(
	named: Named,
	pick: (finding: Finding) => Percentiles | undefined,
	key: 'p50' | 'p99',
	targets: readonly Target[] = [],
): Figure {
	const value = ({finding}: Findings) => pick(finding)?.[key];
	return {...named, unit: 'ms', digits: 2, hasRatio: false, targets, judged: 'disk', value};
}

/** The same by another one of the same run. */
export function slowdown(
	named: Named,
	pick: (finding: Finding) => readonly [Percentiles, Percentiles] | undefined,
	key: 'p50' | 'p99',
	targets: readonly Target[] = [],
): Figure {
	const value = ({finding}: Findings) => {
		const [above, below] = pick(finding) ?? [];
		return quotient(above?.[key], below?.[key]);
	};
	return {...named, unit: '×', digits: 2, hasRatio: false, targets, judged: 'disk', value};
}

/** From before the host's process was made until it accepted connections. */
export function readiness(named: Named, targets: readonly Target[]): Figure {
	const value = ({finding: {readyMs}}: Findings) => readyMs;
	return {...named, unit: 'ms', digits: 0, hasRatio: false, targets, judged: 'disk', value};
}

function thousandsPerSecond({exchange}: Finding): number | undefined {
	return exchange && exchange.delivered / exchange.seconds / 1000;
}
