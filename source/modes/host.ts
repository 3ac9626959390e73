import {type Broker, startBroker} from '../broker/index.ts';
import {exitCodes, signalExitCode} from './exit-codes.ts';
import {checking, type StoreNews, tellListening, waitingFor} from './invitation.ts';
import type {Options} from './options.ts';
import {sayInPassing} from './output.ts';
import {storeFolder} from './store-folder.ts';

/** What a host needs to know of the flags. */
export type HostOptions = Pick<Options, 'address' | 'maxConnections' | 'rate' | 'store'> &
	Partial<Pick<Options, 'keepMs' | 'keepBytes'>>;

/**
 * Starts the broker that the flags ask for.
 *
 * @param onStoreNews called if the store is not open at once: if another process has it, for which this waits then, and if
 *   all of it is read. Left out, it does not wait, but fails with `LOCKED`
 */
export function startHostBroker(
	options: HostOptions,
	onStoreNews?: (news: StoreNews) => void,
): Promise<Broker> {
	const store = storeFolder(options, process.env);
	return startBroker({
		...options.address,
		store,
		...(store &&
			onStoreNews && {
				onStoreWait: () => onStoreNews(waitingFor(store)),
				onStoreCheck: () => onStoreNews(checking(store)),
			}),
		keepMs: options.keepMs,
		keepBytes: options.keepBytes,
		rate: options.rate,
		// Five seconds' worth.
		rateBurst: 5 * options.rate,
		...(options.maxConnections === undefined ? {} : {maxConnections: options.maxConnections}),
	});
}

/** For a host that takes part without a screen: says on standard error what others type to join, and what happens. */
export function reportOnHost(broker: Broker): void {
	broker.on('log', ({text}) => sayInPassing(text));
	for (const line of tellListening(broker.address)) sayInPassing(line);
}

/** Whom a host tells that it ends. */
type Closing = {
	onBegin(signal: NodeJS.Signals): void;
	/** The process ends when this settles. */
	onEnd(seconds: number): Promise<void>;
};

/** Ends a host on a signal: everything accepted is delivered first. The second signal ends it at once. */
export function closeOnSignals(
	broker: Broker,
	signals: readonly ('SIGHUP' | 'SIGINT' | 'SIGTERM')[] = ['SIGHUP', 'SIGINT', 'SIGTERM'],
	closing?: Closing,
): void {
	let isClosing = false;
	for (const signal of signals) {
		process.on(signal, () => {
			if (isClosing) process.exit(signalExitCode(signal));
			isClosing = true;
			void close(signal);
		});
	}

	async function close(signal: NodeJS.Signals): Promise<void> {
		const since = performance.now();
		closing?.onBegin(signal);
		await broker.close();
		await closing?.onEnd((performance.now() - since) / 1000);
		process.exit(exitCodes.done);
	}
}
