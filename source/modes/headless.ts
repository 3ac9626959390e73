import {formatAddress} from '../session/address.ts';
import {closeOnSignals, reportOnHost, startHostBroker} from './host.ts';
import type {Options} from './options.ts';
import {steadyHeap} from './steady-heap.ts';

/** The broker alone. Standard output gets one line, once it accepts; everything else is said on standard error. */
export async function runHeadless(options: Options): Promise<void> {
	steadyHeap();
	const broker = await startHostBroker(options);
	// Before the line is out: whoever waits for it may send a signal at once.
	closeOnSignals(broker, ['SIGINT', 'SIGTERM']);
	// A host without a screen goes on when the terminal that it was started in is closed.
	process.on('SIGHUP', () => {});
	// Whoever reads the line may close the pipe afterwards; a host goes on without it.
	process.stdout.on('error', () => {});
	process.stdout.write(`listening on ${formatAddress(broker.address)}\n`);
	reportOnHost(broker);
}
