import type {ClientLine} from '../protocol/extended/client-lines.ts';
import {parseDelivery} from '../protocol/plain.ts';
import {formatAddress} from './address.ts';
import {broken, lost, neverTaken, takenOver} from './client-errors.ts';
import {ClientInbox} from './client-inbox.ts';
import {addressOf, type ClientTalkOptions} from './client-options.ts';
import {Connection} from './connection.ts';
import {allCaps, Dialogue, olderAreMissing} from './extended/dialogue.ts';
import type {DialogueEvent} from './extended/dialogue-types.ts';
import type {Welcome} from './extended/exchange-types.ts';
import {isTooOld} from './extended/own-posts.ts';
import {type Receipt, Receipts} from './extended/receipts.ts';
import type {Answer, Request} from './extended/requests.ts';
import {strangerAt} from './known-host.ts';
import type {SessionError} from './session-error.ts';
import {deliveredOf, type Message, messageIn, staleOf} from './spoken.ts';
import type {KeptPost} from './store/held.ts';

/** Messages held for an iterator that is slow; above it nothing is read from the socket. */
const maxHeldMessages = 256;

const adviceOnStranger = ', or connect with trustNewHost';

/** The same while something that was sent or asked waits for its answer, which comes behind them. */
const maxHeldInAll = 10_000;

/** One connection of a program to a host, in whichever dialect that speaks, with what waits on either side of it. */
export class ClientTalk {
	readonly inbox: ClientInbox;
	readonly receipts = new Receipts(() => this.#pace());
	readonly #options: ClientTalkOptions;
	readonly #where: string;
	readonly #dialogue: Dialogue;
	readonly #connection: Connection;
	#asked = 0;
	#isClosing = false;
	/** Whether the connection is gone, though what came over it may still be read. */
	#isGone = false;
	readonly #closing = Promise.withResolvers<void>();
	/** Why the connection had to be given up. */
	#reason: SessionError | undefined;

	constructor(options: ClientTalkOptions) {
		this.#options = options;
		this.#where = formatAddress(addressOf(options));
		const {login, connectTimeoutMs, settleMs, extended} = options;
		const {agent, identity, knownHost, store} = extended;
		const {cursor} = store.held;
		this.inbox = new ClientInbox(store, {
			onEmpty: () => this.#pace(),
			onStored: seen => this.#dialogue.confirm(seen),
		});
		this.#dialogue = new Dialogue({
			...{login, agent, identity, caps: allCaps, cursor},
			trusts: srv => knownHost.trusts(srv),
			write: line => this.#connection.write(`${line}\n`),
			onEvent: event => this.#onEvent(event),
		});
		this.#connection = new Connection({
			...{address: addressOf(options), login, connectTimeoutMs, settleMs, dialogue: this.#dialogue},
			onSettled: () => {
				// What is sent without a-chat/1 would not be confirmed, as it was before.
				if (this.inbox.srv !== undefined || knownHost.isKnown)
					this.#giveUp(broken(this.#where, 'does not speak a-chat/1 any more'));
				else options.onSettled();
			},
			onLines: lines => {
				for (const line of lines) {
					const delivery = parseDelivery(line);
					if (delivery) this.#hold({at: new Date(), ...delivery});
				}
			},
			onClose: error => void this.#closed(error),
		});
	}

	get isExtended(): boolean {
		return this.#connection.isExtended;
	}

	/** Whether nothing can be sent any more. */
	get isOver(): boolean {
		return this.#isClosing || this.#isGone || this.inbox.ended !== undefined;
	}

	/** Sends a line to a plain host. */
	write(line: string): Promise<void> {
		return new Promise((resolve, reject) => {
			this.#connection.write(`${line}\n`, error => (error ? reject(lost()) : resolve()));
		});
	}

	/** Sends messages to a host of a-chat/1; resolves to what became of the last one when all are acknowledged. */
	async post(posts: readonly KeptPost[]): Promise<Receipt | undefined> {
		const {extended, onNotice} = this.#options;
		extended.store.add(posts).catch((error: Error) => onNotice(`this cannot be kept here: ${error.message}`));
		const receipts = posts.map(({key}) => this.receipts.expect(key));
		for (const post of posts) this.#dialogue.post(post);
		this.#pace();
		return (await Promise.all(receipts)).at(-1);
	}

	ask(request: Request): Promise<Answer> {
		return this.reading(async () => this.#dialogue.ask(request));
	}

	say(line: ClientLine): void {
		this.#dialogue.say(line);
	}

	/** Goes on reading until an answer is there, however slow the loops are. */
	async reading<T>(run: () => Promise<T>): Promise<T> {
		this.#asked++;
		this.#pace();
		try {
			return await run();
		} finally {
			this.#asked--;
			this.#pace();
		}
	}

	/** See `Client.close`. */
	async close(timeoutMs: number): Promise<void> {
		this.#isClosing = true;
		this.#closing.resolve();
		this.#pace();
		const deadline = setTimeout(() => this.#connection.destroy(), timeoutMs);
		const {error} = await this.inbox.untilEnd();
		clearTimeout(deadline);
		if (error) throw error;
	}

	#onEvent(event: DialogueEvent): void {
		const {extended, onDelivered, onHeard, onLive, onNotice} = this.#options;
		switch (event.type) {
			case 'welcomed':
				this.#meet(event.welcome);
				break;
			case 'stranger':
				this.#giveUp(strangerAt(this.#where, adviceOnStranger));
				break;
			case 'message':
				this.#hold(messageIn(event.message), event.message.n);
				break;
			case 'live':
				onLive(this.inbox.count);
				break;
			case 'gap':
				this.inbox.restart(event.gap.to);
				if (event.gap.code === 'RETENTION') onNotice(olderAreMissing);
				break;
			case 'accepted':
				void extended.store.remove([event.key]).catch(() => {});
				if (event.ack.n !== undefined && !event.ack.dup) this.inbox.pass(event.ack.n);
				this.receipts.accept(event.key, event.ack);
				break;
			case 'status':
				this.receipts.tell(event.status, event.key);
				onDelivered(deliveredOf(event.status, event.key));
				break;
			case 'refused':
				if (event.isFinal) {
					void extended.store.remove([event.key]).catch(() => {});
					this.receipts.refuse(event.key, event.fail);
				}
				break;
			case 'hole':
			case 'dead':
				this.#giveUp(broken(this.#where, 'does not answer as it should'));
				break;
			case 'bye':
				if (event.bye.code === 'TAKEN_OVER') this.#giveUp(takenOver(this.#options.login));
				break;
			case 'told':
				onHeard(event.line);
		}
	}

	/** A host has let us in: is it the one that was there before? */
	#meet({srv, keys}: Welcome): void {
		const {extended, trustNewHost, onSettled, onNotice} = this.#options;
		const {knownHost, store} = extended;
		const left = store.held.outbox;
		const standing = knownHost.standingOf(srv, this.inbox.srv);
		if (standing === 'other' && left.length > 0) {
			this.#giveUp(strangerAt(this.#where, adviceOnStranger));
			return;
		}
		if (standing !== 'same') this.inbox.restart(0);
		if (!knownHost.isKnown || trustNewHost) knownHost.remember(srv, onNotice);
		this.inbox.srv = srv;
		const now = Date.now();
		const stale = left.filter(post => isTooOld(post, keys * 1000, now));
		for (const post of left) if (!stale.includes(post)) this.#dialogue.post(post);
		onSettled();
		// Whoever has connected can listen only then.
		if (stale.length > 0) setImmediate(() => this.#handBack(stale));
	}

	/** What is not sent again by itself is the program's again, if it takes it. */
	#handBack(stale: readonly KeptPost[]): void {
		const {extended, onStale} = this.#options;
		const isTaken = onStale(stale.map(staleOf));
		if (isTaken) void extended.store.remove(stale.map(({key}) => key)).catch(() => {});
	}

	#hold(message: Message, n?: number): void {
		if (this.#isClosing) return;
		this.inbox.add(message, n);
		if (this.inbox.length > maxHeldInAll) this.#giveUp(neverTaken(maxHeldInAll));
		else this.#pace();
	}

	/** Reads as long as somebody takes what comes, or waits for an answer. */
	#pace(): void {
		const isWaiting = this.receipts.count > 0 || this.#asked > 0;
		if (this.#isClosing && this.receipts.count === 0) void this.#leave();
		if (this.#isClosing || isWaiting || this.inbox.length === 0) this.#connection.resume();
		else if (this.inbox.length >= maxHeldMessages) this.#connection.pause();
	}

	/** Everything is sent: confirms what was taken, and says so. */
	async #leave(): Promise<void> {
		await this.inbox.stored();
		this.#dialogue.flush();
		this.#connection.halfClose();
	}

	#giveUp(reason: SessionError): void {
		this.#reason ??= reason;
		this.#connection.destroy();
	}

	async #closed(cause: SessionError | undefined): Promise<void> {
		const {extended, onRefused, onEnd} = this.#options;
		const error = this.#reason ?? cause;
		this.#isGone = true;
		this.#dialogue.stop();
		onEnd();
		this.receipts.stop(lost());
		// What loops still take is kept as taken. Whoever is told of the end may open the same folder at once.
		await this.inbox.drained(this.#closing.promise);
		await this.inbox.stored();
		await extended.store.close();
		this.inbox.end(error);
		if (error) onRefused(error);
	}
}
