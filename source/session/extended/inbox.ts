import type {HeldMessage} from '../store/held.ts';
import type {SessionStore} from '../store/session-store.ts';
import {RecentIds} from './recent-ids.ts';

export type InboxOptions = {
	readonly store: SessionStore;
	/** Messages that were not there before, in order. */
	readonly onMessages: (messages: readonly HeldMessage[]) => void;
	/** Everything up to `n` is stored. */
	readonly onStored: (n: number) => void;
	/** Something that a person should know. */
	readonly onNotice: (text: string) => void;
	/** So much waits to be stored that nothing should be read until this is called with false. */
	readonly onFull: (isFull: boolean) => void;
};

/** Messages that wait to be stored at most. */
const mostWaiting = 10_000;

/** As many of them as a store that works has in a moment: above it nothing is read meanwhile, so that none is dropped. */
const enoughWaiting = 2000;

/** Messages that are stored in one commit at most: a copy of all of them is made for the worker. */
const mostAtOnce = 1000;

/** How long until what could not be stored is tried again, in ms. */
const retryMs = 2000;

/**
 * What comes from a host: first it is stored, all that has gathered meanwhile at once, in the same commit as the cursor;
 * then it is shown and may be confirmed. What is there already is dropped.
 */
export class Inbox {
	readonly #options: InboxOptions;
	/** What was shown and may come again, as it is not stored, or the cursor stayed where it was. */
	readonly #mayComeAgain = new RecentIds();
	/** What is not stored yet, with the keys of own messages that a host has acknowledged. */
	#messages: HeldMessage[] = [];
	#acknowledged: string[] = [];
	#storing: Promise<void> | undefined;
	#timer: NodeJS.Timeout | undefined;
	#wasTold = false;
	/** Whether some of what came on this connection was dropped: it comes again with the next one. */
	#isTorn = false;
	#isFull = false;
	/** Whose numbers these are; undefined while nobody knows whether that host is to be trusted. */
	srv: string | undefined;
	/** The newest number that is stored. */
	seen: number;
	/** Messages that were new since it was set to 0. */
	count = 0;

	constructor(options: InboxOptions) {
		this.#options = options;
		const {cursor} = options.store.held;
		this.srv = cursor?.srv;
		this.seen = cursor?.seen ?? 0;
	}

	/** Begins with another connection, on which comes what is not stored. */
	begin(): void {
		this.#isTorn = false;
		this.#isFull = false;
		this.count = 0;
	}

	/** Takes a message; with the key of an own one that waits here no longer. */
	add(message: HeldMessage, acknowledged?: string): void {
		if (this.#messages.length >= mostWaiting) {
			this.#isTorn = true;
			return;
		}
		this.#messages.push(message);
		if (acknowledged !== undefined) this.#acknowledged.push(acknowledged);
		this.#storing ??= this.#storeAll();
		// Where nothing can be stored, what comes is still to be shown.
		if (this.#messages.length >= enoughWaiting && !this.#wasTold) this.#setFull(true);
	}

	/** Settles when what came before is stored, or cannot be. */
	stored(): Promise<void> {
		return this.#storing ?? Promise.resolve();
	}

	async #storeAll(): Promise<void> {
		// What comes in one piece is stored together.
		await Promise.resolve();
		while (this.#messages.length > 0 && (await this.#storeGathered())) {}
		this.#storing = undefined;
	}

	async #storeGathered(): Promise<boolean> {
		const {store, onMessages, onStored, onNotice} = this.#options;
		const messages = this.#messages.splice(0, mostAtOnce);
		const acknowledged = this.#acknowledged;
		const srv = this.#isTorn ? undefined : this.srv;
		this.#acknowledged = [];
		const seen = messages.reduce((highest, {n = 0}) => Math.max(highest, n), this.seen);
		let areNew: readonly boolean[];
		let isStored = true;
		try {
			areNew = await store.keep(messages, srv === undefined ? undefined : {srv, seen}, acknowledged);
		} catch (error) {
			// It is shown, and not confirmed: so the host keeps it until it is stored here.
			isStored = false;
			areNew = messages.map(() => true);
			this.#messages.unshift(...messages);
			this.#acknowledged.unshift(...acknowledged);
			this.#tryAgain();
			if (!this.#wasTold) onNotice(`what came cannot be kept here: ${(error as Error).message}`);
		}
		this.#wasTold = !isStored;
		if (!isStored || this.#messages.length < enoughWaiting) this.#setFull(false);
		const isSettled = isStored && !this.#isTorn && srv !== undefined && srv === this.srv;
		const isFirst = (id: string) => (isSettled ? !this.#mayComeAgain.delete(id) : this.#mayComeAgain.add(id));
		const shown = messages.filter(({id, isOwn}, at) => isFirst(id) && areNew[at] && !isOwn);
		this.count += shown.length;
		if (isSettled) {
			this.seen = Math.max(this.seen, seen);
			onStored(this.seen);
		}
		if (shown.length > 0) onMessages(shown);
		return isStored;
	}

	#setFull(isFull: boolean): void {
		if (isFull === this.#isFull) return;
		this.#isFull = isFull;
		this.#options.onFull(isFull);
	}

	#tryAgain(): void {
		this.#timer ??= setTimeout(() => {
			this.#timer = undefined;
			this.#storing ??= this.#storeAll();
		}, retryMs).unref();
	}
}
