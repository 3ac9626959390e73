import {EventEmitter} from 'node:events';
import {type Delivery, parseDelivery} from '../protocol/plain.ts';
import {type Address, formatAddress} from './address.ts';
import {backoffMs} from './backoff.ts';
import {Connection} from './connection.ts';
import {Exchange, type Told} from './extended/exchange.ts';
import {partsOf} from './extended/parts.ts';
import type {Identity} from './identity.ts';
import {Outbox, type Post, type PostState} from './outbox.ts';
import {SessionError} from './session-error.ts';
import type {HeldMessage} from './store/held.ts';
import {makePassingStore, type SessionStore} from './store/session-store.ts';

/** Where a session stands. `until` is a time of `performance.now()`, in ms. */
export type SessionStatus =
	| {readonly phase: 'connecting'}
	| {readonly phase: 'open'}
	| {readonly phase: 'waiting'; readonly until: number; readonly reason: SessionError}
	| {readonly phase: 'stopped'; readonly reason?: SessionError};

/** A line of the server: a message, or words that are none (`undefined` as its delivery). */
type ReceivedLine = {readonly line: string; readonly delivery: Delivery | undefined};

export type SessionEvents = {
	status: [SessionStatus];
	/** The lines of one chunk, in order. */
	lines: [readonly ReceivedLine[]];
	/** The same from a host that speaks a-chat/1; none of them was there before. */
	messages: [readonly HeldMessage[]];
	/** What became of own lines, by `Post.id`. */
	posts: [ids: readonly number[], state: Exclude<PostState, 'waiting'>];
	/** What somebody has of an own line. */
	told: [id: number, to: string, state: Told];
	/** Something that a person should know. */
	notice: [text: string];
};

export type SessionOptions = {
	readonly address: Address;
	readonly login: string;
	readonly connectTimeoutMs?: number;
	readonly settleMs?: number;
	/** A connection that held for longer than this is a success: after it the waits begin anew. In ms, default 2,000. */
	readonly steadyMs?: number;
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
};

/** Bytes written in one piece; small, so that a break leaves few lines unsure. */
const pieceBytes = 16 * 1024;

const defaultSteadyMs = 2000;

/** How long a host may take to close its side when we leave, in ms. */
const stopMs = 1000;

/**
 * A client without a screen that stays in the chat: it connects, logs in, comes back after a break with growing waits,
 * keeps what is sent meanwhile and writes it in order afterwards. It gives up by itself only where trying again cannot
 * help: before it was ever in, when the name is taken, the server is no chat, or there is no such host.
 */
export class Session extends EventEmitter<SessionEvents> {
	readonly #options: SessionOptions;
	readonly #outbox = new Outbox();
	#store: SessionStore = makePassingStore();
	#exchange: Exchange | undefined;
	#connection: Connection | undefined;
	#status: SessionStatus = {phase: 'connecting'};
	#timer: NodeJS.Timeout | undefined;
	#failures = 0;
	/** When the present connection settled. */
	#settledAt = Number.POSITIVE_INFINITY;
	#wasEverIn = false;
	#isWriting = false;
	#isStopping = false;
	/** Why there will be no other connection. */
	#final: SessionError | undefined;
	/** Resolves when the present connection is gone. */
	#gone: Promise<void> = Promise.resolve();

	constructor(options: SessionOptions) {
		super();
		this.#options = options;
	}

	get status(): SessionStatus {
		return this.#status;
	}

	/**
	 * Connects; call it once, after the listeners are there.
	 *
	 * @param extended what is needed for a-chat/1; without it every host is taken for a plain one
	 * @returns own lines that an earlier session of this login left behind; they go first
	 */
	start(extended?: ExtendedOptions): readonly Post[] {
		const waiting = this.#outbox.waiting;
		const restored = extended === undefined ? [] : this.#outbox.restore(extended.store.held.outbox);
		if (extended !== undefined) {
			this.#store = extended.store;
			this.#exchange = this.#makeExchange(extended);
			if (waiting.length > 0) this.#tend(this.#store.add(waiting));
		}
		if (!this.#isStopping) this.#connect();
		return restored;
	}

	/** Sends or keeps a line; undefined when the outbox is full or the session ends: then it is still the caller's. */
	send(to: readonly string[], text: string): Post | undefined {
		if (this.#isStopping) return undefined;
		const post = this.#outbox.add(to, text);
		if (!post) return undefined;
		this.#tend(this.#store.add([post]));
		this.#write();
		return post;
	}

	/** Gives the newest line back that was never written: it is the caller's again. */
	takeBack(): Post | undefined {
		const post = this.#outbox.takeBack();
		if (post) this.#tend(this.#store.remove([post.key]));
		return post;
	}

	/**
	 * Ends the session: what waits is still sent if we are in, then FIN. Resolves when the connection is gone, after 1 s at
	 * most.
	 */
	async stop(): Promise<void> {
		clearTimeout(this.#timer);
		this.#isStopping = true;
		const connection = this.#connection;
		if (!connection) {
			this.#setStatus({phase: 'stopped'});
			return;
		}
		if (connection.isSettled) {
			if (connection.isExtended) this.#post();
			else this.#writePiece(connection, Number.POSITIVE_INFINITY);
			connection.halfClose();
		} else {
			connection.destroy();
		}
		const deadline = setTimeout(() => connection.destroy(), stopMs);
		await this.#gone;
		clearTimeout(deadline);
	}

	#connect(): void {
		clearTimeout(this.#timer);
		this.#setStatus({phase: 'connecting'});
		const {promise, resolve} = Promise.withResolvers<void>();
		this.#gone = promise;
		const connection: Connection = new Connection({
			dialogue: this.#exchange?.begin(line => connection.write(`${line}\n`)),
			address: this.#options.address,
			login: this.#options.login,
			connectTimeoutMs: this.#options.connectTimeoutMs,
			settleMs: this.#options.settleMs,
			onSettled: () => this.#settled(),
			onLines: lines => this.emit('lines', lines.map(readLine)),
			onClose: error => {
				this.#closed(error);
				resolve();
			},
		});
		this.#connection = connection;
	}

	#makeExchange(extended: ExtendedOptions): Exchange {
		return new Exchange({
			...extended,
			login: this.#options.login,
			onWelcome: () => this.#settled(),
			onMessages: messages => this.emit('messages', messages),
			onAccepted: ({id}) => this.emit('posts', [id], 'accepted'),
			onRefused: ({id, to}, why) => {
				this.emit('posts', [id], 'refused');
				this.emit('notice', `not sent to ${to.join(', ')}: ${why}`);
			},
			onTold: ({id}, to, state) => this.emit('told', id, to, state),
			onNotice: text => this.emit('notice', text),
			onStranger: pending => this.#keepFrom(pending),
			onGiveUp: reason => this.#giveUp(reason),
		});
	}

	/** What goes wrong with keeping is told, and keeps nobody from talking. */
	#tend(work: Promise<unknown>): void {
		work.catch((error: Error) => this.emit('notice', `this cannot be kept here: ${error.message}`));
	}

	/** Whoever grabs a port must not be handed what waited for the host that was there. */
	#keepFrom(pending: readonly Post[]): void {
		const posts = [...pending, ...this.#outbox.waiting];
		while (this.#outbox.shift()) {}
		if (posts.length === 0) return;
		this.#tend(this.#store.remove(posts.map(({key}) => key)));
		this.emit(
			'posts',
			posts.map(({id}) => id),
			'refused',
		);
		const what =
			posts.length === 1
				? 'a line that waited for that one was'
				: `${posts.length} lines that waited for that one were`;
		this.emit('notice', `another host than before answers here: ${what} not sent`);
	}

	#giveUp(reason: 'again' | 'stranger' | 'taken-over'): void {
		const {login, address} = this.#options;
		if (reason === 'taken-over')
			this.#final = new SessionError(
				'TAKEN_OVER',
				`"${login}" has logged in at another place: end that one first.`,
			);
		if (reason === 'stranger') {
			const where = formatAddress(address);
			const text = `Another host than before answers at ${where}, and got nothing from here: check the address.`;
			this.#final = new SessionError('STRANGER', text);
		}
		this.#connection?.destroy();
	}

	#settled(): void {
		if (this.#exchange?.isKnown && !this.#connection?.isExtended) {
			// It has spoken a-chat/1 before: what is sent without it would not be confirmed.
			this.#connection?.destroy();
			return;
		}
		this.#wasEverIn = true;
		this.#settledAt = performance.now();
		this.#setStatus({phase: 'open'});
		this.#write();
	}

	/** One piece at a time: what was not handed to the socket when it breaks was certainly never written. */
	#write(): void {
		if (this.#isWriting || this.#isStopping || !this.#connection?.isSettled) return;
		if (this.#connection.isExtended) this.#post();
		else this.#writePiece(this.#connection, pieceBytes);
	}

	/** Hands everything that waits to a host that acknowledges it. */
	#post(): void {
		for (let post = this.#outbox.shift(); post; post = this.#outbox.shift()) {
			const parts = partsOf(post);
			if (parts.length > 1) this.#tend(this.#store.add(parts, [post.key]));
			for (const part of parts) this.#exchange?.post(part);
		}
	}

	#writePiece(connection: Connection, maxBytes: number): void {
		const piece = this.#outbox.take(maxBytes, performance.now());
		if (!piece) return;
		this.#isWriting = true;
		connection.write(piece.lines, error => {
			if (error) return;
			this.#isWriting = false;
			this.#tend(this.#store.remove(piece.keys));
			this.emit('posts', piece.ids, 'written');
			this.#write();
		});
	}

	#closed(error: SessionError | undefined): void {
		this.#connection = undefined;
		this.#exchange?.end();
		this.#isWriting = false;
		// A host that lets us in and ends at once is no success to begin the waits anew with.
		if (performance.now() - this.#settledAt > (this.#options.steadyMs ?? defaultSteadyMs)) this.#failures = 0;
		this.#settledAt = Number.POSITIVE_INFINITY;
		const unsure = this.#outbox.breakOff(performance.now());
		if (this.#isStopping) {
			this.#setStatus({phase: 'stopped'});
			return;
		}
		if (unsure.length > 0) this.emit('posts', unsure, 'unsure');
		if (this.#final) {
			this.#setStatus({phase: 'stopped', reason: this.#final});
			return;
		}
		const reason = error ?? new SessionError('LOST', 'the host closed the connection');
		if (!this.#wasEverIn && isFinal(reason)) {
			this.#setStatus({phase: 'stopped', reason});
			return;
		}
		if (reason.code === 'REFUSED' && this.#options.rescue) {
			this.#callForRescue(this.#options.rescue, reason);
		} else {
			this.#wait(reason);
		}
	}

	async #callForRescue(rescue: () => Promise<boolean>, reason: SessionError): Promise<void> {
		const outcome = await rescue().catch((error: Error) => error);
		if (this.#isStopping) return;
		if (outcome === true) this.#connect();
		else if (outcome === false) this.#wait(reason);
		else this.#wait(new SessionError('REFUSED', outcome.message, {cause: outcome}));
	}

	#wait(reason: SessionError): void {
		const delay = backoffMs(this.#failures);
		this.#failures++;
		// The first try after a break follows at once, and is not worth a word.
		if (delay > 0) this.#setStatus({phase: 'waiting', until: performance.now() + delay, reason});
		this.#timer = setTimeout(() => this.#connect(), delay);
	}

	#setStatus(status: SessionStatus): void {
		this.#status = status;
		this.emit('status', status);
	}
}

function readLine(line: string): ReceivedLine {
	return {line, delivery: parseDelivery(line)};
}

function isFinal(reason: SessionError): boolean {
	return reason.code === 'NAME_TAKEN' || reason.code === 'NOT_CHAT' || reason.code === 'NOT_FOUND';
}
