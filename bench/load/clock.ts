import {setTimeout as sleep} from 'node:timers/promises';

// What was measured in less says nothing.
const leastMs = 200;

const told = new Promise<void>(resolve => {
	process.once('SIGUSR2', () => resolve());
});

/** Settles after `seconds`, or earlier if this process gets SIGUSR2 because nobody needs more. */
export async function clock(seconds: number): Promise<void> {
	await Promise.race([sleep(seconds * 1000), told.then(() => sleep(leastMs))]);
}
