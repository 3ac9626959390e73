import {execFile} from 'node:child_process';
import path from 'node:path';
import {promisify} from 'node:util';
import type {Finding} from './load/generate.ts';
import type {Contestant, Options} from './options.ts';
import type {Scenario} from './scenarios.ts';
import {startServer} from './server.ts';

const run = promisify(execFile);
const generator = path.join(import.meta.dirname, 'load/generate.ts');

/** What one server did in one scenario of one round. */
export type Measurement = {
	readonly round: number;
	readonly scenario: string;
	readonly server: string;
	readonly finding: Finding;
};

/** Runs the load generator with `flags` against a server. Rejects with what it says if it cannot. */
export async function generate(flags: readonly string[]): Promise<Finding> {
	const {stdout} = await run(process.execPath, [generator, ...flags]);
	return JSON.parse(stdout) as Finding;
}

/** Every scenario on every server in every round; each time a fresh server, so that none pays for another's load. */
export async function measure(
	scenarios: readonly Scenario[],
	options: Options,
	tell: (progress: string) => void,
): Promise<Measurement[]> {
	const measurements: Measurement[] = [];
	for (let round = 1; round <= options.rounds; round++) {
		for (const scenario of scenarios) {
			for (const server of turn(options.servers, round)) {
				tell(`round ${round} of ${options.rounds}: ${scenario.title}: ${server.name}`);
				const finding = await measureOne(scenario, server, options);
				measurements.push({round, scenario: scenario.name, server: server.name, finding});
			}
		}
	}
	return measurements;
}

async function measureOne(scenario: Scenario, {command}: Contestant, options: Options): Promise<Finding> {
	const server = await startServer(command);
	try {
		const {port, group} = server;
		const flags = {
			port,
			group,
			window: options.windowBytes,
			'warm-up': options.warmUpSeconds,
			seconds: options.seconds,
		};
		const common = Object.entries(flags).flatMap(([flag, value]) => [`--${flag}`, String(value)]);
		return await generate([...common, ...scenario.flags]);
	} finally {
		await server.stop();
	}
}

/** Another one begins in each round: whoever comes first finds the machine cooler. */
function turn<T>(items: readonly T[], round: number): T[] {
	const start = (round - 1) % items.length;
	return [...items.slice(start), ...items.slice(0, start)];
}
