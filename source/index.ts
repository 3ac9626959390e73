// The library: a broker to host in one's own program, and a client to write bots with. Neither loads the screen.
export {
	type Broker,
	BrokerError,
	type BrokerEvents,
	type BrokerOptions,
	type LogCode,
	type LogEntry,
	type Remote,
	StoreError,
	type StoreOptions,
	startBroker,
} from './broker/index.ts';
export {type Client, connect} from './session/client.ts';
export type {ClientEvents, ConnectOptions, SendOptions} from './session/client-options.ts';
export type {PagePlace} from './session/extended/host-commands.ts';
export type {Receipt} from './session/extended/receipts.ts';
export {SessionError, type SessionErrorCode} from './session/session-error.ts';
export type {Delivered, Message, News, Page, Room, StalePost, User} from './session/spoken.ts';
