import type {ClientLine} from '../../protocol/extended/client-lines.ts';
import {splitLines} from '../../protocol/extended/lines-in-text.ts';
import {guestIdentity, messageId} from '../../protocol/extended/message-id.ts';
import type {ServerLine} from '../../protocol/extended/server-lines.ts';
import {loginKey} from '../../protocol/login.ts';
import type {Identity} from '../identity.ts';
import type {KnownHost} from '../known-host.ts';
import type {Post} from '../outbox.ts';
import {SessionError} from '../session-error.ts';
import type {HeldMessage} from '../store/held.ts';
import type {SessionStore} from '../store/session-store.ts';
import {allCaps, Dialogue, type DialogueEvent, olderAreMissing} from './dialogue.ts';
import {Inbox} from './inbox.ts';
import type {Answer, Request} from './requests.ts';

/** What somebody has of an own message; see `@status` in docs/protocol.md. */
export type Told = 'sent' | 'queued' | 'delivered' | 'absent';

/** The host that let us in. */
export type Welcome = ServerLine & {readonly type: 'welcome'};

/** A host has taken an own message, and tells who has it. */
export type Ack = ServerLine & {readonly type: 'ack'};
export type Status = ServerLine & {readonly type: 'status'};

/** Why an own message was refused for good: a code of the host (or `STRANGER`), and its sentence. */
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
	/** The host ends, and asks to come back within so many ms, spread. */
	readonly onShutdown: (spreadMs: number) => void;
	/** The connection has to be given up: `again` if another one helps. */
	readonly onGiveUp: (reason: 'again' | 'taken-over') => void;
};

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
	readonly #inbox: Inbox;
	#dialogue: Dialogue | undefined;
	/** The host that what is kept here belongs to. */
	#srv: string | undefined;
	/** Another host than before, of which we do not know whether it may have what waits. */
	#stranger: string | undefined;

	constructor(options: ExchangeOptions) {
		this.#options = options;
		const {store, onMessages, onNotice} = options;
		const onStored = (n: number) => this.#dialogue?.confirm(n);
		this.#inbox = new Inbox({store, onMessages, onNotice, onStored});
		this.#srv = store.held.cursor?.srv;
		if (this.#srv !== undefined && !options.knownHost.isKnown) this.#rememberTrust(this.#srv);
	}

	/** Whether a host at this address has ever welcomed us: then it is never spoken to in the plain dialect. */
	get isKnown(): boolean {
		return this.#srv !== undefined || this.#options.knownHost.isKnown;
	}

	/** Begins anew over another connection. */
	begin(write: (line: string) => void): Dialogue {
		this.end();
		this.#inbox.begin();
		const {login, agent, identity} = this.#options;
		const srv = this.#srv;
		const dialogue = new Dialogue({
			...{login, agent, identity, caps: allCaps},
			trusts: srv => this.#options.knownHost.trusts(srv),
			cursor: srv === undefined ? undefined : {srv, seen: this.#inbox.seen},
			write,
			onEvent: event => {
				if (this.#dialogue === dialogue) this.#onEvent(event);
			},
		});
		this.#dialogue = dialogue;
		return dialogue;
	}

	/** Settles when what came is kept here, or cannot be. */
	stored(): Promise<void> {
		return this.#inbox.stored();
	}

	/** The connection is gone. */
	end(): void {
		this.#stranger = undefined;
		this.#inbox.srv = this.#srv;
		this.#dialogue?.stop();
		this.#dialogue = undefined;
	}

	/** Sends a message, and again with each connection, until it is acknowledged or refused. */
	post(post: Post): void {
		this.#pending.set(post.key, post);
		this.#pendingIds.add(this.#idOf(post));
		if (this.#stranger === undefined) this.#dialogue?.post(post);
	}

	/**
	 * Asks the host.
	 *
	 * @throws {SessionError} `LOST` if there is none now, or it goes before it has answered; `REFUSED_REQUEST`
	 */
	async ask(request: Request): Promise<Answer> {
		if (!this.#dialogue?.isWelcome)
			throw new SessionError('LOST', 'There is no connection: ask again once there is one.');
		return this.#dialogue.ask(request);
	}

	/** Tells the host something that is not kept; nothing without a connection. */
	say(line: ClientLine): void {
		if (this.#dialogue?.isWelcome) this.#dialogue.say(line);
	}

	/** The other host is as good as the one before: it gets what waits. */
	trust(srv: string): void {
		this.#rememberTrust(srv);
		// It may be gone meanwhile, and another one be there.
		if (this.#stranger !== srv) return;
		this.#stranger = undefined;
		this.#settleOn(srv);
		for (const post of this.#pending.values()) this.#dialogue?.post(post);
	}

	/** It is not: what waited for the one before is not sent. */
	distrust(): void {
		if (this.#stranger === undefined) return;
		const {onRefused, store} = this.#options;
		const refusal = {code: 'STRANGER', text: 'it waited for another host'};
		const pending = [...this.#pending.values()];
		this.#pending.clear();
		this.#pendingIds.clear();
		void store.remove(pending.map(({key}) => key)).catch(() => {});
		for (const post of pending) onRefused(post, refusal);
		this.#settleOn(this.#stranger);
		this.#stranger = undefined;
	}

	#idOf({key}: Post): string {
		const {identity, login} = this.#options;
		return messageId(identity?.pub ?? guestIdentity(loginKey(login)), key);
	}

	#onEvent(event: DialogueEvent): void {
		const {onWelcome, onNotice, onGiveUp, onTold, onStranger, onHeard} = this.#options;
		switch (event.type) {
			case 'welcomed':
				this.#meet(event.welcome.srv);
				onWelcome(event.welcome);
				break;
			case 'live':
				void this.#inbox.stored().then(() => this.#options.onLive(this.#inbox.count));
				break;
			case 'stranger':
				onStranger({
					srv: event.srv,
					wants: 'signature',
					waiting: this.#pending.size + this.#options.unposted(),
				});
				break;
			case 'message':
				this.#receive(event.message);
				break;
			case 'accepted':
				this.#accept(event);
				break;
			case 'status': {
				onTold(event.status, this.#accepted.get(event.status.id));
				break;
			}
			case 'refused':
				this.#refuse(event);
				break;
			case 'gap':
				if (event.gap.code === 'RETENTION') onNotice(olderAreMissing);
				break;
			case 'hole':
			case 'dead':
				onGiveUp('again');
				break;
			case 'bye':
				if (event.bye.code === 'TAKEN_OVER') onGiveUp('taken-over');
				if (event.bye.code === 'SHUTDOWN') this.#options.onShutdown(event.bye.in ?? 0);
				break;
			case 'told':
				onHeard(event.line);
				break;
			default:
		}
	}

	#meet(srv: string): void {
		const {knownHost, onNotice} = this.#options;
		const isOther = this.#srv === undefined ? !knownHost.trusts(srv) : this.#srv !== srv;
		const isTrusted = knownHost.isKnown && knownHost.trusts(srv);
		const waiting = this.#pending.size + this.#options.unposted();
		if (isOther && waiting > 0 && !isTrusted) {
			this.#stranger = srv;
			// What waits for the host before must not become this one's by the way.
			this.#inbox.srv = undefined;
			this.#options.onStranger({srv, wants: 'lines', waiting});
			return;
		}
		if (isOther && !isTrusted) onNotice('another host than before answers here');
		this.#stranger = undefined;
		if (!knownHost.isKnown) this.#rememberTrust(srv);
		this.#settleOn(srv);
		for (const post of this.#pending.values()) this.#dialogue?.post(post);
	}

	#rememberTrust(srv: string): void {
		const {knownHost, onNotice} = this.#options;
		try {
			knownHost.trust(srv);
		} catch (error) {
			onNotice(`which host is trusted here cannot be remembered: ${(error as Error).message}`);
		}
	}

	/** From now on what is kept here belongs to this host. */
	#settleOn(srv: string): void {
		if (this.#srv !== srv) this.#inbox.seen = 0;
		this.#srv = srv;
		this.#inbox.srv = srv;
		void this.#options.store.keep([], {srv, seen: this.#inbox.seen}, []).catch(() => {});
	}

	#receive({id, n, ts, from, to, text, ml, act}: (DialogueEvent & {type: 'message'})['message']): void {
		const said = ml ? (splitLines(text) ?? text) : text;
		this.#inbox.add({
			id,
			n,
			ts,
			from,
			to,
			text: said,
			isLong: ml === true,
			isAction: act === true,
			isOwn: this.#pendingIds.has(id),
		});
	}

	#accept({key, ack}: DialogueEvent & {type: 'accepted'}): void {
		const post = this.#pending.get(key);
		if (post === undefined) return;
		this.#forget(post);
		const {id, n, ts, to} = ack;
		this.#accepted.set(id, post);
		const [oldest] = this.#accepted.keys();
		if (this.#accepted.size > rememberedPosts && oldest !== undefined) this.#accepted.delete(oldest);
		const {login} = this.#options;
		const {text, isLong = false, isAction = false} = post;
		this.#inbox.add({id, n, ts, from: login, to, text, isLong, isAction, isOwn: true}, key);
		this.#options.onAccepted(post, ack);
	}

	/** What is refused for now stays, and is sent again by the dialogue. */
	#refuse({key, fail, isFinal}: DialogueEvent & {type: 'refused'}): void {
		const post = this.#pending.get(key);
		if (post === undefined || !isFinal) return;
		this.#forget(post);
		void this.#options.store.remove([key]).catch(() => {});
		this.#options.onRefused(post, fail);
	}

	#forget(post: Post): void {
		this.#pending.delete(post.key);
		this.#pendingIds.delete(this.#idOf(post));
	}
}
