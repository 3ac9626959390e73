import {readFileSync} from 'node:fs';
import {generate} from './generators.ts';
import {noFaults} from './load/faults.ts';
import type {Finding} from './load/generate.ts';
import {type Contestant, type Options, usualHosts} from './options.ts';
import type {Scenario} from './scenario.ts';
import {onStage} from './stores/stage.ts';
import {turn} from './turns.ts';

export {generate} from './generators.ts';

/** What one server did in one scenario of one round. */
export type Measurement = {
	readonly round: number;
	readonly scenario: string;
	readonly server: string;
	readonly finding: Finding;
	/** Of the control run, if the scenario has one. */
	readonly control?: Finding;
};

// InspIRCd may sleep for a second with something left to read.
const quietSeconds = 3;

// What a process has open beside its connections.
const spareFiles = 100;

/** Every scenario on every server in every round; each time a fresh server, so that none pays for another's load. */
export async function measure(
	scenarios: readonly Scenario[],
	options: Options,
	tell: (progress: string) => void,
): Promise<Measurement[]> {
	checkFiles(scenarios);
	const turns = Array.from({length: options.rounds}, (_, i) => i + 1).flatMap(round =>
		scenarios.flatMap(scenario =>
			turn(contestants(scenario, options), round).map(server => ({round, scenario, server})),
		),
	);
	const measurements: Measurement[] = [];
	for (const [i, {round, scenario, server}] of turns.entries()) {
		const place = `${i + 1} of ${turns.length}, round ${round} of ${options.rounds}`;
		tell(`${place}: ${scenario.title}: ${server.name}`);
		try {
			const finding = await measureOne(scenario.flags, scenario, server, options);
			const control = scenario.control && (await measureOne(scenario.control, scenario, server, options));
			const found = control === undefined ? {finding} : {finding, control};
			measurements.push({round, scenario: scenario.name, server: server.name, ...found});
		} catch (error) {
			// A server that has never run is a mistake in its command; of one that has, the rest is still of use.
			if (!measurements.some(one => one.server === server.name)) throw error;
			const faults = {...noFaults(), failed: 1, examples: [(error as Error).message]};
			measurements.push({round, scenario: scenario.name, server: server.name, finding: {faults}});
		}
	}
	return measurements;
}

/** Who takes part in a scenario. A host under a name of its own takes part in all that are for hosts. */
function contestants({hosts, isPlainOnly}: Scenario, options: Options): readonly Contestant[] {
	if (hosts === undefined) return options.servers.filter(({isIrc}) => !isIrc || !isPlainOnly);
	return options.hosts.filter(({name}) => hosts.includes(name) || !usualHosts.includes(name));
}

async function measureOne(
	flags: readonly string[],
	{canShare, store}: Scenario,
	{command, isIrc}: Contestant,
	options: Options,
): Promise<Finding> {
	const stage = {kind: store, stores: options.storeFolder};
	return onStage(command, stage, async ({port, group, readyMs, folder}) => {
		const common = {
			port,
			group,
			window: options.windowBytes,
			batch: options.batch,
			'warm-up': options.warmUpSeconds,
			seconds: options.seconds,
			quiet: quietSeconds,
			folder,
		};
		const all = [
			...Object.entries(common).flatMap(([flag, value]) => [`--${flag}`, String(value)]),
			...(isIrc ? ['--irc'] : []),
			...flags,
		];
		return {...(await generate(all, canShare ? options.generators : 1)), readyMs};
	});
}

/** Throws a sentence if there may not be as many open files as the largest scenario needs. */
function checkFiles(scenarios: readonly Scenario[]): void {
	let limits: string;
	try {
		limits = readFileSync('/proc/self/limits', 'utf8');
	} catch {
		return;
	}
	const limit = Number(/^Max open files\s+(\d+)/m.exec(limits)?.[1] ?? Number.POSITIVE_INFINITY);
	const largest = scenarios.toSorted((a, b) => b.clients - a.clients)[0];
	if (largest === undefined || largest.clients + spareFiles <= limit) return;
	throw new Error(
		`${largest.name} needs ${largest.clients + spareFiles} open files in a process, and ulimit -n is ${limit}`,
	);
}
