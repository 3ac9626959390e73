import {readdirSync, readFileSync} from 'node:fs';

/** What the processes of one process group have used. */
export type Usage = {
	readonly cpuSeconds: number;
	/** Resident memory now and at its highest, in bytes. */
	readonly residentBytes: number;
	readonly peakBytes: number;
};

// Linux counts CPU time for /proc in hundredths of a second on every machine (USER_HZ).
const ticksPerSecond = 100;

/** Reads /proc for the group `group`; undefined for 0, where there is no /proc and where nobody is in the group. */
export function readUsage(group: number): Usage | undefined {
	if (group === 0) return undefined;
	let processes: string[];
	try {
		processes = readdirSync('/proc').filter(name => /^\d+$/.test(name));
	} catch {
		return undefined;
	}
	const members = processes.flatMap(id => readProcess(id, group) ?? []);
	if (members.length === 0) return undefined;
	return members.reduce((sum, one) => ({
		cpuSeconds: sum.cpuSeconds + one.cpuSeconds,
		residentBytes: sum.residentBytes + one.residentBytes,
		peakBytes: sum.peakBytes + one.peakBytes,
	}));
}

function readProcess(id: string, group: number): Usage | undefined {
	try {
		const stat = readFileSync(`/proc/${id}/stat`, 'latin1');
		// The second field is the name, which may hold blanks and parentheses; what follows it does not.
		const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ');
		if (Number(fields[2]) !== group) return undefined;
		const status = readFileSync(`/proc/${id}/status`, 'latin1');
		const kilobytes = (key: string) => Number(new RegExp(`^${key}:\\s+(\\d+)`, 'm').exec(status)?.[1] ?? 0);
		return {
			cpuSeconds: (Number(fields[11]) + Number(fields[12])) / ticksPerSecond,
			residentBytes: kilobytes('VmRSS') * 1024,
			peakBytes: kilobytes('VmHWM') * 1024,
		};
	} catch {
		// It ended while we looked.
		return undefined;
	}
}
