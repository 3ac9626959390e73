import {type Broker, startBroker} from '../broker/index.ts';
import {exitCodes, signalExitCode} from './exit-codes.ts';
import {describeListening} from './invitation.ts';
import type {Options} from './options.ts';
import {sayInPassing} from './output.ts';

/** What a host needs to know of the flags. */
export type HostOptions = Pick<Options, 'address' | 'maxConnections' | 'rate'>;

/** Starts the broker that the flags ask for. */
export function startHostBroker(options: HostOptions): Promise<Broker> {
	return startBroker({
		...options.address,
		rate: options.rate,
		// Five seconds' worth.
		rateBurst: 5 * options.rate,
		...(options.maxConnections === undefined ? {} : {maxConnections: options.maxConnections}),
	});
}

/** For a host without a screen: says on standard error what others type to join, and what happens. */
export function reportOnHost(broker: Broker): void {
	broker.on('log', ({text}) => sayInPassing(text));
	for (const line of describeListening(broker.address)) sayInPassing(line);
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
