import {expect, test} from 'vitest';
import {noFaults} from '../../bench/load/faults.ts';
import type {Finding} from '../../bench/load/generate.ts';
import type {Measurement} from '../../bench/measure.ts';
import {type Options, readOptions} from '../../bench/options.ts';
import {notes, report} from '../../bench/report.ts';
import type {Scenario} from '../../bench/scenario.ts';
import {scenarios} from '../../bench/scenarios.ts';
import {type Row, summarize} from '../../bench/summary.ts';

/** Options with a server for each of these names. */
function optionsFor(...names: string[]): Options {
	const options = readOptions(names.flatMap(name => ['--server', `${name}=node ${name}.js {port}`]));
	if (options === undefined) throw new Error('there are no options');
	return options;
}

function find(name: string): Scenario {
	const scenario = scenarios.find(one => one.name === name);
	if (scenario === undefined) throw new Error(`there is no ${name}`);
	return scenario;
}

/** A finding of so many messages in a second, each with so many CPU seconds per million. */
function exchanged(delivered: number, cpuPerMillion = 1): Finding {
	const load = {peakBytes: 2 ** 20, serverLoad: 1, ownLoad: 0.5, otherLoad: 0};
	return {faults: noFaults(), exchange: {delivered, seconds: 1, cpuPerMillion, ...load}};
}

/** A finding whose messages took so many ms each. */
function timed(ms: number, lateMs: number, grownBytes: number): Finding {
	const all = (took: number) => ({count: 1, p50: took, p99: took, p999: took, highest: took});
	return {
		...exchanged(1000),
		latency: {took: all(ms), late: all(lateMs)},
		stalled: {cutAfter: undefined, grownBytes, seconds: 1},
	};
}

function rowsOf(measurements: readonly Measurement[], names: readonly string[], servers: string[]): Row[] {
	return summarize(measurements, names.map(find), optionsFor(...servers));
}

test('ratios are of the same round, figures are medians, and every target of a scenario counts', () => {
	const scenario = 'pairs-100-32';
	const perRound = [
		{ours: 6000, plain: 1000, least: 8000},
		{ours: 14_000, plain: 2000, least: 16_000},
		{ours: 800, plain: 100, least: 1000},
	];
	const measurements = perRound.flatMap((round, i) =>
		Object.entries(round).map(([server, delivered]) => ({
			round: i + 1,
			scenario,
			server,
			finding: exchanged(delivered),
		})),
	);
	const rows = rowsOf(measurements, [scenario], ['ours', 'plain', 'least']);
	expect(rows.map(({server, value, ratio, target}) => [server, value, ratio, target])).toEqual([
		['ours', 6, 7, '≥ 6 × plain, ≥ 0.85 × least, CPU ≤ 0.17 × plain'],
		['plain', 1, undefined, undefined],
		['least', 8, 8, undefined],
	]);
	expect(rows[0]?.ratioRange).toEqual([6, 8]);
	expect(rows[0]?.verdicts.map(({ratio, isReached}) => [ratio, isReached])).toEqual([
		[7, true],
		[0.8, false],
		[1, false],
	]);
	expect(rows[0]?.isReached).toBe(false);
	expect(notes(rows)).toContain('pairs, 100 clients, 32 bytes, ours: to reach ≥ 0.85 × least, it is 0.80 ×');
});

test('how a cost grows is told from another scenario of the same round', () => {
	const measurements = [
		{round: 1, scenario: 'pairs-100-32', server: 'ours', finding: exchanged(1, 0.2)},
		{round: 1, scenario: 'pairs-1000-32', server: 'ours', finding: exchanged(1, 0.3)},
	];
	const rows = rowsOf(measurements, ['pairs-1000-32'], ['ours']);
	expect(rows.map(({scenario, value, isReached}) => [scenario, value, isReached])).toEqual([
		['pairs-1000-32', 0.001, undefined],
		['growth-clients-32', expect.closeTo(1.5), false],
	]);
});

test('a peer that never reads is compared with one that does', () => {
	const finding = timed(3, 0, 100 * 2 ** 20);
	const control = timed(2, 0, 90 * 2 ** 20);
	const rows = rowsOf(
		[{round: 1, scenario: 'stalled', server: 'ours', finding, control}],
		['stalled'],
		['ours'],
	);
	expect(rows.map(({scenario, value, isReached}) => [scenario, value, isReached])).toEqual([
		['stalled-memory', 10, false],
		['stalled-p99', 1.5, false],
		['stalled-cut', undefined, false],
	]);
});

test('faults of a run are told once, those of its control as well', () => {
	const control = {...timed(1, 0, 0), faults: {...noFaults(), lost: 2}};
	const finding = timed(1, 0, 0);
	const rows = rowsOf(
		[{round: 1, scenario: 'stalled', server: 'ours', finding, control}],
		['stalled'],
		['ours'],
	);
	expect(rows.map(({faults}) => faults)).toEqual([['2 lost'], [], []]);
});

test('a generator that was late itself says so', () => {
	const measure = (lateMs: number) =>
		notes(
			rowsOf(
				[{round: 1, scenario: 'latency', server: 'ours', finding: timed(2, lateMs, 0)}],
				['latency'],
				['ours'],
			),
		);
	expect(measure(0.4)).toEqual([]);
	expect(measure(0.6).join()).toContain('p99 is 2.00 ms, and the load generator itself was 0.60 ms late');
});

test('a least server that is not fast enough is called no measure', () => {
	const measure = (delivered: number) =>
		[
			{round: 1, scenario: 'fan-out-100', server: 'plain', finding: exchanged(1000)},
			{round: 1, scenario: 'fan-out-100', server: 'least', finding: exchanged(delivered)},
		] satisfies Measurement[];
	const told = (delivered: number) => notes(rowsOf(measure(delivered), ['fan-out-100'], ['plain', 'least']));
	expect(told(5500)).toEqual([]);
	expect(told(5400)).toEqual(['fan-out-100: least is 5.40 × plain; below 5.5 × it is no measure for others']);
});

test('the names of all figures differ, and every row has its place in the table', () => {
	const names = scenarios.flatMap(({figures}) => figures.map(({name}) => name));
	expect(new Set(names).size).toBe(names.length);
	const rows = rowsOf(
		[{round: 1, scenario: 'latency', server: 'ours', finding: timed(2, 0, 0)}],
		['latency'],
		['ours'],
	);
	expect(report(rows).split('\n')).toHaveLength(4);
});

test('what a host does is compared with what another server did in the same round', () => {
	const measurements = [1, 2].flatMap(round => [
		{round, scenario: 'extended-pairs', server: 'memory', finding: exchanged(6000 / round, 6)},
		{round, scenario: 'extended-pairs-plain', server: 'readline', finding: exchanged(8000 / round, 2)},
	]);
	const rows = rowsOf(measurements, ['extended-pairs'], ['plain']);
	expect(rows.map(({scenario, server, value, isReached}) => [scenario, server, value, isReached])).toEqual([
		['extended-pairs', 'memory', 4.5, undefined],
		['extended-pairs-rate', 'memory', 0.75, true],
		['extended-pairs-cpu', 'memory', 3, false],
		['extended-pairs-own', 'memory', undefined, undefined],
	]);
});
