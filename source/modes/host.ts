import {type Broker, startBroker} from '../broker/index.ts';
import {exitCodes, signalExitCode} from './exit-codes.ts';
import type {Options} from './options.ts';

/** Starts the broker that the flags ask for. */
export function startHostBroker(options: Pick<Options, 'address' | 'maxConnections'>): Promise<Broker> {
	return startBroker({
		...options.address,
		...(options.maxConnections === undefined ? {} : {maxConnections: options.maxConnections}),
	});
}

/** Ends a host on a signal: everything accepted is delivered first. The second signal ends it at once. */
export function closeOnSignals(
	broker: Broker,
	signals: readonly ('SIGHUP' | 'SIGINT' | 'SIGTERM')[] = ['SIGHUP', 'SIGINT', 'SIGTERM'],
): void {
	let isClosing = false;
	for (const signal of signals) {
		process.on(signal, () => {
			if (isClosing) process.exit(signalExitCode(signal));
			isClosing = true;
			broker.close().then(() => process.exit(exitCodes.done));
		});
	}
}
