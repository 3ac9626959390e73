import {readdirSync, readFileSync} from 'node:fs';

/** Memory of the processes of a group, in bytes: resident, and what of it is theirs alone (shared pages by parts). */
export type Memory = {readonly residentBytes: number; readonly proportionalBytes: number};

/** Reads /proc for the group `group`; undefined where that is not there. */
export function readMemory(group: number): Memory | undefined {
	try {
		const members = readdirSync('/proc').filter(name => /^\d+$/.test(name) && groupOf(name) === group);
		const texts = members.map(id => readFileSync(`/proc/${id}/smaps_rollup`, 'latin1'));
		if (texts.length === 0) return undefined;
		const sum = (key: string) =>
			texts.reduce(
				(bytes, text) => bytes + Number(new RegExp(`^${key}:\\s+(\\d+)`, 'm').exec(text)?.[1]) * 1024,
				0,
			);
		return {residentBytes: sum('Rss'), proportionalBytes: sum('Pss')};
	} catch {
		return undefined;
	}
}

function groupOf(id: string): number | undefined {
	try {
		const stat = readFileSync(`/proc/${id}/stat`, 'latin1');
		return Number(stat.slice(stat.lastIndexOf(')') + 2).split(' ')[2]);
	} catch {
		// It ended while we looked.
		return undefined;
	}
}
