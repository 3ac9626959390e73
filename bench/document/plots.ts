import type {Row} from '../summary.ts';
import {drawPanels, type Line, type Panel} from './chart.ts';
import type {Figures} from './figures.ts';

export type Plot = {
	readonly file: string;
	/** In words, for those who do not see it. */
	readonly title: string;
	readonly svg: string;
};

/** How a figure grows over rows whose names differ in one number, or in one of `steps`. */
type Growth = {
	readonly title: string;
	/** Of the names; its group is what differs. */
	readonly pattern: RegExp;
	readonly xName: string;
	readonly yName: string;
	readonly steps?: readonly string[];
	value(row: Row): number | undefined;
};

const families = [
	{title: 'pairs, texts of 32 bytes', pattern: /^pairs-(\d+)-32$/, xName: 'clients'},
	{title: 'pairs, texts of 448 bytes', pattern: /^pairs-(\d+)-448$/, xName: 'clients'},
	{title: 'fan-in', pattern: /^fan-in-(\d+)$/, xName: 'senders'},
	{title: 'fan-out', pattern: /^fan-out-(\d+)$/, xName: 'receivers'},
	{title: 'ping-pong', pattern: /^ping-pong-(\d+)$/, xName: 'clients'},
];

const speeds: readonly Growth[] = families.map(family => ({
	...family,
	yName: 'messages/s',
	value: perSecond,
}));

const connecting: Growth = {
	title: 'connecting',
	pattern: /^connecting-(\d+)$/,
	xName: 'clients',
	yName: 'connections/s',
	value: perSecond,
};

const cost = {yName: 'µs a message', value: ({cpuPerMillion}: Row) => cpuPerMillion};

const costs: readonly Growth[] = [
	...families.map(family => ({...family, ...cost})),
	{title: 'pairs of 100, names known', pattern: /^known-(\d+)$/, xName: 'names', ...cost},
	{title: 'pairs of 100, absent names written to', pattern: /^absent-(\d+)$/, xName: 'names', ...cost},
];

const latency: Growth = {
	title: '20,000 messages/s over 1,000 clients',
	pattern: /^latency-(p[\d.]+)$/,
	xName: 'percentile',
	yName: 'ms',
	steps: ['p50', 'p99', 'p99.9'],
	value: ({value}) => value,
};

const idle: Growth = {
	title: 'memory by idle connections',
	pattern: /^idle-(\d+)$/,
	xName: 'idle connections',
	yName: 'KB each',
	value: ({value}) => value,
};

/** The names of all plots that there can be. */
export const plotFiles = ['messages.svg', 'cpu.svg', 'latency.svg', 'connections.svg'] as const;

/** Draws whatever has at least two points to draw. */
export function drawPlots({rows, servers}: Figures): Plot[] {
	const draw = (growths: readonly Growth[]) =>
		growths.flatMap(growth => readPanel(growth, rows, servers) ?? []);
	const plots: readonly (readonly [(typeof plotFiles)[number], string, readonly Panel[]])[] = [
		['messages.svg', 'Messages delivered per second, by the number of clients', draw(speeds)],
		['cpu.svg', 'CPU time per message delivered, by the number of clients and of names known', draw(costs)],
		['latency.svg', 'Time from when a message was due until it had come', draw([latency])],
		[
			'connections.svg',
			'Connecting, and memory per idle connection, by their number',
			draw([connecting, idle]),
		],
	];
	return plots
		.filter(([, , panels]) => panels.length > 0)
		.map(([file, title, panels]) => ({file, title, svg: drawPanels(panels, servers)}));
}

function readPanel(growth: Growth, rows: readonly Row[], servers: readonly string[]): Panel | undefined {
	const {title, xName, yName, steps} = growth;
	const lines = servers.map(server => readLine(growth, rows, server)).filter(({points}) => points.length > 0);
	if (!lines.some(({points}) => points.length > 1)) return undefined;
	return {title, xName, yName, lines, ...(steps && {steps})};
}

function readLine({pattern, steps, value}: Growth, rows: readonly Row[], server: string): Line {
	const points = rows.flatMap(row => {
		const x = pattern.exec(row.scenario)?.[1];
		const y = value(row);
		if (row.server !== server || x === undefined || y === undefined) return [];
		return [[steps === undefined ? Number(x) : x, y] as const];
	});
	return {server, points: points.sort(([a], [b]) => Number(a) - Number(b))};
}

/** The unit of a speed is a thousand. */
function perSecond({value}: Row): number | undefined {
	return value === undefined ? undefined : value * 1000;
}
