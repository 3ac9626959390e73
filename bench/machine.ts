import {execFileSync} from 'node:child_process';
import {readFileSync} from 'node:fs';
import {cpus, loadavg, release, totalmem, type} from 'node:os';
import path from 'node:path';
import {lookForStalls, type Stalls} from './stalls.ts';

const root = path.resolve(import.meta.dirname, '..');

/** Where and when a run is made, and of what. */
export type Machine = {
	readonly date: string;
	readonly node: string;
	/** Version of this project, and the commit it stands at (with a + if files differ from it). */
	readonly program: string;
	readonly system: string;
	readonly processor: string | undefined;
	readonly cores: number;
	readonly memoryBytes: number;
	readonly loadAverage: number | undefined;
	/** Before the run. */
	readonly stalls: Stalls;
};

/** Looks at the machine now. */
export function lookAtMachine(): Machine {
	return {
		date: new Date().toISOString(),
		node: process.version,
		program: describeProgram(),
		system: `${type()} ${release()}`,
		processor: cpus()[0]?.model,
		cores: cpus().length,
		memoryBytes: totalmem(),
		loadAverage: loadavg()[0],
		stalls: lookForStalls(),
	};
}

function describeProgram(): string {
	const {version} = JSON.parse(readFileSync(path.join(root, 'package.json'), 'utf8')) as {version: string};
	try {
		const args = ['describe', '--always', '--exclude=*', '--dirty=+', '--abbrev=7'];
		const commit = execFileSync('git', args, {
			cwd: root,
			encoding: 'utf8',
			stdio: ['ignore', 'pipe', 'ignore'],
		});
		return `${version} (${commit.trim()})`;
	} catch {
		// Not a clone, or no git.
		return version;
	}
}
