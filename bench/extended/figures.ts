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

/** How many messages a second there were by how many there are in the scenario `other` of the same round. */
export function rateTo(named: Named, other: string, targets: readonly Target[], judged: string): Figure {
	const value = ({finding, of}: Findings) => {
		const others = of(other);
		return others && quotient(thousandsPerSecond(finding), thousandsPerSecond(others));
	};
	return {...named, unit: '×', digits: 3, hasRatio: false, targets, judged, value};
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
