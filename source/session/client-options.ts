import type {ServerLine} from '../protocol/extended/server-lines.ts';
import type {Address} from './address.ts';
import {defaultAddress} from './address.ts';
import {openKeptSession} from './kept-session.ts';
import {KnownHost} from './known-host.ts';
import type {SessionError} from './session-error.ts';
import type {ExtendedOptions} from './session-types.ts';
import type {Delivered, News, StalePost} from './spoken.ts';
import {makePassingStore} from './store/session-store.ts';

export type ConnectOptions = {
	/** The name to be known by. */
	readonly login: string;
	/** Host name or IP address. Default 127.0.0.1. */
	readonly host?: string;
	/** TCP port. Default 8080. */
	readonly port?: number;
	/**
	 * A folder that keeps the key of the login, what was not acknowledged, and what was received. One program at a time may
	 * use it with the same login and host. Without it one is a guest of whom nothing is kept.
	 */
	readonly data?: string;
	/** With `data`: whether another host than the one that was there before may have what waits. Default false. */
	readonly trustNewHost?: boolean;
	/** What the program is and in which version, as `my-bot/1.0`; only for the host. */
	readonly agent?: string;
	/** How long the connection may take to come about, in ms. Default 10,000. */
	readonly connectTimeoutMs?: number;
	/** How long to wait for a plain host's refusal of the login, in ms, beside one round trip. Default 380, and at least that. */
	readonly settleMs?: number;
	/** How long `close` waits for what is under way, and for the host to close its side, in ms. Default 10,000. */
	readonly closeTimeoutMs?: number;
};

/** What a client tells beside messages, by the name of the event. A plain host tells nothing of it. */
export type ClientEvents = {
	[T in News['type']]: [Extract<News, {readonly type: T}>];
} & {
	/** What somebody has of an own message, also of one of an earlier connection. */
	delivery: [Delivered];
	/** What was missed while we were away is here: so many messages. */
	live: [missed: number];
	/**
	 * Messages of earlier connections that may have been taken longer ago than the host knows. They are not sent again by
	 * themselves, and not kept any longer once somebody listens; without a listener they are told again the next time.
	 */
	stale: [readonly StalePost[]];
};

/** What one connection needs, and whom it tells. */
export type ClientTalkOptions = ConnectOptions & {
	readonly extended: Required<ExtendedOptions>;
	readonly onSettled: () => void;
	readonly onRefused: (error: SessionError) => void;
	readonly onHeard: (line: ServerLine) => void;
	readonly onNotice: (text: string) => void;
	readonly onDelivered: (delivered: Delivered) => void;
	readonly onLive: (missed: number) => void;
	/** Returns whether somebody has taken them. */
	readonly onStale: (posts: readonly StalePost[]) => boolean;
	readonly onEnd: () => void;
};

/** What is told of a message when it is sent. */
export type SendOptions = {
	/**
	 * By which the host knows it again: the same message with the same key is taken once, however often it is sent.
	 * `[A-Za-z0-9_-]{1,64}`; default: a random one.
	 */
	readonly key?: string;
	/** Whether it tells what somebody does, as `/me` has it. */
	readonly action?: boolean;
};

export const addressOf = ({host, port}: ConnectOptions): Address => ({
	host: host ?? defaultAddress.host,
	port: port ?? defaultAddress.port,
});

/** Opens what a-chat/1 needs. */
export async function openClient(options: ConnectOptions, login: string): Promise<Required<ExtendedOptions>> {
	const {agent = 'a-chat-tui', data, trustNewHost = false} = options;
	if (data !== undefined)
		return {agent, ...(await openKeptSession(data, addressOf(options), login, trustNewHost))};
	return {agent, identity: undefined, knownHost: new KnownHost(), store: makePassingStore()};
}
