import {Broker} from './broker.ts';
import {type BrokerOptions, settingsOf} from './options.ts';

export {Broker, type BrokerEvents} from './broker.ts';
export type {LogCode, LogEntry, Remote} from './context.ts';
export {BrokerError} from './errors.ts';
export type {BrokerOptions} from './options.ts';

/**
 * Starts an a-chat server (`docs/protocol.md`) and settles once it accepts connections.
 *
 * @throws {BrokerError} when it cannot listen (`EADDRINUSE`, `EACCES`, …) or too few files may be open (`TOO_FEW_FILES`)
 * @throws {RangeError} for a limit that is not a number of at least 0, and for an empty host
 */
export const startBroker = async (options: BrokerOptions = {}): Promise<Broker> => {
	const broker = new Broker(settingsOf(options));
	await broker.listen();
	return broker;
};
