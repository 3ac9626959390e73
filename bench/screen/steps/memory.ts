import type {Findings} from '../findings.ts';
import {readMemory} from '../memory.ts';
import type {Stage} from '../stage.ts';

const mebibyte = 1024 * 1024;

/** What the screen's processes hold now. */
export function measureMemory({hall, program}: Stage, findings: Findings, figure: string): void {
	const memory = readMemory(program.group);
	if (memory === undefined) return;
	findings.add(`${figure}-rss`, hall.screen.name, memory.residentBytes / mebibyte);
	findings.add(`${figure}-pss`, hall.screen.name, memory.proportionalBytes / mebibyte);
}
