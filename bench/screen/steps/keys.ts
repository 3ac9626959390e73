import {setTimeout as sleep} from 'node:timers/promises';
import {percentiles} from '../../load/percentiles.ts';
import {checkScreen, untilShown} from '../check.ts';
import {startCounting, weighEmulator} from '../effort.ts';
import type {Findings} from '../findings.ts';
import type {Stage} from '../stage.ts';
import type {Size, WatchedProgram} from '../watched-program.ts';

const letters = 'etaoinshrdlucmfwypvbgk';
const draftStart = 'Zq';
const clear = '\u0015';
const mostMs = 5000;
const warmUpMs = 500;
const behindMs = 10_000;
// Above that the measurement is no longer certain to be quicker than what it measures.
const ownLimitPercent = 60;

/** Messages a second while somebody types. */
export const rates = [0, 50, 500, 2000] as const;

/** `wide-` in front of the names of figures of the larger terminal. */
export const keysName = (rate: number, isWide: boolean): string =>
	`${isWide ? 'wide-' : ''}keys-${rate === 0 ? 'idle' : rate}`;

/**
 * Types `count` letters one after the other while `rate` messages a second come, each when the one before is on the
 * screen and after a pause that falls into no step with anything.
 */
export async function measureKeys(
	stage: Stage,
	findings: Findings,
	{rate, count, size}: {readonly rate: number; readonly count: number; readonly size: Size},
): Promise<void> {
	const {program, hall} = stage;
	const {name} = hall.screen;
	const figure = keysName(rate, size.columns > 100);
	if (rate > 0) hall.crowd.talk(rate);
	await sleep(warmUpMs);
	const finish = startCounting(program);
	const times = await typeLetters(program, count);
	const {cpuPercent, kibibytes, ownPercent} = finish();
	if (times.length < count) findings.fault(name, `${figure}: a key was not shown within ${mostMs / 1000} s`);
	const {p50, p99} = percentiles(times);
	findings.add(`${figure}-p50`, name, p50);
	findings.add(`${figure}-p99`, name, p99);
	if (cpuPercent !== undefined) findings.add(`${figure}-cpu`, name, cpuPercent);
	findings.add(`${figure}-output`, name, kibibytes);
	findings.add(`${figure}-own`, name, ownPercent);
	if (ownPercent > ownLimitPercent)
		findings.note(
			name,
			`${figure}: the measuring process was busy for ${ownPercent.toFixed(0)} % of the time`,
		);
	const last = await hall.crowd.stop();
	if (rate > 0) {
		if ((await untilShown(program, last, behindMs)) === undefined)
			findings.fault(name, `${figure}: message ${last} was not on the screen ${behindMs / 1000} s later`);
		findings.add(`${figure}-emulator`, name, await weighEmulator(program, size));
	}
	program.type(clear);
	await checkScreen(stage, findings, figure, last < 0 ? undefined : last);
}

async function typeLetters(program: WatchedProgram, count: number): Promise<number[]> {
	const times: number[] = [];
	let draft = '';
	for (let i = 0; i < count; i++) {
		const letter = letters[i % letters.length] ?? '';
		if (i % letters.length === 0) {
			program.type(clear);
			await program.until(() => !program.shows(draftStart), mostMs);
			draft = draftStart;
			program.type(draft);
			if ((await program.until(() => program.shows(draft), mostMs)) === undefined) break;
			await sleep(10);
		}
		draft += letter;
		const expected = draft;
		const begin = performance.now();
		program.type(letter);
		const shown = await program.until(() => program.shows(expected), mostMs);
		if (shown === undefined) break;
		times.push(shown - begin);
		await sleep(5 + Math.random() * 15);
	}
	program.type(clear);
	return times;
}
