import type {ServerLine} from '../../protocol/extended/server-lines.ts';
import type {Identity} from '../identity.ts';

/** A message of one's own, with the key under which it is sent however often that takes. */
export type KeyedPost = {
	readonly key: string;
	readonly to: readonly string[];
	readonly text: string;
	readonly isLong?: boolean | undefined;
	readonly isAction?: boolean | undefined;
};

export type LineOf<T extends ServerLine['type']> = ServerLine & {readonly type: T};

/** What a dialogue tells. */
export type DialogueEvent =
	/** The host knows a-chat/1, and let us in. */
	| {readonly type: 'welcomed'; readonly welcome: LineOf<'welcome'>}
	/** Another host than the one that was known at this address wants us to sign for it, which we did not. */
	| {readonly type: 'stranger'; readonly srv: string}
	/** Something for us; `n` is missing if the host cannot keep it. To be stored, then confirmed. */
	| {readonly type: 'message'; readonly message: LineOf<'msg'>}
	| {readonly type: 'gap'; readonly gap: LineOf<'gap'>}
	| {readonly type: 'live'}
	/** An own message is taken. */
	| {readonly type: 'accepted'; readonly key: string; readonly ack: LineOf<'ack'>}
	/** What became of an own message for one person; without `key` if it is one of an earlier time. */
	| {readonly type: 'status'; readonly key: string | undefined; readonly status: LineOf<'status'>}
	/** An own message is refused: for good, or until it is sent again, which happens by itself. */
	| {readonly type: 'refused'; readonly key: string; readonly fail: LineOf<'fail'>; readonly isFinal: boolean}
	/** Messages are missing: connect anew with what was stored last. */
	| {readonly type: 'hole'}
	/** The host does not answer any more. */
	| {readonly type: 'dead'}
	| {readonly type: 'bye'; readonly bye: LineOf<'bye'>}
	/** Anything else that the host said. */
	| {readonly type: 'told'; readonly line: ServerLine};

export type DialogueOptions = {
	readonly login: string;
	readonly agent: string;
	readonly caps: readonly string[];
	/** Without one we are a guest. */
	readonly identity: Identity | undefined;
	/** Whether something may be signed for a host. */
	readonly trusts: (srv: string) => boolean;
	/** The newest message that is stored here, from which host. */
	readonly cursor: {readonly srv: string; readonly seen: number} | undefined;
	/** Only to send, beside a session of the same person. */
	readonly isBeside?: boolean;
	/** How long until what was refused for now is sent again, in ms. Default 2,000. */
	readonly retryMs?: number;
	/** Writes a line, whose LF is put behind it. */
	readonly write: (line: string) => void;
	readonly onEvent: (event: DialogueEvent) => void;
};
