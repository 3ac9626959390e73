import {splitLines} from '../../protocol/extended/lines-in-text.ts';
import {guestIdentity, messageId} from '../../protocol/extended/message-id.ts';
import {loginKey} from '../../protocol/login.ts';
import type {Identity} from '../identity.ts';
import type {Post} from '../outbox.ts';
import type {HeldMessage} from '../store/held.ts';
import type {SessionStore} from '../store/session-store.ts';
import {Dialogue, type DialogueEvent} from './dialogue.ts';
import {RecentIds} from './recent-ids.ts';

/** What somebody has of an own message; see `@status` in docs/protocol.md. */
export type Told = 'sent' | 'queued' | 'delivered' | 'absent';

export type ExchangeOptions = {
	readonly login: string;
	readonly agent: string;
	readonly identity: Identity | undefined;
	readonly store: SessionStore;
	/** The host has let us in. */
	readonly onWelcome: () => void;
	/** Messages that were not there before, in order. */
	readonly onMessages: (messages: readonly HeldMessage[]) => void;
	readonly onAccepted: (post: Post) => void;
	readonly onRefused: (post: Post, why: string) => void;
	readonly onTold: (post: Post, to: string, state: Told) => void;
	/** Something that a person should know. */
	readonly onNotice: (text: string) => void;
	/** Another host than before has let us in: what waited for that one is not for this one. */
	readonly onStranger: (pending: readonly Post[]) => void;
	/** The connection has to be given up: `again` if another one helps. */
	readonly onGiveUp: (reason: 'again' | 'stranger' | 'taken-over') => void;
};

/** What came in one piece, over which connection. */
type Batch = {
	readonly messages: readonly HeldMessage[];
	readonly acknowledged: readonly string[];
	readonly srv: string | undefined;
	readonly dialogue: Dialogue | undefined;
};

/** How long to wait before what was refused for now is sent again, in ms. */
const retryMs = 2000;

/** Own messages whose recipients are still to be told of. */
const rememberedPosts = 5000;

/**
 * What is said with one host in a-chat/1, over however many connections: own messages are sent until they are
 * acknowledged, what comes is stored before it is confirmed, and what is there already is dropped.
 */
export class Exchange {
	readonly #options: ExchangeOptions;
	/** Own messages that are not acknowledged, in their order, by their keys, and those that were, by their ids. */
	readonly #pending = new Map<string, Post>();
	/** The ids of those that are not acknowledged: what the host has, and could not tell, comes back. */
	readonly #pendingIds = new Set<string>();
	readonly #accepted = new Map<string, Post>();
	readonly #shown = new RecentIds();
	#dialogue: Dialogue | undefined;
	#srv: string | undefined;
	#seen: number;
	/** What came and is not stored yet. */
	#messages: HeldMessage[] = [];
	#acknowledged: string[] = [];
	#keeping = Promise.resolve();
	/** On this connection something came that could not be stored: nothing behind it moves the cursor. */
	#behind: Dialogue | undefined;
	#timer: NodeJS.Timeout | undefined;

	constructor(options: ExchangeOptions) {
		this.#options = options;
		const {cursor} = options.store.held;
		this.#srv = cursor?.srv;
		this.#seen = cursor?.seen ?? 0;
	}

	/** Whether a host at this address has ever welcomed us: then it is never spoken to in the plain dialect. */
	get isKnown(): boolean {
		return this.#srv !== undefined;
	}

	/** Begins anew over another connection. */
	begin(write: (line: string) => void): Dialogue {
		this.end();
		const {login, agent, identity} = this.#options;
		const srv = this.#srv;
		const dialogue = new Dialogue({
			...{login, agent, identity, caps: ['ack']},
			pinned: srv,
			cursor: srv === undefined ? undefined : {srv, seen: this.#seen},
			write,
			onEvent: event => {
				if (this.#dialogue === dialogue) this.#onEvent(event);
			},
		});
		this.#dialogue = dialogue;
		return dialogue;
	}

	/** The connection is gone. */
	end(): void {
		clearTimeout(this.#timer);
		this.#dialogue?.stop();
		this.#dialogue = undefined;
	}

	/** Sends a message, and again with each connection, until it is acknowledged or refused. */
	post(post: Post): void {
		this.#pending.set(post.key, post);
		this.#pendingIds.add(this.#idOf(post));
		this.#dialogue?.post(post);
	}

	#idOf({key}: Post): string {
		const {identity, login} = this.#options;
		return messageId(identity?.pub ?? guestIdentity(loginKey(login)), key);
	}

	#onEvent(event: DialogueEvent): void {
		const {onWelcome, onNotice, onGiveUp, onTold} = this.#options;
		switch (event.type) {
			case 'welcomed':
				this.#meet(event.welcome.srv);
				for (const post of this.#pending.values()) this.#dialogue?.post(post);
				onWelcome();
				break;
			case 'stranger':
				onGiveUp('stranger');
				break;
			case 'message':
				this.#receive(event.message);
				break;
			case 'accepted':
				this.#accept(event);
				break;
			case 'status': {
				const post = this.#accepted.get(event.status.id);
				if (post) onTold(post, event.status.to, event.status.state);
				break;
			}
			case 'refused':
				this.#refuse(event);
				break;
			case 'gap':
				if (event.gap.code === 'RETENTION')
					onNotice('older messages are not kept any more, and are missing here');
				break;
			case 'hole':
				onGiveUp('again');
				break;
			case 'bye':
				if (event.bye.code === 'TAKEN_OVER') onGiveUp('taken-over');
				break;
			default:
		}
	}

	#meet(srv: string): void {
		if (this.#srv !== undefined && this.#srv !== srv) {
			const pending = [...this.#pending.values()];
			this.#pending.clear();
			this.#pendingIds.clear();
			this.#seen = 0;
			this.#options.onStranger(pending);
		}
		this.#srv = srv;
		// From now on only this host is spoken to here, and only so.
		void this.#options.store.keep([], {srv, seen: this.#seen}, []).catch(() => {});
	}

	#receive({id, n, ts, from, to, text, ml, act}: (DialogueEvent & {type: 'message'})['message']): void {
		const said = ml ? (splitLines(text) ?? text) : text;
		const isOwn = this.#pendingIds.has(id);
		this.#store({id, n, ts, from, to, text: said, isLong: ml === true, isAction: act === true, isOwn});
	}

	#accept({key, ack}: DialogueEvent & {type: 'accepted'}): void {
		const post = this.#pending.get(key);
		if (post === undefined) return;
		this.#forget(post);
		const {id, n, ts, to} = ack;
		this.#accepted.set(id, post);
		const [oldest] = this.#accepted.keys();
		if (this.#accepted.size > rememberedPosts && oldest !== undefined) this.#accepted.delete(oldest);
		this.#acknowledged.push(key);
		const {login} = this.#options;
		this.#store({id, n, ts, from: login, to, text: post.text, isLong: false, isAction: false, isOwn: true});
		this.#options.onAccepted(post);
	}

	#refuse({key, fail, isFinal}: DialogueEvent & {type: 'refused'}): void {
		const post = this.#pending.get(key);
		if (post === undefined) return;
		if (isFinal) {
			this.#forget(post);
			void this.#options.store.remove([key]).catch(() => {});
			this.#options.onRefused(post, fail.text);
			return;
		}
		clearTimeout(this.#timer);
		this.#timer = setTimeout(() => this.#dialogue?.retry(), retryMs);
	}

	#forget(post: Post): void {
		this.#pending.delete(post.key);
		this.#pendingIds.delete(this.#idOf(post));
	}

	/** Stores what came in one piece together; only then it is shown and confirmed. */
	#store(message: HeldMessage): void {
		if (this.#messages.length === 0) queueMicrotask(() => this.#flush());
		this.#messages.push(message);
	}

	#flush(): void {
		const [srv, dialogue] = [this.#srv, this.#dialogue];
		const batch = {messages: this.#messages, acknowledged: this.#acknowledged, srv, dialogue};
		this.#messages = [];
		this.#acknowledged = [];
		// One after the other: whether the cursor may move is known when the one before is stored.
		this.#keeping = this.#keeping.then(() => this.#keep(batch));
	}

	async #keep({messages, acknowledged, srv, dialogue}: Batch): Promise<void> {
		const {store, onMessages, onNotice, onGiveUp} = this.#options;
		const seen = messages.reduce((highest, {n = 0}) => Math.max(highest, n), this.#seen);
		const isBehind = dialogue !== undefined && dialogue === this.#behind;
		const cursor = srv === undefined || srv !== this.#srv || isBehind ? undefined : {srv, seen};
		let areNew = messages.map(() => true) as readonly boolean[];
		try {
			// What is behind something that could not be stored comes again with it, in order.
			const isNew = await store.keep(isBehind ? [] : messages, cursor, acknowledged);
			if (isBehind) {
				if (dialogue === this.#dialogue) onGiveUp('again');
			} else {
				areNew = isNew;
				if (cursor !== undefined) this.#seen = seen;
				dialogue?.confirm(seen);
			}
		} catch (error) {
			// The host keeps it, as it was not confirmed.
			this.#behind = dialogue;
			onNotice(`what came cannot be kept here: ${(error as Error).message}`);
		}
		const shown = messages.filter(({id, isOwn}, at) => this.#shown.add(id) && areNew[at] && !isOwn);
		if (shown.length > 0) onMessages(shown);
	}
}
