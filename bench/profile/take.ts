import {setTimeout as sleep} from 'node:timers/promises';
import type {Inspector} from '../inspector.ts';
import type {Finding} from '../load/generate.ts';
import {generate} from '../measure.ts';
import {freePort} from '../ports.ts';
import {onStage, type Staged} from '../stores/stage.ts';
import type {HeapProfile} from './allocations.ts';
import {type Collections, watchCollections} from './collections.ts';
import type {CpuProfile} from './cpu.ts';
import {attach, withInspector} from './inspector.ts';
import type {ProfileOptions} from './options.ts';

/** What one thread did. */
export type Thread = {readonly name: string} & ({readonly cpu: CpuProfile} | {readonly heap: HeapProfile});

/** What a server did under a scenario. */
export type Taken = {
	readonly version: string;
	/** How long the profile is. */
	readonly seconds: number;
	/** CPU seconds of the server in it. */
	readonly user: number;
	readonly system: number;
	readonly collections: Collections;
	readonly finding: Finding;
	/** The main one first. */
	readonly threads: readonly Thread[];
};

// Bytes between two samples of what is allocated, on average.
const heapInterval = 16_384;

// The traffic is told to end after the profile; on a machine that is in use that may be late.
const mostSeconds = 60;

/** Starts the server, lets the load generator loose on it, and profiles the time in between. */
export async function takeProfile(options: ProfileOptions, tell: (progress: string) => void): Promise<Taken> {
	tell('starting the server');
	const port = await freePort();
	const {scenario, server: command, storeFolder: stores} = options;
	const stage = {kind: scenario.store, stores, environment: withInspector(port)};
	return onStage(command, stage, async server => {
		const inspector = await attach(port);
		try {
			return await profile(options, inspector, server, tell);
		} finally {
			await inspector.close();
		}
	});
}

async function profile(
	{scenario, warmUpSeconds, seconds, isAllocations, intervalMicros}: ProfileOptions,
	inspector: Inspector,
	{port, group, folder}: Staged,
	tell: (progress: string) => void,
): Promise<Taken> {
	const version = await inspector.evaluate<string>('process.version');
	// Where clients only come, or do one thing after the other, all of it is to be seen.
	const isWhole = /^(names|idle|connect|archive|waiting|opening)/.test(scenario.name);
	const clock = isWhole ? seconds : seconds + mostSeconds;
	const flags = {port, group, folder, 'warm-up': warmUpSeconds, seconds: clock};
	const common = Object.entries(flags).flatMap(([flag, value]) => [`--${flag}`, String(value)]);
	let hasEnded = false;
	const enough = new AbortController();
	const load = generate([...common, ...scenario.flags], 1, enough.signal).finally(() => {
		hasEnded = true;
	});
	// It is awaited below; until then nobody listens.
	load.catch(() => {});

	if (!isWhole) {
		tell(`${scenario.title}: warming up`);
		await connected(inspector, scenario.clients, () => hasEnded);
		await Promise.race([sleep(warmUpSeconds * 1000), load]);
	}

	tell(`${scenario.title}: profiling${isWhole ? '' : ` for ${seconds} s`}`);
	const collections = await watchCollections(inspector);
	const inspectors = [inspector, ...(await inspector.threads())];
	const names = await Promise.all(inspectors.map(nameOf));
	for (const one of inspectors) await start(one, isAllocations, intervalMicros);
	const before = await cpuOf(inspector);
	const startTime = performance.now();
	await (isWhole ? load : Promise.race([sleep(seconds * 1000), load]));
	const profiled = (performance.now() - startTime) / 1000;
	const after = await cpuOf(inspector);
	const profiles = await Promise.all(inspectors.map(one => stop(one, isAllocations)));
	const collected = await collections();
	enough.abort();
	tell(`${scenario.title}: waiting for the last messages`);
	return {
		version,
		seconds: profiled,
		user: after.user - before.user,
		system: after.system - before.system,
		collections: collected,
		finding: await load,
		threads: profiles.map((one, i) => ({name: names[i] ?? '', ...one})),
	};
}

/** What a thread was told that it is for, by its `workerData`; its main thread is `main`. */
function nameOf(inspector: Inspector): Promise<string> {
	return inspector.evaluate<string>(`(() => {
		const {isMainThread, threadId, workerData} = process.getBuiltinModule('node:worker_threads');
		return isMainThread ? 'main' : String(workerData?.role ?? 'worker ' + threadId);
	})()`);
}

/**
 * Resolves when the server has had the connections of `clients` and a few more for half a second, or when `isOver`. Many
 * others may come and go before them.
 */
async function connected(inspector: Inspector, clients: number, isOver: () => boolean): Promise<void> {
	const count = `process.getActiveResourcesInfo().filter(name => name === 'TCPSocketWrap').length`;
	let last = 0;
	let same = 0;
	while (!isOver() && same < 10) {
		await sleep(50);
		const now = await inspector.evaluate<number>(count);
		same = now === last && now >= clients && now <= clients * 1.1 + 2 ? same + 1 : 0;
		last = now;
	}
}

async function start(inspector: Inspector, isAllocations: boolean, intervalMicros: number): Promise<void> {
	if (isAllocations) {
		await inspector.send('HeapProfiler.startSampling', {
			samplingInterval: heapInterval,
			// What became garbage is what this is about.
			includeObjectsCollectedByMajorGC: true,
			includeObjectsCollectedByMinorGC: true,
		});
		return;
	}
	await inspector.send('Profiler.enable');
	await inspector.send('Profiler.setSamplingInterval', {interval: intervalMicros});
	await inspector.send('Profiler.start');
}

async function stop(
	inspector: Inspector,
	isAllocations: boolean,
): Promise<{readonly cpu: CpuProfile} | {readonly heap: HeapProfile}> {
	if (isAllocations) {
		const {profile: heap} = await inspector.send<{profile: HeapProfile}>('HeapProfiler.stopSampling');
		return {heap};
	}
	const {profile: cpu} = await inspector.send<{profile: CpuProfile}>('Profiler.stop');
	return {cpu};
}

/** CPU seconds that the process has used. */
async function cpuOf(inspector: Inspector): Promise<{readonly user: number; readonly system: number}> {
	const {user, system} = await inspector.evaluate<NodeJS.CpuUsage>('process.cpuUsage()');
	return {user: user / 1e6, system: system / 1e6};
}
