import {type ChildProcess, spawn} from 'node:child_process';
import {once} from 'node:events';
import path from 'node:path';
import {text} from 'node:stream/consumers';
import {type Faults, noFaults} from './load/faults.ts';
import type {Finding} from './load/generate.ts';
import type {Exchange} from './load/meter.ts';

const generator = path.join(import.meta.dirname, 'load/generate.ts');

// Else it would collect garbage a hundred times while 60,000 messages are on their way, all of which would wait.
const engineFlags = ['--min-semi-space-size=64', '--max-semi-space-size=64'];

/**
 * Runs the load generator with `flags` against a server, in `count` processes that share the clients and begin
 * together. When `enough` is aborted their clock ends. Rejects with what one of them says if it cannot.
 */
export async function generate(flags: readonly string[], count = 1, enough?: AbortSignal): Promise<Finding> {
	const processes = Array.from({length: count}, (_, part) =>
		spawn(
			process.execPath,
			[...engineFlags, generator, ...flags, '--part', String(part), '--parts', String(count)],
			{
				stdio: ['pipe', 'pipe', 'pipe', 'pipe'],
			},
		),
	);
	enough?.addEventListener('abort', () => {
		for (const one of processes) one.kill('SIGUSR2');
	});
	try {
		const findings = Promise.all(processes.map(finish));
		// Whoever fails does so before the others are ready, and is told of by `findings`.
		await Promise.race([findings, Promise.all(processes.map(({stdio}) => once(stdio[3] as never, 'data')))]);
		for (const {stdin} of processes) stdin?.end();
		return merge(await findings);
	} finally {
		for (const one of processes) one.kill('SIGKILL');
	}
}

async function finish(child: ChildProcess): Promise<Finding> {
	const {stdin, stdout, stderr} = child;
	if (stdout === null || stderr === null) throw new Error('the load generator has no pipes');
	// It may end before it is told to begin.
	stdin?.on('error', () => {});
	const [output, errors, [code, signal]] = await Promise.all([
		text(stdout),
		text(stderr),
		once(child, 'exit'),
	]);
	if (code !== 0) throw new Error(errors.trim() || `the load generator ended with ${signal ?? code}`);
	return JSON.parse(output) as Finding;
}

/** What several generators found together. Figures other than those of an exchange are of the first. */
function merge(findings: readonly Finding[]): Finding {
	const [first] = findings;
	if (first === undefined) throw new RangeError('no generator ran');
	if (findings.length === 1) return first;
	const exchanges = findings.flatMap(({exchange}) => exchange ?? []);
	const exchange = exchanges.length > 0 ? mergeExchanges(exchanges) : undefined;
	return {...first, faults: mergeFaults(findings.map(({faults}) => faults)), ...(exchange && {exchange})};
}

function mergeExchanges(exchanges: readonly Exchange[]): Exchange {
	const sum = (pick: (one: Exchange) => number) => exchanges.reduce((total, one) => total + pick(one), 0);
	const delivered = sum(one => one.delivered);
	const seconds = sum(one => one.seconds) / exchanges.length;
	const [first] = exchanges as readonly [Exchange, ...Exchange[]];
	const {serverLoad, peakBytes, ownLoad, otherLoad} = first;
	return {
		delivered,
		seconds,
		cpuPerMillion: serverLoad && ((serverLoad * seconds) / delivered) * 1e6,
		peakBytes,
		serverLoad,
		ownLoad: Math.max(...exchanges.map(one => one.ownLoad)),
		// To the first, the rest of the generators are others.
		otherLoad: Math.max(0, otherLoad - sum(one => one.ownLoad) + ownLoad),
	};
}

function mergeFaults(all: readonly Faults[]): Faults {
	const merged = noFaults();
	for (const {examples, ...counts} of all) {
		for (const [kind, count] of Object.entries(counts)) merged[kind as keyof typeof counts] += count;
		merged.examples.push(...examples);
	}
	return merged;
}
