import type {Account, Room} from '../store.ts';

/** What the rest of the store knows after each commit. */
export type Counters = {readonly newest: number; readonly oldest: number; readonly commits: number};

export type Contents = Counters & {
	readonly srv: string;
	readonly accounts: readonly Account[];
	readonly rooms: readonly Room[];
};

/** Changes that nobody waits for; they go with the next commit. */
export type Change =
	| {readonly type: 'confirm'; readonly account: number; readonly n: number}
	| {readonly type: 'leave'; readonly account: number; readonly at: number}
	| {readonly type: 'use'; readonly account: number}
	| {readonly type: 'member'; readonly room: number; readonly account: number; readonly isMember: boolean};

/** By what a store is known again when it is opened anew. */
export type Known = {readonly srv: string; readonly newest: number};

/** What the writer's side answers: what was asked for, and how the store is now. */
export type Told<T> = {readonly result: T; readonly state: State};

export type State = Counters & {
	/** What the messages' file takes without its free pages, and the log of commits beside it, in bytes. */
	readonly usedBytes: number;
	readonly logBytes: number;
	/** When the newest message was taken that was removed, in ms since 1970; 0 if none was. */
	readonly removedTs: number;
	/** How long the last call took, in ms. */
	readonly tookMs: number;
};
