import type {ServerLine} from '../../protocol/extended/server-lines.ts';
import type {Identity} from '../identity.ts';
import type {KnownHost} from '../known-host.ts';
import type {Post} from '../outbox.ts';
import type {HeldMessage} from '../store/held.ts';
import type {SessionStore} from '../store/session-store.ts';

/** What somebody has of an own message; see `@status` in docs/protocol.md. */
export type Told = 'sent' | 'queued' | 'delivered' | 'absent';

/** The host that let us in. */
export type Welcome = ServerLine & {readonly type: 'welcome'};

/** A host has taken an own message, and tells who has it. */
export type Ack = ServerLine & {readonly type: 'ack'};
export type Status = ServerLine & {readonly type: 'status'};

/** Why an own message was refused for good: a code of the host (or `STRANGER`, `TOO_OLD`), and its sentence. */
export type Refusal = {readonly code: string; readonly text: string};

/** Another host than before: it wants our signature, or stands where lines wait for the earlier one. */
export type Stranger = {
	readonly srv: string;
	readonly wants: 'signature' | 'lines';
	readonly waiting: number;
};

export type ExchangeOptions = {
	readonly login: string;
	readonly agent: string;
	readonly identity: Identity | undefined;
	readonly store: SessionStore;
	readonly knownHost: KnownHost;
	/** See `SessionOptions`. */
	readonly gatherMs?: number | undefined;
	readonly onWelcome: (welcome: Welcome) => void;
	/** How many own lines wait that were not posted yet. */
	readonly unposted: () => number;
	/** What was missed is here; so many messages. */
	readonly onLive: (missed: number) => void;
	/** Anything else that the host said: who comes and goes, who is typing. */
	readonly onHeard: (line: ServerLine) => void;
	/** Messages that were not there before, in order. */
	readonly onMessages: (messages: readonly HeldMessage[]) => void;
	readonly onAccepted: (post: Post, ack: Ack) => void;
	readonly onRefused: (post: Post, why: Refusal) => void;
	/** Who has an own message; without it if it is one of an earlier time. */
	readonly onTold: (status: Status, post: Post | undefined) => void;
	/** Something that a person should know. */
	readonly onNotice: (text: string) => void;
	/** Nothing is signed or sent until `trust` or `distrust` is called. */
	readonly onStranger: (stranger: Stranger) => void;
	/** These may have been taken, longer ago than this host knows: they are not sent until `settleStale` is called. */
	readonly onStale: (posts: readonly Post[]) => void;
	/** The host ends, and asks to come back within so many ms, spread. */
	readonly onShutdown: (spreadMs: number) => void;
	/** Whether so much waits to be kept that nothing more should be read on this connection. */
	readonly onCrowded: (isCrowded: boolean) => void;
	/** The connection has to be given up: `again` if another one helps. */
	readonly onGiveUp: (reason: 'again' | 'taken-over') => void;
};
