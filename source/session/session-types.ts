import type {ServerLine} from '../protocol/extended/server-lines.ts';
import type {Delivery} from '../protocol/plain.ts';
import type {Address} from './address.ts';
import type {Ack, Refusal, Status, Stranger, Told, Welcome} from './extended/exchange-types.ts';
import type {Identity} from './identity.ts';
import type {KnownHost} from './known-host.ts';
import type {Post, PostState} from './outbox.ts';
import type {SessionError} from './session-error.ts';
import type {HeldMessage} from './store/held.ts';
import type {SessionStore} from './store/session-store.ts';

/** Where a session stands. `until` is a time of `performance.now()`, in ms. */
export type SessionStatus =
	| {readonly phase: 'connecting'}
	| {readonly phase: 'open'; readonly isPlain: boolean}
	| {readonly phase: 'waiting'; readonly until: number; readonly reason: SessionError}
	| {readonly phase: 'stopped'; readonly reason?: SessionError};

/** A line of the server: a message, or words that are none (`undefined` as its delivery). */
export type ReceivedLine = {readonly line: string; readonly delivery: Delivery | undefined};

export type SessionEvents = {
	status: [SessionStatus];
	/** The lines of one chunk, in order. */
	lines: [readonly ReceivedLine[]];
	/** The same from a host that speaks a-chat/1; none of them was there before. */
	messages: [readonly HeldMessage[]];
	/** Own lines that are kept: they are not lost if the program ends, however that happens. */
	kept: [ids: readonly number[]];
	/** What became of own lines, by `Post.id`. */
	posts: [ids: readonly number[], state: Exclude<PostState, 'waiting'>];
	/** What somebody has of an own line. */
	told: [id: number, to: string, state: Told];
	/** A host that speaks a-chat/1 has taken an own line. */
	accepted: [Post, Ack];
	/** It will never take this one. */
	refused: [Post, Refusal];
	/** Who has an own line; without it if it is one of an earlier session. */
	delivery: [Status, Post | undefined];
	/**
	 * These own lines may have been taken, longer ago than the host knows: see `settleStale`. All of them, with each
	 * connection.
	 */
	stale: [readonly Post[]];
	/** Something that a person should know. */
	notice: [text: string];
	/** A host that speaks a-chat/1 has let us in; with what it can do. */
	welcome: [Welcome];
	/** All that was missed has come: so many messages. */
	live: [missed: number];
	/** Anything else that such a host tells: who comes and goes, who is typing. */
	heard: [ServerLine];
	/** The connection is gone or did not come about; the next try follows in so many ms. */
	lost: [reason: SessionError, retryMs: number];
	/** Another host than before: see `trust`. */
	stranger: [Stranger];
};

export type SessionOptions = {
	readonly address: Address;
	readonly login: string;
	readonly connectTimeoutMs?: number;
	readonly settleMs?: number;
	/** A connection that held for longer than this is a success: after it the waits begin anew. In ms, default 2,000. */
	readonly steadyMs?: number;
	/**
	 * How long messages of a host of a-chat/1 gather at most before they are stored and told, in ms, when they pour in: for
	 * who shows them. Default 0, for who answers each of them.
	 */
	readonly gatherMs?: number;
	/**
	 * Asked when nobody listens at the address. Resolves to true if it may be tried again at once, because there is
	 * somebody now: this is how a screen hosts by itself. It rejects with the reason why it cannot.
	 */
	readonly rescue?: (() => Promise<boolean>) | undefined;
};

export type ExtendedOptions = {
	/** What we are and in which version, as `a-chat-tui/0.1.0`. */
	readonly agent: string;
	/** The key that the login is bound to; without one we are a guest. */
	readonly identity: Identity | undefined;
	readonly store: SessionStore;
	/** Which host is known at the address; left out, the one that the store has met. */
	readonly knownHost?: KnownHost;
};
