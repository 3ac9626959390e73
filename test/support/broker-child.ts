// Runs a broker in a process of its own, for tests that measure or limit the process. Options come as JSON in the first
// argument; what it has to say goes to standard output, one JSON value a line.
import {createInterface} from 'node:readline';
import {setImmediate} from 'node:timers/promises';
import {openFiles} from '../../source/broker/files.ts';
import {BrokerError, startBroker} from '../../source/broker/index.ts';

const say = (value: unknown) => process.stdout.write(`${JSON.stringify(value)}\n`);

try {
	const broker = await startBroker(JSON.parse(process.argv[2] ?? '{}'));
	broker.on('log', entry => say({log: entry}));
	const answers: Record<string, () => unknown> = {
		measure: async () => {
			// What the first collection finalises, the second one frees.
			gc?.();
			await setImmediate();
			gc?.();
			const {heapUsed, external, rss} = process.memoryUsage();
			const {user, system} = process.cpuUsage();
			return {
				heapUsed,
				external,
				rss,
				cpuMs: (user + system) / 1000,
				files: openFiles(),
				connections: broker.connections,
			};
		},
		close: async () => {
			const start = performance.now();
			await broker.close();
			return {ms: performance.now() - start};
		},
	};
	say({address: broker.address, limit: broker.limit});
	for await (const line of createInterface(process.stdin)) {
		say({answer: await answers[line]?.()});
	}
	process.exit();
} catch (error) {
	if (!(error instanceof BrokerError)) throw error;
	say({error: {code: error.code, message: error.message}});
	process.exitCode = 1;
}
