import {EventEmitter} from 'node:events';
import type {ClientLine} from '../protocol/extended/client-lines.ts';
import {formatAddress} from './address.ts';
import {takenOver} from './client-errors.ts';
import type {Exchange} from './extended/exchange.ts';
import type {Stranger} from './extended/exchange-types.ts';
import type {Answer, Request} from './extended/requests.ts';
import {strangerAt} from './known-host.ts';
import type {Post, PostForm} from './outbox.ts';
import {Posting} from './posting.ts';
import {Reconnecting} from './reconnecting.ts';
import {SessionError} from './session-error.ts';
import {exchangeOf} from './session-exchange.ts';
import type {ExtendedOptions, SessionEvents, SessionOptions, SessionStatus} from './session-types.ts';

/**
 * A client without a screen that stays in the chat: it connects, logs in, comes back after a break with growing waits,
 * keeps what is sent meanwhile and writes it in order afterwards. It gives up by itself only where trying again cannot
 * help: before it was ever in, when the name is taken, the server is no chat, or there is no such host.
 */
export class Session extends EventEmitter<SessionEvents> {
	readonly #options: SessionOptions;
	readonly #posting: Posting;
	#exchange: Exchange | undefined;
	readonly #connecting: Reconnecting;

	constructor(options: SessionOptions) {
		super();
		this.#options = options;
		this.#posting = new Posting({
			onKept: ids => this.emit('kept', ids),
			onState: (ids, state) => this.emit('posts', ids, state),
			onNotice: text => this.emit('notice', text),
		});
		this.#connecting = new Reconnecting({
			...options,
			begin: write => this.#exchange?.begin(write),
			onSettled: () => this.#settled(),
			onLines: lines => this.emit('lines', lines),
			onGone: () => {
				this.#exchange?.end();
				const unsure = this.#posting.breakOff();
				if (unsure.length > 0 && !this.#connecting.isStopping) this.emit('posts', unsure, 'unsure');
			},
			onStatus: status => this.emit('status', status),
			onLost: (reason, retryMs) => this.emit('lost', reason, retryMs),
		});
	}

	get status(): SessionStatus {
		return this.#connecting.status;
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
		if (!this.#connecting.isStopping) this.#connecting.connect();
		return restored;
	}

	/** Sends or keeps a line; undefined when the outbox is full or the session ends: then it is still the caller's. */
	send(
		to: readonly string[],
		text: string,
		form?: PostForm & {readonly key?: string | undefined},
	): Post | undefined {
		if (this.#connecting.isStopping) return undefined;
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
		const {connection} = this.#connecting;
		if (!this.#exchange || (connection?.isSettled && !connection.isExtended))
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
		this.#connecting.forgiveStranger();
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
		this.#connecting.pause();
	}

	resume(): void {
		this.#connecting.resume();
	}

	/**
	 * Ends the session: what waits is still sent if we are in, then FIN. Resolves when the connection is gone, after 1 s at
	 * most, and what came is kept.
	 */
	async stop(): Promise<void> {
		await this.#connecting.stop(connection => {
			if (connection.isExtended) this.#posting.post(this.#exchange);
			else this.#posting.writeRest(connection);
		});
		// Whoever closes the store next would cut off what is on its way there.
		await this.#exchange?.stored();
	}

	#makeExchange(extended: ExtendedOptions): Exchange {
		return exchangeOf(this, extended, {
			login: this.#options.login,
			gatherMs: this.#options.gatherMs,
			unposted: () => this.#posting.count,
			onWelcome: welcome => {
				this.emit('welcome', welcome);
				this.#settled();
			},
			onStranger: stranger => this.#onStranger(stranger),
			onShutdown: spreadMs => this.#connecting.spreadOver(spreadMs),
			onCrowded: isCrowded => this.#connecting.connection?.hold(isCrowded),
			onGiveUp: reason =>
				this.#connecting.giveUp(reason === 'taken-over' ? takenOver(this.#options.login) : undefined),
		});
	}

	/** Whoever grabs a port must not be handed what waited for the host that was there, nor a signature. */
	#onStranger(stranger: Stranger): void {
		if (stranger.wants === 'signature')
			this.#connecting.giveUp(strangerAt(formatAddress(this.#options.address)));
		this.emit('stranger', stranger);
	}

	#settled(): void {
		if (this.#exchange?.isKnown && !this.#connecting.connection?.isExtended) {
			// It has spoken a-chat/1 before: what is sent without it would not be confirmed.
			this.#connecting.giveUp();
			return;
		}
		this.#connecting.open();
		this.#write();
	}

	#write(): void {
		const {connection, isStopping} = this.#connecting;
		if (isStopping || !connection?.isSettled) return;
		if (connection.isExtended) this.#posting.post(this.#exchange);
		else this.#posting.write(connection);
	}
}
