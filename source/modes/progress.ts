import process from 'node:process';
import {makeHarmless} from './quote.ts';

/** Time after which somebody may wonder whether anything happens, and between two signs that it does, in ms. */
const everyMs = 1000;

/**
 * Says on standard error what takes so long, if it takes longer than a second: on a terminal one line that counts the
 * seconds and goes away at the end, else one line.
 */
export async function showProgress<T>(what: string, work: Promise<T>): Promise<T> {
	const isTerminal = process.stderr.isTTY && process.env.TERM !== 'dumb';
	const start = performance.now();
	let signs = 0;
	const timer = setInterval(() => {
		signs++;
		const seconds = Math.round((performance.now() - start) / 1000);
		if (isTerminal) process.stderr.write(`\r\u001B[K${makeHarmless(what)}, ${seconds} s …`);
		else if (signs === 1) process.stderr.write(`${makeHarmless(what)} …\n`);
	}, everyMs);
	try {
		return await work;
	} finally {
		clearInterval(timer);
		if (isTerminal && signs > 0) process.stderr.write('\r\u001B[K');
	}
}
