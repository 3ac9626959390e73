import type {HeldMessage, ToldOfMessage} from '../store/held.ts';
import type {SessionStore} from '../store/session-store.ts';
import type {Status} from './exchange-types.ts';
import {Gathering} from './gathering.ts';
import {RecentIds} from './recent-ids.ts';

export type InboxOptions = {
	readonly store: SessionStore;
	/** See `SessionOptions`. */
	readonly gatherMs?: number | undefined;
	/** Messages that were not there before, in order. */
	readonly onMessages: (messages: readonly HeldMessage[]) => void;
	/** Everything up to `n` is stored. */
	readonly onStored: (n: number) => void;
	/** Something that a person should know. */
	readonly onNotice: (text: string) => void;
	/** Whether so much waits to be stored that nothing more should be read. */
	readonly onCrowded: (isCrowded: boolean) => void;
};

/** Messages that wait while others are being stored, above which nothing more is read. */
const crowded = 2000;

/** Messages that wait at most, as they do when nothing can be stored, and own ones of which what was told does. */
const mostWaiting = 10_000;

/** Messages that are stored in one commit at most, as a copy of all is made for the worker; so many wait for no more. */
const mostAtOnce = 1000;

/** What is told of own messages is stored with the next message, after so long at the latest, in ms. */
const toldMs = 1000;

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
	/** What was told of own messages, by their ids. */
	#told = new Map<string, ToldOfMessage>();
	#storing: Promise<void> | undefined;
	#timer: NodeJS.Timeout | undefined;
	#toldTimer: NodeJS.Timeout | undefined;
	#wasTold = false;
	#isCrowded = false;
	/** Each time waits for the disk and makes a frame. */
	readonly #gathering: Gathering;
	/** Whether some of what came on this connection was dropped: it comes again with the next one. */
	#isTorn = false;
	/** Whose numbers these are; undefined while nobody knows whether that host is to be trusted. */
	srv: string | undefined;
	/** The newest number that is stored. */
	seen: number;
	/** Messages that were new since it was set to 0. */
	count = 0;

	constructor(options: InboxOptions) {
		this.#options = options;
		this.#gathering = new Gathering(options.gatherMs ?? 0);
		const {cursor} = options.store.held;
		this.srv = cursor?.srv;
		this.seen = cursor?.seen ?? 0;
	}

	/** Begins with another connection, on which comes what is not stored. */
	begin(): void {
		this.#isTorn = false;
		// What is read on this one is not held up yet.
		this.#isCrowded = false;
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
		if (this.#messages.length >= mostAtOnce) this.#gathering.cutShort();
		// Where nothing can be stored, what comes is still to be shown.
		if (this.#messages.length >= crowded && !this.#wasTold) this.#setCrowded(true);
	}

	/** Takes what somebody has of an own message: no commit is made for it alone, unless nothing else comes. */
	tell({id, to, state}: Status): void {
		const told = this.#told.get(id);
		if (told === undefined && this.#told.size >= mostWaiting) return;
		this.#told.set(id, {...told, [to]: state});
		this.#toldTimer ??= setTimeout(() => {
			this.#toldTimer = undefined;
			void this.stored();
		}, toldMs).unref();
	}

	/** Settles when what came before is stored, or cannot be. */
	async stored(): Promise<void> {
		this.#gathering.cutShort();
		await this.#storing;
		if (this.#told.size > 0) this.#storing ??= this.#storeAll();
		this.#gathering.cutShort();
		await this.#storing;
	}

	async #storeAll(): Promise<void> {
		// What comes in one piece is stored together.
		await Promise.resolve();
		this.#gathering.begin();
		do {
			if (!(await this.#storeGathered())) break;
			if (this.#messages.length < mostAtOnce) await this.#gathering.wait();
		} while (this.#messages.length > 0);
		this.#storing = undefined;
	}

	async #storeGathered(): Promise<boolean> {
		const {store, onMessages, onStored, onNotice} = this.#options;
		const [acknowledged, told] = [this.#acknowledged, this.#told];
		// While nothing can be stored, all that has come is to be shown.
		const count = this.#wasTold ? this.#messages.length : mostAtOnce;
		const messages = this.#messages.splice(0, count).map(message => withTold(message, told));
		const srv = this.#isTorn || messages.length === 0 ? undefined : this.srv;
		this.#acknowledged = [];
		this.#told = new Map();
		if (this.#messages.length < crowded) this.#setCrowded(false);
		const seen = messages.reduce((highest, {n = 0}) => Math.max(highest, n), this.seen);
		let areNew: readonly boolean[];
		let isStored = true;
		try {
			areNew = await store.keep(messages, srv === undefined ? undefined : {srv, seen}, acknowledged, told);
		} catch (error) {
			// It is shown, and not confirmed: so the host keeps it until it is stored here.
			isStored = false;
			areNew = messages.map(() => true);
			this.#messages.unshift(...messages);
			this.#acknowledged.unshift(...acknowledged);
			for (const [id, newer] of this.#told) told.set(id, {...told.get(id), ...newer});
			this.#told = told;
			this.#setCrowded(false);
			this.#tryAgain();
			if (!this.#wasTold) onNotice(`what came cannot be kept here: ${(error as Error).message}`);
		}
		this.#wasTold = !isStored;
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

	#setCrowded(isCrowded: boolean): void {
		if (isCrowded === this.#isCrowded) return;
		this.#isCrowded = isCrowded;
		this.#options.onCrowded(isCrowded);
	}

	#tryAgain(): void {
		this.#timer ??= setTimeout(() => {
			this.#timer = undefined;
			this.#storing ??= this.#storeAll();
		}, retryMs).unref();
	}
}

/** A message with what was told of it since it came, which then has not to be stored for itself. */
function withTold(message: HeldMessage, told: Map<string, ToldOfMessage>): HeldMessage {
	const those = told.get(message.id);
	if (those === undefined) return message;
	told.delete(message.id);
	return {...message, told: {...message.told, ...those}};
}
