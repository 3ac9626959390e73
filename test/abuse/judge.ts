import {describeFaults} from '../../bench/load/faults.ts';
import type {Host} from './host.ts';
import type {Figures} from './probes.ts';
import type {Talkers} from './talkers.ts';

/** The longest delay of 99 of 100 lines of the talkers, in ms. */
const mostDelayMs = 50;
/**
 * What the heap may have grown where a case says nothing else, in bytes: 16 MiB of what held waiting lines is kept for the
 * next (`source/broker/block-pool.ts`).
 */
const usualGrowth = 20_971_520;

/** What was wrong with the talk; `waited` says who had to wait for a core. */
export const judgeTalk = (talkers: Talkers, judgesDelay: boolean, waited: string): string[] => {
	const problems: string[] = [];
	const fault = describeFaults(talkers.faults);
	if (fault !== undefined) problems.push(`of the talkers' lines: ${fault}`);
	if (talkers.serverLines.length > 0 && !talkers.isEndExpected)
		problems.push(`a talker read ${JSON.stringify(talkers.serverLines[0])}`);
	const p99 = talkers.p99() ?? 0;
	if (judgesDelay && p99 >= mostDelayMs)
		problems.push(`the talkers' lines took ${p99.toFixed(1)} ms (p99), may take ${mostDelayMs}; ${waited}`);
	return problems;
};

/** What of the program has not come back to what it was. */
export const judgeFigures = (
	before: Figures | undefined,
	after: Figures | undefined,
	mostGrowth = usualGrowth,
): string[] => {
	if (before === undefined || after === undefined) return [];
	const problems: string[] = [];
	const growth = (after.heapBytes ?? 0) - (before.heapBytes ?? 0);
	if (growth > mostGrowth) problems.push(`the heap has grown by ${(growth / 1024).toFixed(0)} KiB`);
	if (after.files !== before.files) problems.push(`${before.files} descriptors have become ${after.files}`);
	if (after.resources !== before.resources)
		problems.push(`${before.resources} active resources have become ${after.resources}`);
	return problems;
};

/** How the program has ended, and what it said last; undefined if it is still there. */
export const describeEnd = (host: Host): string | undefined => {
	if (host.exit === undefined) return undefined;
	const {code, signal} = host.exit;
	// Of an error the sentence, without its stack.
	const said = host.log.filter(line => /^\S/.test(line)).slice(-3);
	return [`the program ended with ${signal ?? `code ${code}`}`, ...said].join('; ');
};
