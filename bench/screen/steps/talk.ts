import {performance} from 'node:perf_hooks';
import {setTimeout as sleep} from 'node:timers/promises';
import type {Contestant} from '../contestants.ts';
import type {Findings} from '../findings.ts';
import {Hall, type Stage} from '../stage.ts';
import {createHome, WatchedProgram} from '../watched-program.ts';

const patienceMs = 15_000;
const pastedLines = 40;
const holdMs = 500;
const enter = '\r';
const againMs = 100;

/** From the start until what was typed at the first sign of the program is at the server. */
export async function measureFirstMessage(screen: Contestant, findings: Findings): Promise<void> {
	const hall = await Hall.open(screen);
	const home = createHome();
	try {
		hall.prepare(home.folder);
		const program = new WatchedProgram(hall.fill(screen.command), home.folder);
		try {
			const line = `${hall.address}hello${enter}`;
			await program.until(() => program.frame.rows.some(row => row !== ''), patienceMs);
			program.type(line);
			const has = () => hall.crowd.heard.some(({text}) => text === 'hello');
			const deadline = performance.now() + patienceMs;
			while (!(await hall.crowd.until(has, againMs)) && performance.now() < deadline) {
				// An IRC client throws away what is typed before it is in.
				if (screen.isIrc) program.type(line);
			}
			const first = hall.crowd.heard[0];
			if (first !== undefined) findings.add('first-message', screen.name, first.at - program.start);
			else findings.fault(screen.name, `what was typed at the start was not sent in ${patienceMs / 1000} s`);
		} finally {
			await program.stop();
		}
	} finally {
		await hall.close();
		home.remove();
	}
}

/** Pastes 40 lines: how many go out by themselves, and how long after Enter the last is at the server. */
export async function measurePaste({hall, program}: Stage, findings: Findings): Promise<void> {
	const {name, isIrc, pasteKey} = hall.screen;
	const lines = Array.from({length: pastedLines}, (_, i) => `pasted line ${i + 1}`);
	const heard = () => hall.crowd.heard.filter(({text}) => text.startsWith('pasted line'));
	program.type(hall.address);
	await program.settle(50);
	program.paste(lines.join('\n'));
	await program.settle(holdMs);
	findings.add('paste-early', name, heard().length);
	const begin = performance.now();
	program.type(pasteKey ?? '');
	program.type(enter);
	const isThere = await hall.crowd.until(() => heard().length >= pastedLines, patienceMs);
	const texts = heard().map(({text}) => text);
	if (texts.some((text, i) => text !== lines[i]))
		findings.fault(name, `a paste arrived in another order, or twice: ${JSON.stringify(texts)}`);
	const last = heard().at(-1);
	if (isThere && last !== undefined) findings.add('paste', name, Math.max(0, last.at - begin));
	else {
		const count = `${texts.length} of ${pastedLines} pasted lines were at the server after ${patienceMs / 1000} s`;
		if (isIrc) findings.note(name, count);
		else findings.fault(name, count);
	}
}

/**
 * A line is typed while the server is away for 3 s: how long after it is back somebody reads it. That one is a plain peer,
 * who gets nothing that comes before it is back itself; so what does not come is tried once more.
 */
export async function measureReconnect(stage: Stage, findings: Findings): Promise<void> {
	const {name, isIrc} = stage.hall.screen;
	const what = `what was typed while the server was away did not come in ${patienceMs / 1000} s`;
	for (const text of ['while away', 'while away again']) {
		const seconds = await comeBack(stage, text);
		if (seconds !== undefined) return findings.add('reconnect', name, seconds);
		findings.note(name, what);
		if (isIrc) return;
	}
	findings.fault(name, `${what}, twice`);
}

async function comeBack({hall, program}: Stage, text: string): Promise<number | undefined> {
	await hall.kill();
	await sleep(1000);
	program.type(`${hall.address}${text}${enter}`);
	await sleep(2000);
	const backAt = await hall.revive();
	await hall.crowd.until(heard => heard.some(one => one.text === text), patienceMs);
	const first = hall.crowd.heard.find(one => one.text === text);
	return first && Math.max(0, first.at - backAt) / 1000;
}
