import {extendedScenarios} from './extended/scenarios.ts';
import {growth, idleBytes, perSecond, stalledFigures, took} from './figures.ts';
import {type Scenario, scenario, type Traits} from './scenario.ts';
import type {Target} from './targets.ts';

function pairs(clients: number, bytes: number, targets: readonly Target[], more: Traits = {}): Scenario {
	const title = `pairs, ${count(clients)} clients, ${bytes} bytes`;
	const figures = (named: {name: string; title: string}) => [
		perSecond(named, targets),
		...(clients === 1000
			? [
					growth(
						{
							name: `growth-clients-${bytes}`,
							title: `CPU of a message, 1,000 clients to 100, ${bytes} bytes`,
						},
						`pairs-100-${bytes}`,
					),
				]
			: []),
	];
	const flags = ['--bytes', String(bytes)];
	return scenario(`pairs-${clients}-${bytes}`, title, 'pairs', clients, figures, {
		flags,
		canShare: true,
		...more,
	});
}

function fanOut(receivers: number, targets: readonly Target[]): Scenario {
	const title = `fan-out to ${count(receivers)}`;
	return scenario(`fan-out-${receivers}`, title, 'fan-out', receivers, named => [perSecond(named, targets)]);
}

function pingPong(clients: number, more: Traits = {}): Scenario {
	const title = `ping-pong, ${count(clients)} clients`;
	const figures = (named: {name: string; title: string}) => [
		perSecond(named, [{atLeast: 0.95, of: 'plain'}]),
	];
	return scenario(`ping-pong-${clients}`, title, 'ping-pong', clients, figures, {canShare: true, ...more});
}

function connecting(clients: number, targets: readonly Target[], more: Traits = {}): Scenario {
	const title = `connecting ${count(clients)}`;
	const figures = (named: {name: string; title: string}) => [perSecond(named, targets, 1)];
	return scenario(`connecting-${clients}`, title, 'connect', clients, figures, more);
}

function idle(clients: number, targets: readonly Target[], more: Traits = {}): Scenario {
	const title = `one of ${count(clients)} idle connections`;
	return scenario(`idle-${clients}`, title, 'idle', clients, named => [idleBytes(named, targets)], more);
}

/** Pairs of 100 beside `names` others: who was here before, or whom each line names as well. */
function beside(kind: 'known' | 'absent', names: number, more: Traits): Scenario {
	const what = kind === 'known' ? 'names known' : 'absent ones named';
	const title = `pairs, 100 clients, ${count(names)} ${what}`;
	const figures = (named: {name: string; title: string}) => [
		perSecond(named),
		...(names > 10
			? [
					{
						...growth(
							{name: `growth-${kind}`, title: `CPU of a message, ${count(names)} to 10 ${what}`},
							`${kind}-10`,
						),
						...(kind === 'absent' && {targets: []}),
					},
				]
			: []),
	];
	return scenario(`${kind}-${names}`, title, 'pairs', 100, figures, {
		flags: ['--bytes', '32', `--${kind}`, String(names)],
		...more,
	});
}

function count(number: number): string {
	return number.toLocaleString('en');
}

const paced = {isPaced: true};
const extra = {isExtra: true};
const plainOnly = {isExtra: true, isPlainOnly: true};
const stalledFlags = ['--scenario', 'stalled', '--clients', '100', '--rate', '5000'];

/** In the order in which they run. What they do stands in `docs/performance.md`. */
export const scenarios: readonly Scenario[] = [
	scenario('names', 'names are free again', 'names', 100, named => [
		{...named, unit: '', digits: 0, hasRatio: false, targets: [], value: () => undefined},
	]),
	pairs(10, 32, [], extra),
	pairs(10, 448, [], extra),
	pairs(100, 32, [
		{atLeast: 6, of: 'plain'},
		{atLeast: 0.85, of: 'least'},
		{atLeast: 2, of: 'inspircd'},
		{atMost: 1 / 6, of: 'plain', isCpu: true},
	]),
	pairs(100, 448, [
		{atLeast: 20, of: 'plain'},
		{atLeast: 0.85, of: 'least'},
	]),
	pairs(1000, 32, [{atLeast: 6, of: 'plain'}]),
	pairs(1000, 448, [{atLeast: 6, of: 'plain'}], extra),
	scenario('fan-in-10', 'fan-in from 10', 'fan-in', 10, named => [
		perSecond(named, [{atLeast: 10, of: 'plain'}]),
	]),
	fanOut(10, [
		{atLeast: 4, of: 'plain'},
		{atLeast: 0.85, of: 'least'},
		{atLeast: 0.95, of: 'inspircd'},
	]),
	fanOut(100, [
		{atLeast: 5.5, of: 'plain'},
		{atLeast: 0.85, of: 'least'},
		{atLeast: 0.95, of: 'inspircd'},
	]),
	fanOut(1000, [
		{atLeast: 9, of: 'plain'},
		{atLeast: 0.85, of: 'least'},
		{atLeast: 0.7, of: 'inspircd'},
	]),
	pingPong(10, extra),
	pingPong(100),
	pingPong(1000, extra),
	scenario(
		'latency',
		'20,000 messages/s over 1,000 clients',
		'latency',
		1000,
		({name, title}) => [
			took({name: `${name}-p50`, title: `${title}: p50`}, 'p50', [{atMost: 1.1, of: 'plain'}]),
			took({name: `${name}-p99`, title: `${title}: p99`}, 'p99', [{atMost: 1.1, of: 'plain'}]),
			took({name: `${name}-p99.9`, title: `${title}: p99.9`}, 'p999'),
		],
		{flags: ['--rate', '20000'], ...paced},
	),
	connecting(1000, [{atLeast: 1.5, of: 'plain'}]),
	connecting(10_000, [], extra),
	idle(1000, [], extra),
	idle(5000, [], extra),
	idle(10_000, [{below: 7.5}]),
	scenario('stalled', 'a peer that never reads', 'stalled', 100, ({name}) => stalledFigures(name), {
		flags: ['--rate', '5000'],
		control: [...stalledFlags, '--reads'],
		...paced,
	}),
	// An IRC server takes its time for a login, and 100,000 of them would be minutes.
	beside('known', 10, plainOnly),
	beside('known', 100_000, plainOnly),
	beside('absent', 10, plainOnly),
	beside('absent', 100_000, plainOnly),
	...extendedScenarios,
];
