import {highest, known} from './statistics.ts';
import type {Row} from './summary.ts';
import {table} from './table.ts';
import type {Verdict} from './targets.ts';

const head = [
	'scenario',
	'server',
	'figure',
	'ratio',
	'(range)',
	'target',
	'',
	'CPU s/million',
	'peak MiB',
	'load',
	'generator',
];

// At this share of a core the generator has little left; if the server still had some, it could have done more.
const limitLoad = 0.95;

// Whoever else takes more of the machine than this is in the way.
const quietLoad = 0.25;

// A generator that is itself late by this share of what it measured is in it.
const lateShare = 0.25;

const leastRatios: Readonly<Record<string, number>> = {'pairs-100-32': 6.5, 'fan-out-100': 5.5};

/** The table of all rows, with notes below on what is to be known about single ones. */
export function report(rows: readonly Row[]): string {
	let last = '';
	const cells = rows.map(row => {
		const title = row.title === last ? '' : row.title;
		last = row.title;
		return [
			title,
			row.server,
			row.value === undefined ? '' : `${row.value.toFixed(row.digits)} ${row.unit}`,
			row.ratio === undefined ? '' : `${row.ratio.toFixed(2)} ×`,
			row.ratioRange?.map(ratio => ratio.toFixed(2)).join('–') ?? '',
			row.target ?? '',
			verdict(row),
			row.cpuPerMillion?.toFixed(2) ?? '',
			row.peakBytes === undefined ? '' : (row.peakBytes / 2 ** 20).toFixed(0),
			row.serverLoad?.toFixed(2) ?? '',
			row.ownLoad?.toFixed(2) ?? '',
		];
	});
	return [table(head, cells), ...notes(rows)].join('\n');
}

function verdict({isReached, faults}: Row): string {
	if (faults.length > 0) return 'FAULTS';
	if (isReached === undefined) return '';
	return isReached ? 'reached' : 'missed';
}

/** What is to be known about single figures, and about all of them. */
export function notes(rows: readonly Row[]): string[] {
	const others = highest(known(rows.map(({otherLoad}) => otherLoad))) ?? 0;
	const isDisturbed = others > quietLoad;
	const disturbance = `Other programs took up to ${others.toFixed(2)} cores while the clock ran: measure again.`;
	return [...(isDisturbed ? [disturbance] : []), ...doubts(rows), ...rows.flatMap(notesOnOne)];
}

function notesOnOne(row: Row): string[] {
	const where = `${row.title}, ${row.server}`;
	const {serverLoad, ownLoad, otherLoad = 0, isPaced, lateness} = row;
	const isLimit = !isPaced && ownLoad !== undefined && ownLoad >= limitLoad && (serverLoad ?? 0) < limitLoad;
	const isWaiting =
		!isPaced && otherLoad < quietLoad && serverLoad !== undefined && Math.max(serverLoad, ownLoad ?? 0) < 0.8;
	const isLate = lateness !== undefined && lateness.late > lateness.took * lateShare;
	return [
		...row.faults.map(fault => `${where}: ${fault}`),
		// Files of older runs do not have it.
		...(row.verdicts ?? []).flatMap(verdict => describeMiss(where, verdict)),
		...(isLimit
			? [
					`${where}: the load generator was the limit, the server could do more (with more cores: --generators 2)`,
				]
			: []),
		...(isWaiting ? [`${where}: neither side was busy; the figure is one of waiting, compare the CPU`] : []),
		...(isLate
			? [
					`${where}: p99 is ${lateness.took.toFixed(2)} ms, and the load generator itself was ${lateness.late.toFixed(2)} ms late`,
				]
			: []),
	];
}

/** A miss of one of several targets, with the ratio that the table has no room for. */
function describeMiss(where: string, {text, ratio, isReached}: Verdict): string[] {
	if (isReached !== false || ratio === undefined) return [];
	return [`${where}: to reach ${text}, it is ${ratio.toFixed(2)} ×`];
}

/** *least* stands for the least that can be done only if it is so much faster than *plain*. */
function doubts(rows: readonly Row[]): string[] {
	return Object.entries(leastRatios).flatMap(([scenario, needed]) => {
		const [least, plain] = ['least', 'plain'].map(
			server => rows.find(row => row.scenario === scenario && row.server === server)?.value,
		);
		const ratio = least && plain && least / plain;
		if (!ratio || ratio >= needed) return [];
		return [
			`${scenario}: least is ${ratio.toFixed(2)} × plain; below ${needed} × it is no measure for others`,
		];
	});
}
