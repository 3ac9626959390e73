import {perSecond} from '../figures.ts';
import type {Finding} from '../load/generate.ts';
import {type Scenario, scenario} from '../scenario.ts';
import {acknowledged, cpuTo, percentile, rateTo, readiness, slowdown} from './figures.ts';

const onDisk = ['disk'];
const both = ['disk', 'memory'];
const all = ['disk', 'memory', 'single'];
const inMemory = ['memory', 'readline'];
/** Messages under way, and what one of the plain dialect takes: `from p00001: `, the text and LF. */
const window = 32;
const lineBytes = 46;
const acksBySearch = ({archive}: Finding) => archive && ([archive.beside, archive.alone] as const);

/** What is said in a-chat/1, and what becomes of the plain dialect beside it; docs/performance.md has more on each. */
export const extendedScenarios: readonly Scenario[] = [
	scenario(
		'plain-pairs',
		'plain pairs, 100 clients, 32 bytes, on a host with a store',
		'pairs',
		100,
		named => [{...perSecond(named, [{atLeast: 0.95, of: 'memory'}]), judged: 'disk'}],
		{flags: ['--bytes', '32'], hosts: both, base: 'memory'},
	),
	scenario(
		'acks-100',
		'acknowledged, 100 senders in pipelines of 32',
		'extended-pairs',
		100,
		named => [
			acknowledged(named, [{reaches: 20}, {atLeast: 4, of: 'single'}]),
			rateTo(
				{name: 'acks-to-plain', title: 'the same to plain pairs of that host'},
				{scenario: 'plain-pairs'},
				[{reaches: 0.5}],
				'memory',
			),
		],
		{hosts: all, base: 'single'},
	),
	scenario(
		'extended-pairs-plain',
		`plain pairs, 100 clients, 32 bytes, ${window} lines under way to each`,
		'pairs',
		100,
		named => [perSecond(named)],
		{
			flags: ['--bytes', '32', '--window', String(window * lineBytes), '--batch', '8'],
			hosts: inMemory,
			base: 'readline',
		},
	),
	scenario(
		'extended-pairs',
		`acknowledged pairs, ${window} messages under way from each`,
		'extended-pairs',
		100,
		({name, title}) => [
			{...acknowledged({name, title}, []), judged: 'memory'},
			rateTo(
				{name: `${name}-rate`, title: 'the same to plain pairs of readline with as many under way'},
				{scenario: 'extended-pairs-plain', server: 'readline'},
				[{reaches: 0.5}],
				'memory',
			),
			cpuTo(
				{name: `${name}-cpu`, title: 'CPU of a message to that'},
				{scenario: 'extended-pairs-plain', server: 'readline'},
				[{below: 2}],
				'memory',
			),
			rateTo(
				{name: `${name}-own`, title: 'messages to plain pairs of that host with as many under way'},
				{scenario: 'extended-pairs-plain'},
				[],
				'memory',
			),
		],
		{flags: ['--pipeline', String(window)], hosts: ['memory']},
	),
	scenario(
		'ack-one',
		'acknowledged, one after the other',
		'one-by-one',
		2,
		({name, title}) => [
			percentile({name, title: `${title}: p50`}, ({oneByOne}) => oneByOne?.acks, 'p50'),
			slowdown(
				{name: `${name}-commit`, title: `${title}: p50 to one commit of the same rows between two of them`},
				({oneByOne}) => oneByOne && [oneByOne.acks, oneByOne.commits],
				'p50',
				[{below: 2.5}],
			),
			percentile({name: `${name}-p99`, title: `${title}: p99`}, ({oneByOne}) => oneByOne?.acks, 'p99'),
		],
		{hosts: all, isPaced: true},
	),
	scenario(
		'room-1000',
		'acknowledged, a room of 1,000 members of whom 10 are here and send',
		'room',
		10,
		named => [acknowledged(named, [{reaches: 15}])],
		{hosts: onDisk, store: 'room'},
	),
	scenario(
		'archive',
		'of 1,000,000 messages',
		'archive',
		2,
		({name, title}) => [
			percentile(
				{name: `${name}-page`, title: `a page of 50 ${title}: p50`},
				({archive}) => archive?.pages,
				'p50',
				[{below: 5}],
			),
			percentile(
				{name: `${name}-page-p99`, title: `a page of 50 ${title}: p99`},
				({archive}) => archive?.pages,
				'p99',
			),
			percentile(
				{name: `${name}-rare`, title: `search for a rare word ${title}: p50`},
				({archive}) => archive?.rare,
				'p50',
				[{below: 20}],
			),
			percentile(
				{name: `${name}-common`, title: `search for a common word ${title}: p50`},
				({archive}) => archive?.common,
				'p50',
				[{below: 100}],
			),
			percentile(
				{name: `${name}-ack`, title: 'acknowledged beside 1,000,000 messages: p50'},
				({archive}) => archive?.alone,
				'p50',
			),
			percentile(
				{name: `${name}-ack-p99`, title: 'acknowledged beside 1,000,000 messages: p99'},
				({archive}) => archive?.alone,
				'p99',
			),
			slowdown(
				{name: `${name}-beside`, title: 'the same while somebody always searches: p50'},
				acksBySearch,
				'p50',
				[{below: 1.25}],
			),
			slowdown(
				{name: `${name}-beside-p99`, title: 'the same while somebody always searches: p99'},
				acksBySearch,
				'p99',
			),
		],
		{hosts: onDisk, store: 'history', isPaced: true},
	),
	scenario(
		'waiting',
		'login with 1,000 messages waiting, until all are there: p50',
		'waiting',
		5,
		named => [percentile(named, ({logins}) => logins, 'p50', [{below: 100}])],
		{hosts: both, isPaced: true},
	),
	scenario(
		'opening',
		'start on 1,000,000 messages, until it accepts',
		'knock',
		1,
		named => [readiness(named, [{below: 300}])],
		{hosts: onDisk, store: 'history', isPaced: true},
	),
];
