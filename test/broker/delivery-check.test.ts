import {expect, it, onTestFinished} from 'vitest';
import {checkDelivery} from '../support/delivery-check.ts';
import {type Fault, startFaulty} from '../support/faulty-server.ts';
import {start} from './start.ts';

/** Of four peers; each third line goes to one, two and three others, so this makes 10,000 deliveries. */
const linesEach = 1250;

it('the broker delivers 10,000 lines once and in order, and frees the name', async () => {
	const {address} = await start();
	expect(await checkDelivery(address, linesEach)).toEqual([]);
});

it.each<[Fault, RegExp | undefined]>([
	['none', undefined],
	['lose', /^\w+ to \w+: lost 1, first \d+$/],
	['double', /^\w+ to \w+: doubled at \d+$/],
	['swap', /^\w+ to \w+: out of order at \d+$/],
	['keep the name', /^alice: the name is not free after she has gone$/],
])('the check finds a planted fault: %s', async (fault, problem) => {
	const server = await startFaulty(fault);
	onTestFinished(server.close);
	const problems = await checkDelivery({host: '127.0.0.1', port: server.port}, linesEach);
	if (problem === undefined) expect(problems).toEqual([]);
	else {
		expect(problems).toHaveLength(1);
		expect(problems[0]).toMatch(problem);
	}
});
