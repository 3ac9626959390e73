import {readdirSync, readFileSync} from 'node:fs';
import {BrokerError} from './errors.ts';

/** A broker for fewer is of no use. */
const fewestConnections = 8;

/** Open files to reckon with where the system does not tell how many there are. */
const usualOpenFiles = 32;

/** How many files this process may have open at once; Infinity where the system does not tell. */
export const openFilesLimit = (): number => {
	try {
		const soft = /^Max open files\s+(\d+)/m.exec(readFileSync('/proc/self/limits', 'utf8'))?.[1];
		if (soft !== undefined) return Number(soft);
	} catch {
		// No Linux.
	}
	return reportedLimit();
};

/** Node's own report knows the limit on every POSIX system, but takes milliseconds to write. */
const reportedLimit = (): number => {
	const report: typeof process.report & {excludeNetwork?: boolean} = process.report;
	// Without this it asks the name server for the name of every address.
	report.excludeNetwork = true;
	const {userLimits} = report.getReport() as {userLimits?: {open_files?: {soft?: number | string}}};
	const soft = Number(userLimits?.open_files?.soft);
	return Number.isNaN(soft) ? Number.POSITIVE_INFINITY : soft;
};

/** How many files this process has open. */
export const openFiles = (): number => {
	for (const folder of ['/proc/self/fd', '/dev/fd']) {
		try {
			// The folder itself is open while it is read.
			return readdirSync(folder).length - 1;
		} catch {
			// Another system.
		}
	}
	return usualOpenFiles;
};

/**
 * How many connections a process may hold and still open files: Node hides the errors of accept, so a broker must never
 * get to the limit of the system.
 *
 * @throws {BrokerError} TOO_FEW_FILES when only so few are left that it is not worth starting
 */
export const connectionLimit = (maxConnections: number, reserved: number): number => {
	const open = openFiles();
	const allowed = openFilesLimit() - open - reserved;
	if (allowed < fewestConnections) {
		throw new BrokerError(
			'TOO_FEW_FILES',
			`Too few files may be open for a broker; raise the limit with "ulimit -n ${open + reserved + maxConnections}" and start again`,
		);
	}
	return Math.min(maxConnections, allowed);
};
