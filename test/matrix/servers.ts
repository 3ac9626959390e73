import {startBroker} from '../../source/broker/index.ts';
import {onCleanup} from '../support/cleanup.ts';
import {temporaryFolder} from '../support/environment.ts';
import {startFaulty} from '../support/faulty-server.ts';
import type {Address} from '../support/peer.ts';

export type Server = {readonly name: string; readonly isExtended: boolean; start(): Promise<Address>};

/** A server that knows the plain dialect only, and does it right. */
export const plainServer: Server = {
	name: 'a plain server',
	isExtended: false,
	async start() {
		const {port, close} = await startFaulty('none');
		onCleanup('test', close);
		return {host: '127.0.0.1', port};
	},
};

const ours = (name: string, folder: () => string | undefined): Server => ({
	name,
	isExtended: true,
	async start() {
		const broker = await startBroker({port: 0, store: folder(), shutdownLingerMs: 1});
		onCleanup('test', () => broker.close());
		return broker.address;
	},
});

export const servers: readonly Server[] = [
	plainServer,
	ours('our host, which keeps it in memory', () => undefined),
	ours('our host, which keeps it on disk', temporaryFolder),
];
