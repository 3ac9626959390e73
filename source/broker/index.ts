import {Broker} from './broker.ts';
import {type BrokerOptions, settingsOf} from './options.ts';
import {keepingOf} from './store/keeping.ts';
import {makeMemoryStore} from './store/memory-store.ts';
import type {Opening} from './store/sqlite/sqlite-store.ts';
import type {Store} from './store/store.ts';

export {StoreError} from '../database/store-error.ts';
export {Broker, type BrokerEvents} from './broker.ts';
export type {LogCode, LogEntry, Remote} from './context.ts';
export {BrokerError} from './errors.ts';
export type {BrokerOptions} from './options.ts';

/** Where a broker keeps what is said. */
export type StoreOptions = {
	/** A folder, which is made if there is none; left out, it is kept in memory and gone with the broker. */
	readonly store?: string | undefined;
	/** Called if another process has that folder; then starting waits until it is free. Left out, it fails. */
	readonly onStoreWait?: (() => void) | undefined;
	/** Called if the store in that folder came there as a file, before all of it is read, which may take seconds. */
	readonly onStoreCheck?: (() => void) | undefined;
	/** How long messages are kept in a folder, in ms; `Infinity` for any time. Default 90 days. */
	readonly keepMs?: number | undefined;
	/** Bytes of messages that are kept in a folder; the oldest give way. `Infinity` for any number. Default 1,000,000,000. */
	readonly keepBytes?: number | undefined;
};

/**
 * Starts an a-chat server (`docs/protocol.md`) and settles once it accepts connections.
 *
 * @throws {BrokerError} when it cannot listen (`EADDRINUSE`, `EACCES`, …) or too few files may be open (`TOO_FEW_FILES`)
 * @throws {StoreError} when the store cannot be used
 * @throws {RangeError} for a limit that is not a number of at least 0, and for an empty host
 */
export const startBroker = async (options: BrokerOptions & StoreOptions = {}): Promise<Broker> => {
	const {store: folder, onStoreWait, onStoreCheck, keepMs, keepBytes, ...limits} = options;
	const settings = settingsOf(limits);
	const keeping = keepingOf({keepMs, keepBytes});
	const store = await openStore(folder, {...keeping, onWait: onStoreWait, onCheck: onStoreCheck});
	try {
		const broker = new Broker(settings, store);
		await broker.listen();
		return broker;
	} catch (error) {
		await store.close();
		throw error;
	}
};

const openStore = async (folder: string | undefined, opening: Opening): Promise<Store> => {
	if (folder === undefined) return makeMemoryStore();
	const {openSqliteStore} = await import('./store/sqlite/sqlite-store.ts');
	return openSqliteStore(folder, opening);
};
