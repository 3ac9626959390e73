import {Broker} from '../../../source/broker/broker.ts';
import {startBroker} from '../../../source/broker/index.ts';
import {settingsOf} from '../../../source/broker/options.ts';
import {makeMemoryStore} from '../../../source/broker/store/memory-store.ts';
import type {Store} from '../../../source/broker/store/store.ts';
import {temporaryFolder} from '../../support/environment.ts';
import {openHere} from '../store-here.ts';

/** Hosts that are started one after the other at the same place. */
export type Place = {
	/** Whether the next one has what the one before had. */
	readonly isLasting: boolean;
	start(): Promise<Broker>;
};

const options = {port: 0, shutdownLingerMs: 0, nameRetryMs: 1000};

export const inMemory = (): Place => ({
	isLasting: false,
	start: () => startBroker(options),
});

export const onDisk = (): Place => {
	const store = temporaryFolder();
	return {
		isLasting: true,
		start: () => startBroker({...options, store}),
	};
};

const startWith = async (store: Store): Promise<Broker> => {
	const broker = new Broker(settingsOf(options), store);
	await broker.listen();
	return broker;
};

/** The database is in this thread, which does so much more in the same time. */
export const onDiskHere = (): Place => {
	const folder = temporaryFolder();
	return {
		isLasting: true,
		start: () => startWith(openHere(folder)),
	};
};

/** @param spoil puts a fault into a store */
export const spoiled = (spoil: (store: Store) => Partial<Store>): Place => ({
	...inMemory(),
	start() {
		const store = makeMemoryStore();
		const changed = spoil(store);
		const handler = {
			get(target: Store, name: keyof Store) {
				const value = changed[name] ?? target[name];
				return typeof value === 'function' ? value.bind(target) : value;
			},
		} as ProxyHandler<Store>;
		return startWith(new Proxy(store, handler));
	},
});
