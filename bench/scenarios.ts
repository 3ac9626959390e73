import type {Finding} from './load/generate.ts';

/** One figure of one server, in `unit`. */
export type Figure = {readonly value: number | undefined; readonly unit: string; readonly digits: number};

export type Scenario = {
	/** What `--only` looks at. */
	readonly name: string;
	readonly title: string;
	/** Flags of the load generator. */
	readonly flags: readonly string[];
	/** Whether its figure is a speed, and `--seconds` and a ratio to the base have a meaning. */
	readonly isSpeed: boolean;
	/** What a server has to reach: a ratio to the base, or a figure that it has to stay below. */
	readonly target?: {readonly ratio: number} | {readonly below: number};
	figure(finding: Finding): Figure;
};

function speed(name: string, title: string, flags: readonly string[], ratio?: number): Scenario {
	return {
		name,
		title,
		flags,
		isSpeed: true,
		...(ratio !== undefined && {target: {ratio}}),
		figure({exchange}) {
			return {value: exchange && exchange.delivered / exchange.seconds / 1000, unit: 'k/s', digits: 0};
		},
	};
}

const pairs = ['--scenario', 'pairs', '--clients', '100'];

/** In the order in which they run. What they do stands in `docs/performance.md`. */
export const scenarios: readonly Scenario[] = [
	{
		name: 'names',
		title: 'names are free again',
		flags: ['--scenario', 'names', '--clients', '100'],
		isSpeed: false,
		figure: () => ({value: undefined, unit: '', digits: 0}),
	},
	speed('pairs-100-32', 'pairs, 100 clients, 32 bytes', [...pairs, '--bytes', '32'], 5),
	speed('pairs-100-448', 'pairs, 100 clients, 448 bytes', [...pairs, '--bytes', '448'], 5),
	speed('fan-out-10', 'fan-out to 10', ['--scenario', 'fan-out', '--clients', '10']),
	speed('fan-out-100', 'fan-out to 100', ['--scenario', 'fan-out', '--clients', '100'], 4),
	speed('ping-pong-100', 'ping-pong, 100 clients', ['--scenario', 'ping-pong', '--clients', '100'], 0.95),
	{
		name: 'idle-5000',
		title: 'one of 5,000 idle connections',
		flags: ['--scenario', 'idle', '--clients', '5000'],
		isSpeed: false,
		target: {below: 8.5},
		figure({idle}) {
			const bytes = idle?.bytesPerConnection;
			return {value: bytes && bytes / 1000, unit: 'KB', digits: 1};
		},
	},
];
