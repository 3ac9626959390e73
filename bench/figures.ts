import type {Finding} from './load/generate.ts';
import type {Target} from './targets.ts';

/** What a server did in the same round: in this scenario, in its control run, and what it or another one did in others. */
export type Findings = {
	readonly finding: Finding;
	readonly control: Finding | undefined;
	of(scenario: string, server?: string): Finding | undefined;
};

/** One figure of a scenario, which becomes a row of the table. */
export type Figure = {
	readonly name: string;
	readonly title: string;
	readonly unit: string;
	readonly digits: number;
	/** Whether a ratio to the base has a meaning. */
	readonly hasRatio: boolean;
	readonly targets: readonly Target[];
	/** The only server that the targets are for; left out, they are for all that are no references. */
	readonly judged?: string;
	value(findings: Findings): number | undefined;
};

type Named = Pick<Figure, 'name' | 'title'>;

/** Messages delivered, or clients connected, per second, in thousands. */
export function perSecond(named: Named, targets: readonly Target[] = [], digits = 0): Figure {
	const value = ({finding: {exchange}}: Findings) => exchange && exchange.delivered / exchange.seconds / 1000;
	return {...named, unit: 'k/s', digits, hasRatio: true, targets, value};
}

/** A percentile of how long messages took. */
export function took(named: Named, key: 'p50' | 'p99' | 'p999', targets: readonly Target[] = []): Figure {
	const value = ({finding}: Findings) => finding.latency?.took[key];
	return {...named, unit: 'ms', digits: 3, hasRatio: true, targets, value};
}

/** Memory of one idle connection. */
export function idleBytes(named: Named, targets: readonly Target[] = []): Figure {
	const value = ({finding}: Findings) => thousandth(finding.idle?.bytesPerConnection);
	return {...named, unit: 'KB', digits: 1, hasRatio: false, targets, value};
}

/** How much a message costs in CPU time, by how much it cost in the scenario `other` of the same round. */
export function growth(named: Named, other: string): Figure {
	const value = ({finding, of}: Findings) =>
		quotient(finding.exchange?.cpuPerMillion, of(other)?.exchange?.cpuPerMillion);
	return {...named, unit: '×', digits: 2, hasRatio: false, targets: [{within: [0.8, 1.2]}], value};
}

/** What becomes of a server, and of all others, by a peer that never reads; the control has one that does. */
export function stalledFigures(name: string): Figure[] {
	return [
		{
			name: `${name}-memory`,
			title: '64 MB to one who never reads: memory beyond that with a reader',
			unit: 'MiB',
			digits: 1,
			hasRatio: false,
			targets: [{below: 8}],
			value({finding, control}) {
				const [own = 0, usual] = [finding.stalled?.grownBytes, control?.stalled?.grownBytes];
				return usual === undefined ? undefined : (own - usual) / 2 ** 20;
			},
		},
		{
			name: `${name}-p99`,
			title: '64 MB to one who never reads: p99 of the others to that with a reader',
			unit: '×',
			digits: 2,
			hasRatio: false,
			targets: [{below: 1.2}],
			value: ({finding, control}) => quotient(finding.latency?.took.p99, control?.latency?.took.p99),
		},
		{
			name: `${name}-cut`,
			title: '64 MB to one who never reads: cut after',
			unit: 's',
			digits: 1,
			hasRatio: false,
			targets: [{exists: true}],
			value: ({finding}) => finding.stalled?.cutAfter,
		},
	];
}

function thousandth(value: number | undefined): number | undefined {
	return value === undefined ? undefined : value / 1000;
}

export function quotient(value: number | undefined, other: number | undefined): number | undefined {
	return value === undefined || !other ? undefined : value / other;
}
