import {histories} from './steps/history.ts';
import {keysName, rates} from './steps/keys.ts';

/** A row of the table. */
export type Figure = {
	/** As in `Findings`. */
	readonly name: string;
	readonly title: string;
	readonly unit: string;
	readonly digits: number;
	/** What ours has to reach, in the same unit. */
	readonly atMost?: number;
};

const memory = (name: string, when: string, more: {atMost?: number} = {}): Figure[] => [
	{name: `${name}-rss`, title: `memory${when}: resident`, unit: 'MiB', digits: 0, ...more},
	{name: `${name}-pss`, title: `memory${when}: PSS`, unit: 'MiB', digits: 0},
];

function burst(count: number, atMost: number): Figure[] {
	const title = count.toLocaleString('en');
	return [
		{name: `burst-${count}`, title: `${title} at once`, unit: 's', digits: 2, atMost},
		{name: `burst-${count}-cpu`, title: `${title}: CPU of the screen`, unit: 's', digits: 2},
		{name: `burst-${count}-server-cpu`, title: `${title}: CPU of the server`, unit: 's', digits: 2},
		{name: `alone-${count}`, title: `${title} without a screen`, unit: 's', digits: 2},
	];
}

// What has to be reached while somebody types, by the name of the figure.
const keyTargets: Readonly<Record<string, number>> = {
	'keys-2000-cpu': 15,
	'wide-keys-500-cpu': 20,
};

function keys(isWide: boolean): Figure[] {
	return rates.flatMap(rate => {
		const name = keysName(rate, isWide);
		const title = `${isWide ? '200×60' : '80×24'}, ${rate === 0 ? 'idle' : `${rate}/s`}`;
		const cpuTarget = keyTargets[`${name}-cpu`];
		return [
			{name: `${name}-p50`, title: `key, ${title}: p50`, unit: 'ms', digits: 1, atMost: 4},
			{name: `${name}-p99`, title: `key, ${title}: p99`, unit: 'ms', digits: 1, atMost: 16},
			{
				name: `${name}-cpu`,
				title: `CPU, ${title}`,
				unit: '%',
				digits: 0,
				...(cpuTarget !== undefined && {atMost: cpuTarget}),
			},
			{name: `${name}-output`, title: `written, ${title}`, unit: 'KiB/s', digits: 1},
		];
	});
}

/** All figures, in the order of the table. */
export const figures: readonly Figure[] = [
	{name: 'start-node', title: 'node -e 0', unit: 'ms', digits: 0},
	{name: 'start-frame', title: 'start: first frame', unit: 'ms', digits: 0, atMost: 90},
	{name: 'start-frame-ratio', title: 'the same to node -e 0', unit: '×', digits: 2},
	{name: 'start-key', title: 'start: first key', unit: 'ms', digits: 0, atMost: 200},
	{name: 'start-key-ratio', title: 'the same to node -e 0', unit: '×', digits: 2},
	{name: 'first-message', title: 'start: message at the server', unit: 'ms', digits: 0, atMost: 300},
	...keys(false),
	...keys(true),
	...burst(10_000, 0.25),
	...burst(100_000, 2),
	{name: 'page-up', title: 'PageUp', unit: 'ms', digits: 1, atMost: 3},
	{name: 'resize', title: 'another size: until right', unit: 'ms', digits: 1, atMost: 16},
	{name: 'resize-wrong', title: 'wrong frames of 4 sizes', unit: '', digits: 0, atMost: 0},
	{name: 'paste-early', title: '40 lines pasted: sent early', unit: '', digits: 0, atMost: 0},
	{name: 'paste', title: 'at the server after Enter', unit: 'ms', digits: 0, atMost: 100},
	{name: 'reconnect', title: 'typed while away: after', unit: 's', digits: 2, atMost: 2},
	...memory('memory', '', {atMost: 80}),
	...memory('memory-10000', ' after 10,000'),
	...memory('memory-100000', ' after 100,000'),
	{name: `history-${histories.short}`, title: 'opens 100 messages', unit: 'ms', digits: 0},
	{name: `history-${histories.long}`, title: 'opens 1,000,000 messages', unit: 'ms', digits: 0},
	{name: 'history-ratio', title: 'the same to 100', unit: '×', digits: 2, atMost: 1.1},
];
