import {onTestFinished} from 'vitest';
import {type Broker, startBroker} from '../../source/broker/index.ts';

/** A broker on a free port that is closed when the test is over. */
export const start = async (options: Parameters<typeof startBroker>[0] = {}): Promise<Broker> => {
	const broker = await startBroker({port: 0, shutdownLingerMs: 1, ...options});
	onTestFinished(() => broker.close());
	return broker;
};

/** Settles when the broker tells that something has happened. */
export const happens = async (broker: Broker, event: 'join' | 'leave', login: string): Promise<void> => {
	await new Promise<void>(resolve => {
		const listen = (name: string) => {
			if (name !== login) return;
			broker.off(event, listen);
			resolve();
		};
		broker.on(event, listen);
	});
};
