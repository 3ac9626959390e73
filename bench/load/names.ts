import {performance} from 'node:perf_hooks';
import {setTimeout as sleep} from 'node:timers/promises';
import {Client, openMany, type Target} from './client.ts';
import {addExample, type Faults, noFaults} from './faults.ts';

const pauseMs = 20;

/**
 * Checks that a login is free again after its owner has left: all `count` clients leave and come back under the same
 * logins, and each has to be reached there within `patience` ms.
 */
export async function names(target: Target, count: number, patience: number): Promise<Faults> {
	const faults = noFaults();
	const first = await openMany(target, 'n', count);
	await Promise.all(first.map(client => client.leave()));
	await Promise.all(first.map(({login}) => comeBack(target, login, patience, faults)));
	return faults;
}

async function comeBack(target: Target, login: string, patience: number, faults: Faults): Promise<void> {
	const deadline = performance.now() + patience;
	for (;;) {
		try {
			const client = await Client.open(target, login, Math.max(pauseMs, deadline - performance.now()));
			client.drop();
			return;
		} catch (error) {
			// A server may need a moment to see that the former owner is gone.
			if (performance.now() + pauseMs < deadline) await sleep(pauseMs);
			else {
				faults.unfreed++;
				addExample(faults, String((error as Error).message));
				return;
			}
		}
	}
}
