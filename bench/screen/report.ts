import {known, median} from '../statistics.ts';
import {table} from '../table.ts';
import {type Figure, figures} from './figures.ts';
import type {Findings} from './findings.ts';

/** A row as it is printed, and for a file. */
export type Row = {
	readonly figure: string;
	readonly title: string;
	/** Medians by the name of the screen, and the ratio of the first screen to each other one. */
	readonly values: Readonly<Record<string, number | undefined>>;
	readonly ratios: Readonly<Record<string, number | undefined>>;
	readonly atMost: number | undefined;
	/** Whether the first screen reaches what it has to. */
	readonly isReached: boolean | undefined;
};

/** The rows of all figures that there are values of; `screens` are names, the first is the one that is judged. */
export function summarize(findings: Findings, screens: readonly string[]): Row[] {
	const [judged = ''] = screens;
	return figures.flatMap(({name, title, atMost}) => {
		const values = Object.fromEntries(screens.map(screen => [screen, median(findings.of(name, screen))]));
		if (known(Object.values(values)).length === 0) return [];
		const own = values[judged];
		const others = screens.slice(1).map(screen => [screen, ratio(own, values[screen])] as const);
		const isReached = atMost === undefined || own === undefined ? undefined : own <= atMost;
		return [{figure: name, title, values, ratios: Object.fromEntries(others), atMost, isReached}];
	});
}

function ratio(value: number | undefined, other: number | undefined): number | undefined {
	return value === undefined || !other ? undefined : value / other;
}

/** The table, with faults and notes below it. */
export function report(rows: readonly Row[], screens: readonly string[], findings: Findings): string {
	const head = ['screen', screens[0] ?? '', 'to reach', '', ...screens.slice(1).flatMap(name => [name, ''])];
	const lines = rows.map(({figure, title, values, ratios, atMost, isReached}) => {
		const shape = figures.find(({name}) => name === figure);
		const cell = (value: number | undefined) => (shape === undefined ? '' : written(value, shape));
		const [first = '', ...others] = screens;
		return [
			title,
			cell(values[first]),
			atMost === undefined ? '' : `≤ ${atMost}`,
			isReached === undefined ? '' : isReached ? 'reached' : 'missed',
			...others.flatMap(name => [
				cell(values[name]),
				ratios[name] === undefined ? '' : `${round(ratios[name])} ×`,
			]),
		];
	});
	const faults = findings.faults.map(({screen, what}) => `FAULT: ${screen}: ${what}`);
	return [table(head, lines), '', ...measuring(findings, screens), ...findings.notes, ...faults].join('\n');
}

const written = (value: number | undefined, {digits, unit}: Figure): string =>
	value === undefined ? '' : `${value.toFixed(digits)} ${unit}`.trimEnd();

const round = (value: number): string => value.toFixed(value < 10 ? 2 : 0);

/** How far from being the limit the measurement itself was. */
function measuring({values}: Findings, screens: readonly string[]): string[] {
	return screens.flatMap(screen => {
		const highest = (suffix: string) =>
			[...values]
				.filter(([name]) => name.endsWith(suffix))
				.flatMap(([name, ofScreens]) => {
					const value = median(ofScreens.get(screen) ?? []);
					return value === undefined ? [] : [{name: name.slice(0, -suffix.length), value}];
				})
				.toSorted((a, b) => b.value - a.value)[0];
		const [own, emulator] = [highest('-own'), highest('-emulator')];
		if (own === undefined) return [];
		const weight =
			emulator &&
			`; the emulator takes ${emulator.value.toFixed(0)} ms for a MiB of output (${emulator.name})`;
		return [
			`${screen}: the measuring process was busy for ${own.value.toFixed(0)} % of the time at most (${own.name})${weight ?? ''}`,
		];
	});
}
