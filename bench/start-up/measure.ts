import {spawn} from 'node:child_process';
import {once} from 'node:events';
import {performance} from 'node:perf_hooks';
import {setTimeout as sleep} from 'node:timers/promises';
import {createHome, WatchedProgram} from '../screen/watched-program.ts';
import {known, median} from '../statistics.ts';
import {table} from '../table.ts';
import {type Frame, isComplete, isWhole, standsStill} from './frame.ts';

/** One start; times in ms from the moment before the process is made. */
type Start = {
	/** `node -e 0`, until its end. */
	readonly base: number;
	/** The first complete frame. */
	frame?: number;
	/** The first frame with all of its text. */
	whole?: number;
	/** The key typed at the first complete frame is on the screen. */
	key?: number;
	fault?: string;
};

export type StartUp = {
	readonly name: string;
	readonly starts: readonly Start[];
	readonly faults: readonly string[];
};

const settleMs = 500;
const mostMs = 15_000;
// No text of a screen has this letter: it appears when the key is shown. The others follow it one by one.
const firstKey = 'Q';
const laterKeys = ['j', 'x', 'q', 'z'];
const targets = {frame: 2, key: 4.4};

/** A program to start. */
type Screen = {
	readonly name: string;
	/** `{home}` stands for its folder. */
	readonly command: string;
	/** Fills that folder before the first start. */
	readonly prepare?: (home: string) => void;
};

/** Starts every screen `starts` times, in turns with `node -e 0`. */
export async function measureStartUp(
	options: {readonly screens: readonly Screen[]; readonly starts: number},
	tell: (progress: string) => void,
): Promise<StartUp[]> {
	const homes = options.screens.map(() => createHome());
	try {
		const screens = [];
		for (const [i, {name, command, prepare}] of options.screens.entries()) {
			tell(`start-up: ${name}: what it looks like in the end`);
			const home = homes[i]?.folder ?? '';
			if (prepare !== undefined) {
				prepare(home);
				// Many a program greets only once.
				await findSettled(command, home);
			}
			screens.push({name, command, home, settled: await findSettled(command, home), starts: [] as Start[]});
		}
		for (let number = 1; number <= options.starts; number++) {
			for (const {name, command, home, settled, starts} of screens) {
				// Once is enough to wait for a frame that does not come.
				if (starts.some(({frame}) => frame === undefined)) continue;
				tell(`start-up: ${name}: ${number} of ${options.starts}`);
				starts.push(await measureStart(command, home, settled, await timeNode()));
			}
		}
		return screens.map(({name, starts}) => ({
			name,
			starts,
			faults: [...new Set(starts.flatMap(({fault}) => fault ?? []))],
		}));
	} finally {
		for (const home of homes) home.remove();
	}
}

/** The frame that a program ends up with when nobody types. Also fills its caches, as every later start finds them. */
async function findSettled(command: string, home: string): Promise<Frame> {
	const program = new WatchedProgram(command, home);
	let settled: Frame | undefined;
	program.onFrame = frame => {
		settled = frame;
	};
	await program.settle(2 * settleMs);
	await program.stop();
	if (settled === undefined || settled.rows.every(row => row === ''))
		throw new Error(`${command} draws nothing`);
	return settled;
}

async function measureStart(command: string, home: string, settled: Frame, base: number): Promise<Start> {
	const start: Start = {base};
	const program = new WatchedProgram(command, home);
	const keyShown = new Promise<void>(resolve => {
		program.onFrame = (frame, time) => {
			const hasKey = frame.rows.some(row => row.includes(firstKey));
			if (!hasKey && isWhole(frame, settled)) start.whole ??= time;
			if (start.frame === undefined) {
				if (!isComplete(frame, settled)) return;
				start.frame = time;
				program.type(firstKey);
			} else if (!standsStill(frame, settled)) {
				start.fault ??= 'something moved after the first complete frame';
			}
			if (hasKey && start.key === undefined) {
				start.key = time;
				resolve();
			}
		};
	});
	await Promise.race([keyShown, sleep(mostMs, undefined, {ref: false})]);
	for (const key of laterKeys) {
		program.type(key);
		await sleep(2);
	}
	await program.settle(settleMs);
	const typed = firstKey + laterKeys.join('');
	if (start.frame === undefined) start.fault = 'there was no complete frame';
	else if (!program.frame.rows.some(row => row.includes(typed))) start.fault = 'a key was lost';
	await program.stop();
	return start;
}

async function timeNode(): Promise<number> {
	const start = performance.now();
	await once(spawn('node', ['-e', '0'], {stdio: 'ignore'}), 'exit');
	return performance.now() - start;
}

/** The table of all screens. */
export function reportStartUp(startUps: readonly StartUp[]): string {
	const rows = startUps.flatMap(({name, starts, faults}) => {
		const line = (title: string, pick: (start: Start) => number | undefined, target?: number) => {
			const value = median(known(starts.map(pick)));
			const ratio = median(known(starts.map(start => ratioTo(pick(start), start.base))));
			const isReached = target !== undefined && ratio !== undefined && ratio <= target;
			const verdict = faults.length > 0 ? 'FAULTS' : isReached ? 'reached' : 'missed';
			return [
				title,
				name,
				value === undefined ? '' : `${value.toFixed(0)} ms`,
				ratio === undefined ? '' : `${ratio.toFixed(2)} ×`,
				target === undefined ? '' : `≤ ${target} ×`,
				target === undefined ? '' : verdict,
			];
		};
		return [
			line('node -e 0', ({base}) => base),
			line('first complete frame', ({frame}) => frame, targets.frame),
			line('all text there', ({whole}) => whole),
			line('first key shown', ({key}) => key, targets.key),
		];
	});
	const faults = startUps.flatMap(({name, faults}) => faults.map(fault => `${name}: ${fault}`));
	return [table(['start-up', 'screen', 'median', 'ratio', 'target', ''], rows), ...faults].join('\n');
}

function ratioTo(value: number | undefined, base: number): number | undefined {
	return value === undefined ? undefined : value / base;
}
