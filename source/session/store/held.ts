import {splitLines} from '../../protocol/extended/lines-in-text.ts';
import type {ServerLine} from '../../protocol/extended/server-lines.ts';
import {detached} from '../detached.ts';
import type {KeyedPost} from '../extended/dialogue-types.ts';
import type {Told} from '../extended/exchange-types.ts';

/** An own message as a client keeps it until a host has it; `at` is when it was written, in ms since 1970. */
export type KeptPost = KeyedPost & {readonly at: number};

/** What each recipient has of an own message, by name. */
export type ToldOfMessage = Readonly<Record<string, Told>>;

/** A message as a client keeps it. */
export type HeldMessage = {
	readonly id: string;
	/** Its number at the host that it came from; undefined if that could not keep it. */
	readonly n: number | undefined;
	/** When the host took it, in ms since 1970. */
	readonly ts: number;
	readonly from: string;
	readonly to: readonly string[];
	readonly text: string;
	readonly isLong: boolean;
	readonly isAction: boolean;
	/** Whether it was said here. */
	readonly isOwn: boolean;
	/** What a host has told of it, if it was said here. */
	readonly told?: ToldOfMessage | undefined;
};

/** Where a client left off with a host. */
export type Cursor = {readonly srv: string; readonly seen: number};

/** What is there when a session starts. */
export type Held = {
	readonly cursor: Cursor | undefined;
	/** Own messages that no host has acknowledged, in their order. */
	readonly outbox: readonly KeptPost[];
	/** The last messages, in the order in which they came. */
	readonly messages: readonly HeldMessage[];
};

/** A message as a host tells it. */
export const heldOf = (
	{id, n, ts, from, to, text, ml, act}: ServerLine & {readonly type: 'msg'},
	isOwn: boolean,
): HeldMessage => ({
	...{id, n, ts, from, to, text: detached(ml ? (splitLines(text) ?? text) : text)},
	...{isLong: ml === true, isAction: act === true, isOwn},
});
