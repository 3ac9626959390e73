import {performance} from 'node:perf_hooks';
import {setTimeout as sleep} from 'node:timers/promises';
import {Client} from '../../load/client.ts';
import {plain} from '../../load/dialect.ts';
import {irc} from '../../load/irc.ts';
import {readUsage} from '../../load/usage.ts';
import {checkScreen, untilShown} from '../check.ts';
import {type Contestant, channel} from '../contestants.ts';
import type {Findings} from '../findings.ts';
import {isScrolledUp, lastOnes, leadsUp, markOf, numbersOn} from '../messages.ts';
import {Hall, login, type Stage} from '../stage.ts';

const patienceMs = 60_000;
const pages = 15;
const pageMs = 2000;
const joinMs = 200;
const pageUp = '\u001B[5~';
const pageDown = '\u001B[6~';

/** `count` messages at once, until the newest are on the screen; and CPU of the screen and of the server until then. */
export async function measureBurst(stage: Stage, findings: Findings, count: number): Promise<void> {
	const {hall, program} = stage;
	const {name} = hall.screen;
	const last = (await hall.crowd.stop()) + count;
	const groups = {cpu: program.group, 'server-cpu': hall.server.group};
	const before = Object.entries(groups).map(([figure, group]) => ({figure, group, usage: readUsage(group)}));
	const [{began}, shown] = await Promise.all([
		hall.crowd.burst(count),
		untilShown(program, last, patienceMs),
	]);
	for (const {figure, group, usage} of before) {
		const after = readUsage(group);
		if (usage && after) findings.add(`burst-${count}-${figure}`, name, after.cpuSeconds - usage.cpuSeconds);
	}
	if (shown === undefined)
		findings.fault(name, `of ${count} at once the newest were not there after ${patienceMs / 1000} s`);
	else findings.add(`burst-${count}`, name, (shown - began) / 1000);
	await checkScreen(stage, findings, `after ${count} at once`, last);
}

/** PageUp until earlier messages are on top; each page is looked at, and then all the way back. */
export async function measurePages(stage: Stage, findings: Findings): Promise<void> {
	const {hall, program} = stage;
	const {name} = hall.screen;
	const shownNow = () => numbersOn(program.frame.rows);
	const last = await hall.crowd.stop();
	for (let page = 0; page < pages; page++) {
		const before = shownNow();
		const begin = performance.now();
		program.type(pageUp);
		const shown = await program.until(() => leadsUp(before, shownNow()), pageMs);
		if (shown === undefined) {
			findings.fault(name, `PageUp led nowhere from message ${before[0]}`);
			break;
		}
		findings.add('page-up', name, shown - begin);
		await program.settle(30);
	}
	await checkScreen(stage, findings, 'after PageUp');
	const isAtEnd = () => {
		const {rows} = program.frame;
		return !isScrolledUp(rows) && Math.max(...numbersOn(rows)) >= last;
	};
	for (let page = 0; page < 4 * pages && !isAtEnd(); page++) {
		program.type(pageDown);
		await program.settle(30);
	}
	await checkScreen(stage, findings, 'after PageUp and PageDown', last);
}

/** The same messages to one who only looks for the last: what is left of a burst without a screen. */
export async function measureAlone(
	screen: Contestant,
	findings: Findings,
	counts: readonly number[],
): Promise<void> {
	const hall = await Hall.open(screen);
	try {
		const target = {port: hall.server.port, dialect: screen.isIrc ? irc : plain};
		const client = await Client.open(target, login);
		if (screen.isIrc) client.socket.write(`JOIN ${channel}\r\n`);
		await sleep(joinMs);
		for (const count of counts) {
			const last = (await hall.crowd.stop()) + count;
			const arrived = untilRead(client, lastOnes(last).map(markOf));
			const {began} = await hall.crowd.burst(count);
			findings.add(`alone-${count}`, screen.name, ((await arrived) - began) / 1000);
		}
		client.drop();
	} finally {
		await hall.close();
	}
}

/** Resolves with when all `texts` have been read. */
function untilRead(client: Client, texts: readonly string[]): Promise<number> {
	const missing = new Set(texts);
	let rest = '';
	return new Promise(resolve => {
		client.onBytes = (chunk, length) => {
			const text = rest + chunk.toString('latin1', 0, length);
			for (const one of missing) if (text.includes(one)) missing.delete(one);
			if (missing.size === 0) resolve(performance.now());
			rest = text.slice(-100);
		};
	});
}
