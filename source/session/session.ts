import {EventEmitter} from 'node:events';
import type {ClientLine} from '../protocol/extended/client-lines.ts';
import {parseDelivery} from '../protocol/plain.ts';
import {formatAddress} from './address.ts';
import {takenOver} from './client-errors.ts';
import {Connection} from './connection.ts';
import type {Exchange} from './extended/exchange.ts';
import type {Stranger} from './extended/exchange-types.ts';
import type {Answer, Request} from './extended/requests.ts';
import {strangerAt} from './known-host.ts';
import type {Post, PostForm} from './outbox.ts';
import {Posting} from './posting.ts';
import {Retries} from './retries.ts';
import {SessionError} from './session-error.ts';
import {exchangeOf} from './session-exchange.ts';
import type {
	ExtendedOptions,
	ReceivedLine,
	SessionEvents,
	SessionOptions,
	SessionStatus,
} from './session-types.ts';

/** A wait that is not told of if it is the first one after a break, in ms. */
const unnoticedMs = 500;

/** How long a host may take to close its side when we leave, in ms. */
const stopMs = 1000;

/**
 * A client without a screen that stays in the chat: it connects, logs in, comes back after a break with growing waits,
 * keeps what is sent meanwhile and writes it in order afterwards. It gives up by itself only where trying again cannot
 * help: before it was ever in, when the name is taken, the server is no chat, or there is no such host.
 */
export class Session extends EventEmitter<SessionEvents> {
	readonly #options: SessionOptions;
	readonly #posting: Posting;
	#exchange: Exchange | undefined;
	#connection: Connection | undefined;
	#status: SessionStatus = {phase: 'connecting'};
	#timer: NodeJS.Timeout | undefined;
	readonly #retries: Retries;
	#wasEverIn = false;
	#isStopping = false;
	/** Whether nothing is to be read now, and whether a connection is due when that is over. */
	#isPaused = false;
	#isDue = false;
	/** Why there will be no other connection. */
	#final: SessionError | undefined;
	/** Resolves when the present connection is gone. */
	#gone: Promise<void> = Promise.resolve();

	constructor(options: SessionOptions) {
		super();
		this.#options = options;
		this.#posting = new Posting({
			onKept: ids => this.emit('kept', ids),
			onState: (ids, state) => this.emit('posts', ids, state),
			onNotice: text => this.emit('notice', text),
		});
		this.#retries = new Retries(options.steadyMs, options.rescue !== undefined);
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
		const restored = extended === undefined ? [] : this.#posting.open(extended.store);
		if (extended !== undefined) this.#exchange = this.#makeExchange(extended);
		if (!this.#isStopping) this.#connect();
		return restored;
	}

	/** Sends or keeps a line; undefined when the outbox is full or the session ends: then it is still the caller's. */
	send(
		to: readonly string[],
		text: string,
		form?: PostForm & {readonly key?: string | undefined},
	): Post | undefined {
		if (this.#isStopping) return undefined;
		const post = this.#posting.add(to, text, form);
		if (post) this.#write();
		return post;
	}

	/**
	 * Asks the host, if it speaks a-chat/1.
	 *
	 * @throws {SessionError} `NOT_EXTENDED` if it does not, `LOST` without a connection, `REFUSED_REQUEST`
	 */
	async ask(request: Request): Promise<Answer> {
		if (!this.#exchange || (this.#connection?.isSettled && !this.#connection.isExtended))
			throw new SessionError('NOT_EXTENDED', 'This host knows no more than names and texts.');
		return this.#exchange.ask(request);
	}

	/** Tells a host that speaks a-chat/1 something that is not kept; any other host nothing. */
	say(line: ClientLine): void {
		this.#exchange?.say(line);
	}

	/** The person takes another host than before for as good: it gets what waits, and our signature. */
	trust(srv: string): void {
		this.#exchange?.trust(srv);
		if (this.#final?.code !== 'STRANGER') return;
		this.#final = undefined;
		if (!this.#connection && !this.#isStopping) this.#connect();
	}

	/** The person does not: what waits is not sent. */
	distrust(): void {
		this.#exchange?.distrust();
	}

	/** What the person says of lines that are not sent again by themselves: see `stale`. */
	settleStale(isWanted: boolean): void {
		this.#exchange?.settleStale(isWanted);
	}

	/** Gives the newest line back that was never written: it is the caller's again. */
	takeBack(): Post | undefined {
		return this.#posting.takeBack();
	}

	/** Reads nothing more, and does not come back after a break, until `resume`. */
	pause(): void {
		this.#isPaused = true;
		this.#connection?.pause();
	}

	resume(): void {
		this.#isPaused = false;
		this.#connection?.resume();
		if (this.#isDue) this.#connect();
	}

	/**
	 * Ends the session: what waits is still sent if we are in, then FIN. Resolves when the connection is gone, after 1 s at
	 * most.
	 */
	async stop(): Promise<void> {
		clearTimeout(this.#timer);
		this.#isStopping = true;
		this.#isPaused = false;
		this.#isDue = false;
		this.#connection?.resume();
		const connection = this.#connection;
		if (!connection) {
			this.#setStatus({phase: 'stopped'});
			await this.#exchange?.stored();
			return;
		}
		if (connection.isSettled) {
			if (connection.isExtended) this.#posting.post(this.#exchange);
			else this.#posting.writeRest(connection);
			connection.halfClose();
		} else {
			connection.destroy();
		}
		const deadline = setTimeout(() => connection.destroy(), stopMs);
		await this.#gone;
		clearTimeout(deadline);
		// Whoever closes the store next would cut off what is on its way there.
		await this.#exchange?.stored();
	}

	#connect(): void {
		clearTimeout(this.#timer);
		this.#isDue = this.#isPaused;
		if (this.#isDue) return;
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
		return exchangeOf(this, extended, {
			login: this.#options.login,
			unposted: () => this.#posting.count,
			onWelcome: welcome => {
				this.emit('welcome', welcome);
				this.#settled();
			},
			onStranger: stranger => this.#onStranger(stranger),
			onShutdown: spreadMs => this.#retries.spreadOver(spreadMs),
			onGiveUp: reason => this.#giveUp(reason),
		});
	}

	/** Whoever grabs a port must not be handed what waited for the host that was there, nor a signature. */
	#onStranger(stranger: Stranger): void {
		if (stranger.wants === 'signature') this.#stopAt();
		this.emit('stranger', stranger);
	}

	#stopAt(): void {
		this.#final = strangerAt(formatAddress(this.#options.address));
		this.#connection?.destroy();
	}

	#giveUp(reason: 'again' | 'taken-over'): void {
		if (reason === 'taken-over') this.#final = takenOver(this.#options.login);
		this.#connection?.destroy();
	}

	#settled(): void {
		if (this.#exchange?.isKnown && !this.#connection?.isExtended) {
			// It has spoken a-chat/1 before: what is sent without it would not be confirmed.
			this.#connection?.destroy();
			return;
		}
		this.#wasEverIn = true;
		this.#retries.settled();
		this.#setStatus({phase: 'open'});
		this.#write();
	}

	#write(): void {
		const connection = this.#connection;
		if (this.#isStopping || !connection?.isSettled) return;
		if (connection.isExtended) this.#posting.post(this.#exchange);
		else this.#posting.write(connection);
	}

	#closed(error: SessionError | undefined): void {
		this.#connection = undefined;
		this.#exchange?.end();
		this.#retries.closed();
		const unsure = this.#posting.breakOff();
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
		const isFirst = this.#retries.isFirst;
		const delay = this.#retries.nextMs();
		this.emit('lost', reason, delay);
		// What is soon mended is not worth a word.
		if (!isFirst || delay > unnoticedMs)
			this.#setStatus({phase: 'waiting', until: performance.now() + delay, reason});
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
