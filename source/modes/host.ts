import {type Broker, BrokerError, startBroker} from '../broker/index.ts';
import type {Address} from '../session/address.ts';
import {exitCodes, signalExitCode} from './exit-codes.ts';
import {watchForHost} from './host-watch.ts';
import {checking, describeTaken, type StoreNews, tellListening, waitingFor} from './invitation.ts';
import type {Options} from './options.ts';
import {sayInPassing} from './output.ts';
import {storeFolder} from './store-folder.ts';

/** What a host needs to know of the flags. */
export type HostOptions = Pick<Options, 'address' | 'maxConnections' | 'rate' | 'store'> &
	Partial<Pick<Options, 'keepMs' | 'keepBytes'>>;

/** A wait for another host that is over so soon is not told of, in ms. */
const untoldMs = 500;

/**
 * Starts the broker that the flags ask for.
 *
 * @param onStoreNews called if the store is not open at once: if another process has it, for which this waits then, as long
 *   as nobody answers where this one is to listen; and if all of it is read. Left out, it does not wait, but fails with
 *   `LOCKED`
 * @throws {BrokerError} `EADDRINUSE` if somebody listens there, and others
 */
export async function startHostBroker(
	options: HostOptions,
	onStoreNews?: (news: StoreNews) => void,
): Promise<Broker> {
	const {address, rate, maxConnections, keepMs, keepBytes} = options;
	const store = storeFolder(options, process.env);
	const taken = Promise.withResolvers<never>();
	let stopWaiting = () => {};
	const waiting = store &&
		onStoreNews && {
			onStoreWait() {
				const telling = setTimeout(() => onStoreNews(waitingFor(store)), untoldMs);
				const found = () => taken.reject(takenError(address));
				// A port that is picked anew nobody has.
				const stopWatching = address.port === 0 ? undefined : watchForHost(address, found);
				stopWaiting = () => {
					clearTimeout(telling);
					stopWatching?.();
				};
			},
			onStoreCheck: () => onStoreNews(checking(store)),
		};
	const starting = startBroker({
		...address,
		...{store, keepMs, keepBytes, rate, ...waiting},
		// Five seconds' worth.
		rateBurst: 5 * rate,
		...(maxConnections === undefined ? {} : {maxConnections}),
	});
	try {
		return await Promise.race([starting, taken.promise]);
	} catch (error) {
		throw (error as {code?: string}).code === 'EADDRINUSE' ? takenError(address, error) : error;
	} finally {
		stopWaiting();
	}
}

const takenError = (address: Address, cause?: unknown): BrokerError =>
	new BrokerError('EADDRINUSE', describeTaken(address), {cause});

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
