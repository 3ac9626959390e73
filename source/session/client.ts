import {limits} from '../protocol/limits.ts';
import {parseLogin} from '../protocol/login.ts';
import {formatPost, parseDelivery} from '../protocol/plain.ts';
import {trimWhiteSpace} from '../protocol/white-space.ts';
import {defaultAddress} from './address.ts';
import {Connection} from './connection.ts';
import {SessionError} from './session-error.ts';

export type ConnectOptions = {
	/** The name to be known by. */
	readonly login: string;
	/** Host name or IP address. Default 127.0.0.1. */
	readonly host?: string;
	/** TCP port. Default 8080. */
	readonly port?: number;
	/** How long the connection may take to come about, in ms. Default 10,000. */
	readonly connectTimeoutMs?: number;
	/** How long to wait for a refusal of the login, in ms, beside one round trip. Default 300. */
	readonly settleMs?: number;
	/** How long `close` waits for the host to close its side, in ms. Default 10,000. */
	readonly closeTimeoutMs?: number;
};

/** A message that came for us. */
export type Message = {readonly from: string; readonly text: string};

/** Messages held for an iterator that is slow; above it nothing is read from the socket. */
const maxHeldMessages = 256;

/**
 * Logs in and resolves to a client once the host had its chance to refuse.
 *
 * @throws {RangeError} for a login that breaks the rules of `docs/protocol.md`, and for a port that is none
 * @throws {SessionError} if nobody is there, or the host turns the login away
 */
export async function connect(options: ConnectOptions): Promise<Client> {
	const parsed = parseLogin(options.login);
	if (!parsed.ok) throw new RangeError(`This login cannot be used: ${parsed.problem}.`);
	return new Promise((resolve, reject) => new Client({...options, login: parsed.login}, resolve, reject));
}

/**
 * One login on one host: an async iterable of the messages that arrive. The iteration ends when the host closes, and
 * throws a `SessionError` if the connection broke. Several iterations at once share the messages among them. It does not
 * reconnect.
 */
export class Client implements AsyncIterable<Message> {
	readonly login: string;
	readonly #connection: Connection;
	readonly #closeTimeoutMs: number;
	readonly #held: Message[] = [];
	/** Resolves when there is a message or the end; each time it does, another one takes its place. */
	#news = Promise.withResolvers<void>();
	#isClosing = false;
	#end: {readonly error: SessionError | undefined} | undefined;

	/** @internal */
	constructor(
		options: ConnectOptions,
		onSettled: (client: Client) => void,
		onRefused: (error: SessionError) => void,
	) {
		this.login = options.login;
		this.#closeTimeoutMs = options.closeTimeoutMs ?? 10_000;
		this.#connection = new Connection({
			address: {host: options.host ?? defaultAddress.host, port: options.port ?? defaultAddress.port},
			login: options.login,
			connectTimeoutMs: options.connectTimeoutMs,
			settleMs: options.settleMs,
			onSettled: () => onSettled(this),
			onLines: lines => this.#hold(lines),
			onClose: error => {
				this.#end = {error};
				if (error) onRefused(error);
				this.#wake();
			},
		});
	}

	/**
	 * Sends a text of one line. Resolves once the operating system has taken it; a plain host confirms no more than that.
	 *
	 * @throws {RangeError} for a text of several lines, a line of more than 64 KiB, nobody or more than 20 people to send
	 * it to, or somebody who cannot be named
	 * @throws {SessionError} `LOST` if the connection is or goes away before, also by `close`
	 */
	async send(to: string | readonly string[], text: string): Promise<void> {
		const names = typeof to === 'string' ? [to] : to;
		// A host would skip them without a word.
		if (names.length === 0 || names.some(name => trimWhiteSpace(name) === '')) {
			throw new RangeError('A message has to be for somebody.');
		}
		if (names.length > limits.destinations) {
			throw new RangeError(`A message can be for ${limits.destinations} people at most.`);
		}
		const line = formatPost(names, text);
		if (Buffer.byteLength(line) > limits.plainLineBytes)
			throw new RangeError('A line must not exceed 64 KiB.');
		if (this.#isClosing || this.#end) throw this.#lost();
		await new Promise<void>((resolve, reject) => {
			this.#connection.write(`${line}\n`, error => (error ? reject(this.#lost()) : resolve()));
		});
	}

	/**
	 * Says goodbye: everything sent is still delivered, and what still arrives is dropped. Resolves when the host has
	 * closed too; an iteration that is under way ends then.
	 *
	 * @throws {SessionError} if the connection breaks or broke before, or the host does not close its side in time, so that
	 * nobody knows what was delivered
	 */
	async close(): Promise<void> {
		this.#isClosing = true;
		this.#connection.halfClose();
		// An iteration that was left may have stopped the reading, and the end would never be seen.
		this.#connection.resume();
		const deadline = setTimeout(() => this.#connection.destroy(), this.#closeTimeoutMs);
		while (!this.#end) await this.#news.promise;
		clearTimeout(deadline);
		if (this.#end.error) throw this.#end.error;
	}

	async *[Symbol.asyncIterator](): AsyncGenerator<Message, void, void> {
		for (;;) {
			const message = this.#held.shift();
			if (message) {
				if (this.#held.length === 0) this.#connection.resume();
				yield message;
			} else if (this.#end) {
				if (this.#end.error) throw this.#end.error;
				return;
			} else {
				await this.#news.promise;
			}
		}
	}

	#hold(lines: readonly string[]): void {
		if (this.#isClosing) return;
		for (const line of lines) {
			const message = parseDelivery(line);
			if (message) this.#held.push(message);
		}
		if (this.#held.length >= maxHeldMessages) this.#connection.pause();
		this.#wake();
	}

	#wake(): void {
		this.#news.resolve();
		this.#news = Promise.withResolvers();
	}

	#lost(): SessionError {
		return new SessionError('LOST', 'The connection is closed: connect again.');
	}
}
