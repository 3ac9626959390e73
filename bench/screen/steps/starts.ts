import {measureStartUp} from '../../start-up/measure.ts';
import type {Contestant} from '../contestants.ts';
import type {Findings} from '../findings.ts';
import {Hall} from '../stage.ts';

/** Starts all screens `starts` times, in turns with each other and with `node -e 0`. */
export async function measureStarts(
	screens: readonly Contestant[],
	findings: Findings,
	starts: number,
	tell: (progress: string) => void,
): Promise<void> {
	const halls: Hall[] = [];
	try {
		for (const screen of screens) halls.push(await Hall.open(screen));
		const programs = halls.map(hall => ({
			name: hall.screen.name,
			command: hall.fill(hall.screen.startCommand ?? hall.screen.command),
			prepare: (home: string) => hall.prepare(home),
		}));
		for (const {name, starts: all, faults} of await measureStartUp({screens: programs, starts}, tell)) {
			for (const {base, frame, key} of all) {
				findings.add('start-node', name, base);
				if (frame !== undefined) {
					findings.add('start-frame', name, frame);
					findings.add('start-frame-ratio', name, frame / base);
				}
				if (key !== undefined) {
					findings.add('start-key', name, key);
					findings.add('start-key-ratio', name, key / base);
				}
			}
			for (const fault of faults) findings.fault(name, `at its start ${fault}`);
		}
	} finally {
		for (const hall of halls) await hall.close();
	}
}
