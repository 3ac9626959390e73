import {readdirSync, readFileSync} from 'node:fs';
import type {Host} from './host.ts';
import {look} from './inspector.ts';

/** What a process uses, seen from outside, by `/proc`. */
export type Usage = {
	readonly residentBytes: number;
	/** Open file descriptors. */
	readonly files: number;
	readonly cpuSeconds: number;
	/** How long its main thread was ready to run and had to wait for a core. */
	readonly waitedSeconds: number;
};

/** The same, and what only the process itself can tell; those parts are missing if it cannot be inspected. */
export type Figures = Usage & {
	/** Bytes of objects after garbage collection, and of them with the buffers that they hold. */
	readonly objectBytes?: number;
	readonly heapBytes?: number;
	/** Handles that keep the event loop going. */
	readonly resources?: number;
};

// Linux counts CPU time for /proc in hundredths of a second on every machine (USER_HZ).
const ticksPerSecond = 100;

/** Reads `/proc/PID`; undefined when there is no such process. */
export const usageOf = (pid: number): Usage | undefined => {
	try {
		const stat = readFileSync(`/proc/${pid}/stat`, 'latin1');
		// The second field is the name, which may hold blanks and parentheses; what follows it does not.
		const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ');
		if (fields[0] === 'Z') return undefined;
		const resident = /^VmRSS:\s+(\d+)/m.exec(readFileSync(`/proc/${pid}/status`, 'latin1'))?.[1];
		return {
			residentBytes: Number(resident) * 1024,
			files: readdirSync(`/proc/${pid}/fd`).length,
			cpuSeconds: (Number(fields[11]) + Number(fields[12])) / ticksPerSecond,
			waitedSeconds: Number(readFileSync(`/proc/${pid}/schedstat`, 'latin1').split(' ')[1]) / 1e9,
		};
	} catch {
		return undefined;
	}
};

/** Handles that stay; a write or a file that is being opened is over in a moment. */
const lasting = new Set(['TCPSocketWrap', 'TCPServerWrap', 'PipeWrap', 'TTYWrap', 'Timeout', 'UDPWrap']);

/**
 * Takes all figures of a host; undefined when it is gone. Descriptors are counted before the host is asked for the rest,
 * as that takes one.
 */
export const figuresOf = async (host: Host): Promise<Figures | undefined> => {
	const usage = usageOf(host.pid);
	if (usage === undefined || host.inspectorUrl === undefined) return usage;
	const inspector = await host.inspect();
	const {objectBytes, heapBytes, resources} = await look(inspector);
	await inspector.close();
	// Garbage was collected meanwhile.
	const {residentBytes} = usageOf(host.pid) ?? usage;
	return {
		...usage,
		residentBytes,
		objectBytes,
		heapBytes,
		resources: resources.filter(name => lasting.has(name)).length,
	};
};
