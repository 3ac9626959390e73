/** What is said, as it is kept and handed out again. */
export type Message = {
	/** Its number in this host's log: given in the order of commits, never used twice. */
	readonly n: number;
	/** The same on every host that got the same send of the same sender. */
	readonly id: string;
	/** When it was taken, in ms since 1970; to be shown, never to decide by. */
	readonly ts: number;
	/** The account of whoever sent it; 0 for a plain peer. */
	readonly sender: number;
	/** The sender's login then. */
	readonly from: string;
	/** As addressed, each once; also who was not here. */
	readonly to: readonly string[];
	/** Several lines, as `ml=1` has them. */
	readonly isLong: boolean;
	readonly isAction: boolean;
	readonly text: string;
};

/** A message that is to be taken. */
export type Entry = Omit<Message, 'n' | 'ts'> & {
	/** The sender's own key for this message, if it made one; then its `id` is known again. */
	readonly key: string | undefined;
	/** Accounts that it goes to, each once. */
	readonly recipients: readonly number[];
	/** Those of them who are away, so that their mailboxes have to have room: who is here is bounded by its outbox. */
	readonly away: readonly number[];
	/** Whether it is taken for the others if one of those mailboxes is full; else it is taken for nobody. */
	readonly isPartial: boolean;
	/** Whether it is refused, unless it was taken before. */
	readonly isForbidden?: boolean;
	/** Names of plain peers that it is handed to. */
	readonly handed: readonly string[];
	/** Ids of rooms. */
	readonly rooms: readonly number[];
	/** Who took part, by keys, so that a conversation is found again; undefined if it goes to rooms only. */
	readonly conversation: string | undefined;
};

/** What became of an entry. */
export type Outcome =
	| {
			readonly ok: true;
			readonly n: number;
			readonly id: string;
			readonly ts: number;
			/** It had been taken before; then this is what it said, and whom it was handed to. */
			readonly known: {readonly to: readonly string[]; readonly handed: readonly string[]} | undefined;
	  }
	| {readonly ok: false; readonly code: 'KEY_REUSED' | 'FORBIDDEN' | 'UNAVAILABLE'}
	| {readonly ok: false; readonly code: 'MAILBOX_FULL'; readonly recipient: number};

/** Somebody whose messages are kept. */
export type Account = {
	readonly id: number;
	readonly login: string;
	/** The login folded. */
	readonly key: string;
	/** The public key that the name is bound to; undefined for a guest. */
	readonly pub: string | undefined;
	/** What its keys and the ids of its messages belong to. */
	readonly identity: string;
	/** Messages up to this one are not shown to it, as they were there before it was. */
	readonly since: number;
	/** Everything up to here is stored at the client. */
	readonly confirmed: number;
	/** When `confirmed` last moved, and when it was last known to have got what it was told, in commits of this store. */
	readonly confirmedAt: number;
	readonly leftAt: number;
};

export type Room = {
	readonly id: number;
	readonly name: string;
	readonly key: string;
	readonly members: readonly number[];
};

/** Which messages a page is made of: the asker's own conversation, or a room. */
export type PageQuery = {
	readonly account: number;
	readonly since: number;
	readonly where: {readonly conversation: string} | {readonly room: number};
	readonly before?: number | undefined;
	readonly after?: number | undefined;
	readonly limit: number;
};

export type Page = {readonly messages: readonly Message[]; readonly hasMore: boolean};

/** Whoever has a store, as the store needs it. */
export type StoreListener = {
	readonly log: (
		level: 'info' | 'warning',
		code: 'STORE_FAILED' | 'STORE_RESTARTED' | 'STORE_WORKS',
		text: string,
	) => void;
	/** Nobody has used the name of this account for long: drops it, or returns false if somebody is there under it. */
	readonly free: (account: number) => boolean;
};

/**
 * Keeps what is said. A promise of `take` settles when all of it is as safe as `kind` says; entries are taken in their
 * order.
 */
export type Store = {
	/** `memory`: until the host ends. `disk`: flushed. */
	readonly kind: 'memory' | 'disk';
	/** Names this store: random, and new whenever its numbers begin anew. */
	readonly srv: string;
	/** The newest number, and the oldest that is kept. */
	readonly newest: number;
	readonly oldest: number;
	/** Counts commits. */
	readonly commits: number;
	/** How far back the keys of messages are known for certain, in ms; see `knownKeysMs`. */
	readonly keysMs: number;
	readonly accounts: readonly Account[];
	readonly rooms: readonly Room[];

	listen(listener: StoreListener): void;
	take(entries: readonly Entry[]): Promise<readonly Outcome[]>;
	/** Makes an account; a bound one for a `pub`, else a guest's. */
	open(login: string, key: string, pub: string | undefined): Promise<Account>;
	/** Forgets an account, with its mail. */
	drop(account: number): Promise<void>;
	/** Everything up to `n` is stored at the client of this account. */
	confirm(account: number, n: number): void;
	/** It is gone; what was told it since `at`, counted in commits, may not have got there. */
	leave(account: number, at: number): void;
	/** Makes a room, in place of another one whose log nobody reads any more. */
	makeRoom(name: string, key: string, instead?: number): Promise<number>;
	/** Settles when it is as safe as `kind` says; rejects if it may not be, and then nothing is tried again. */
	setMember(room: number, account: number, isMember: boolean): Promise<void>;
	/** What an account got and sent, and what was said in these rooms, behind `after`, in order. */
	replay(account: number, rooms: readonly number[], after: number, limit: number): Promise<Page>;
	/** One page, in order. */
	page(query: PageQuery): Promise<Page>;
	/** What holds all of the words, newest first. */
	search(
		account: number,
		since: number,
		rooms: readonly number[],
		words: string,
		isAwaited?: () => boolean,
	): Promise<Page>;
	/** Messages that an account sent and others have confirmed since it was last here, with who did. */
	confirmedMeanwhile(account: number): Promise<readonly {readonly id: string; readonly by: number}[]>;
	close(): Promise<void>;
};
