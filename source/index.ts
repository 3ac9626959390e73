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
export {type Client, type ConnectOptions, connect, type Message} from './session/client.ts';
export {SessionError, type SessionErrorCode} from './session/session-error.ts';
