import {performance} from 'node:perf_hooks';
import {setTimeout as sleep} from 'node:timers/promises';
import type {Client} from './client.ts';
import {addExample, type Faults} from './faults.ts';
import type {Inbox} from './inbox.ts';

/** A client that receives, with what checks it. */
export type Reception = {readonly client: Client; readonly inbox: Inbox};

// A message that comes a second time comes right behind the first.
const surplusMs = 50;

/** Waits until all that was sent has come, or nothing has for `quiet` seconds, and closes the books. */
export async function settle(
	receptions: readonly Reception[],
	progress: () => number,
	quiet: number,
): Promise<void> {
	await until(() => receptions.every(({inbox}) => inbox.isComplete), progress, quiet);
	await sleep(surplusMs);
	for (const {inbox} of receptions) inbox.close();
}

/** Resolves when `isDone`, or when `progress` has stood still for `quiet` seconds. */
export async function until(isDone: () => boolean, progress: () => number, quiet: number): Promise<void> {
	let last = progress();
	let since = performance.now();
	while (!isDone() && performance.now() - since < quiet * 1000) {
		await sleep(10);
		if (progress() !== last) {
			last = progress();
			since = performance.now();
		}
	}
}

/** From here on it is a fault if a server ends the connection of one of `clients`. */
export function blameCuts(
	clients: readonly {readonly login: string; onCut: () => void}[],
	faults: Faults,
): void {
	for (const client of clients) {
		client.onCut = () => {
			faults.cut++;
			addExample(faults, `${client.login} was cut`);
		};
	}
}
