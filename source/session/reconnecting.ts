import {parseDelivery} from '../protocol/plain.ts';
import {Connection} from './connection.ts';
import type {Dialogue} from './extended/dialogue.ts';
import {Retries} from './retries.ts';
import {SessionError} from './session-error.ts';
import type {ReceivedLine, SessionOptions, SessionStatus} from './session-types.ts';

/** A wait that is not told of if it is the first one after a break, in ms. */
const unnoticedMs = 500;

/** How long a host may take to close its side when we leave, in ms. */
const stopMs = 1000;

export type ReconnectingOptions = SessionOptions & {
	/** What asks for a-chat/1 over the next connection; undefined to take its host for a plain one. */
	readonly begin: (write: (line: string) => void) => Dialogue | undefined;
	/** A plain host has let us in, or had its chance to refuse. */
	readonly onSettled: () => void;
	readonly onLines: (lines: readonly ReceivedLine[]) => void;
	/** A connection is gone, before it is told what follows from that. */
	readonly onGone: () => void;
	readonly onStatus: (status: SessionStatus) => void;
	/** The next try follows in so many ms. */
	readonly onLost: (reason: SessionError, retryMs: number) => void;
};

/** One connection after the other, with growing waits between those that fail. */
export class Reconnecting {
	readonly #options: ReconnectingOptions;
	readonly #retries: Retries;
	#connection: Connection | undefined;
	#status: SessionStatus = {phase: 'connecting'};
	#timer: NodeJS.Timeout | undefined;
	#wasEverIn = false;
	#isStopping = false;
	/** Whether nothing is to be read now, and whether a connection is due when that is over. */
	#isPaused = false;
	#isDue = false;
	/** Why there will be no other connection. */
	#final: SessionError | undefined;
	/** Resolves when the present connection is gone. */
	#gone: Promise<void> = Promise.resolve();

	constructor(options: ReconnectingOptions) {
		this.#options = options;
		this.#retries = new Retries(options.steadyMs, options.rescue !== undefined);
	}

	get connection(): Connection | undefined {
		return this.#connection;
	}

	get status(): SessionStatus {
		return this.#status;
	}

	get isStopping(): boolean {
		return this.#isStopping;
	}

	connect(): void {
		clearTimeout(this.#timer);
		this.#isDue = this.#isPaused;
		if (this.#isDue || this.#isStopping) return;
		this.#setStatus({phase: 'connecting'});
		const {begin, address, login, connectTimeoutMs, settleMs, onSettled, onLines} = this.#options;
		const {promise, resolve} = Promise.withResolvers<void>();
		this.#gone = promise;
		const connection: Connection = new Connection({
			dialogue: begin(line => connection.write(`${line}\n`)),
			...{address, login, connectTimeoutMs, settleMs, onSettled},
			onLines: lines => onLines(lines.map(line => ({line, delivery: parseDelivery(line)}))),
			onClose: error => {
				this.#closed(error);
				resolve();
			},
		});
		this.#connection = connection;
	}

	/** We are in. */
	open(): void {
		this.#retries.settled();
		this.#setStatus({phase: 'open', isPlain: !this.#connection?.isExtended});
	}

	/** Ends the present connection; with a reason, there will be no other one. */
	giveUp(final?: SessionError): void {
		this.#final = final ?? this.#final;
		this.#connection?.destroy();
	}

	/** Another host than before is trusted after all. */
	forgiveStranger(): void {
		if (this.#final?.code !== 'STRANGER') return;
		this.#final = undefined;
		if (!this.#connection) this.connect();
	}

	/** The host ends, and asks to come back within so many ms, spread. */
	spreadOver(ms: number): void {
		this.#retries.spreadOver(ms);
	}

	/** Reads nothing more, and does not come back after a break, until `resume`. */
	pause(): void {
		this.#isPaused = true;
		this.#connection?.pause();
	}

	resume(): void {
		this.#isPaused = false;
		this.#connection?.resume();
		if (this.#isDue) this.connect();
	}

	/**
	 * Resolves when the connection is gone, after 1 s at most.
	 *
	 * @param finish writes what is left to a host that has let us in
	 */
	async stop(finish: (connection: Connection) => void): Promise<void> {
		clearTimeout(this.#timer);
		this.#isStopping = true;
		this.#isPaused = false;
		this.#isDue = false;
		this.#connection?.resume();
		const connection = this.#connection;
		if (!connection) {
			this.#setStatus({phase: 'stopped'});
			return;
		}
		if (connection.isSettled) {
			finish(connection);
			connection.halfClose();
		} else {
			connection.destroy();
		}
		const deadline = setTimeout(() => connection.destroy(), stopMs);
		await this.#gone;
		clearTimeout(deadline);
	}

	#closed(error: SessionError | undefined): void {
		// A host that was slow to refuse us has never let us in.
		this.#wasEverIn ||= this.#connection?.isSettled === true;
		this.#connection = undefined;
		this.#retries.closed();
		this.#options.onGone();
		if (this.#isStopping) {
			this.#setStatus({phase: 'stopped'});
			return;
		}
		const reason = error ?? new SessionError('LOST', 'the host closed the connection');
		const final = this.#final ?? (!this.#wasEverIn && isFinal(reason) ? reason : undefined);
		const {rescue} = this.#options;
		if (final) this.#setStatus({phase: 'stopped', reason: final});
		else if (reason.code === 'REFUSED' && rescue) void this.#callForRescue(rescue, reason);
		else this.#wait(reason);
	}

	async #callForRescue(rescue: () => Promise<boolean>, reason: SessionError): Promise<void> {
		const outcome = await rescue().catch((error: Error) => error);
		if (this.#isStopping) return;
		if (outcome === true) this.connect();
		else if (outcome === false) this.#wait(reason);
		else this.#wait(new SessionError('NOT_HOSTED', outcome.message, {cause: outcome}));
	}

	#wait(reason: SessionError): void {
		const isFirst = this.#retries.isFirst;
		const delay = this.#retries.nextMs();
		this.#options.onLost(reason, delay);
		// What is soon mended is not worth a word.
		if (!isFirst || delay > unnoticedMs)
			this.#setStatus({phase: 'waiting', until: performance.now() + delay, reason});
		this.#timer = setTimeout(() => this.connect(), delay);
	}

	#setStatus(status: SessionStatus): void {
		this.#status = status;
		this.#options.onStatus(status);
	}
}

/** Before we were ever in, to try again cannot help where the name is taken, the server is no chat, or there is no such host. */
const isFinal = ({code}: SessionError): boolean => ['NAME_TAKEN', 'NOT_CHAT', 'NOT_FOUND'].includes(code);
