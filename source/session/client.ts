import {limits} from '../protocol/limits.ts';
import {parseLogin} from '../protocol/login.ts';
import {formatPost, parseDelivery} from '../protocol/plain.ts';
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
	/** How long to wait for a refusal of the login, in ms, beside one round trip. Default 400. */
	readonly settleMs?: number;
};

/** A message that came for us. */
export type Message = {readonly from: string; readonly text: string};

/** Messages held for an iterator that is slow; above it nothing is read from the socket. */
const maxHeldMessages = 256;

/**
 * Logs in and resolves to a client once the host had its chance to refuse.
 *
 * @throws {RangeError} for a login that breaks the rules of `docs/protocol.md`
 * @throws {SessionError} if nobody is there, or the host turns the login away
 */
export function connect(options: ConnectOptions): Promise<Client> {
	const parsed = parseLogin(options.login);
	if (!parsed.ok) throw new RangeError(`This login cannot be used: ${parsed.problem}.`);
	return new Promise((resolve, reject) => new Client({...options, login: parsed.login}, resolve, reject));
}

/**
 * One login on one host: an async iterable of the messages that arrive. The iteration ends when the host closes, and
 * throws a `SessionError` if the connection broke. It does not reconnect.
 */
export class Client implements AsyncIterable<Message> {
	readonly login: string;
	readonly #connection: Connection;
	readonly #held: Message[] = [];
	#wake: (() => void) | undefined;
	#end: {readonly error: SessionError | undefined} | undefined;

	/** @internal */
	constructor(
		options: ConnectOptions,
		onSettled: (client: Client) => void,
		onRefused: (error: SessionError) => void,
	) {
		this.login = options.login;
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
				this.#wake?.();
			},
		});
	}

	/**
	 * Sends a text of one line. Resolves once the operating system has taken it; a plain host confirms no more than that.
	 *
	 * @throws {RangeError} for a text of several lines, a line of more than 64 KiB, or somebody who cannot be named
	 * @throws {SessionError} `LOST` if the connection is or goes away before
	 */
	async send(to: string | readonly string[], text: string): Promise<void> {
		const line = formatPost(typeof to === 'string' ? [to] : to, text);
		if (Buffer.byteLength(line) > limits.plainLineBytes)
			throw new RangeError('A line must not exceed 64 KiB.');
		if (this.#end) throw this.#lost();
		await new Promise<void>((resolve, reject) => {
			this.#connection.write(`${line}\n`, error => (error ? reject(this.#lost()) : resolve()));
		});
	}

	/** Says goodbye: everything sent is still delivered. Resolves when the host has closed too. */
	async close(): Promise<void> {
		this.#connection.halfClose();
		for await (const _ of this) {
			// What still arrives has no reader any more.
		}
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
				await new Promise<void>(resolve => {
					this.#wake = resolve;
				});
			}
		}
	}

	#hold(lines: readonly string[]): void {
		for (const line of lines) {
			const message = parseDelivery(line);
			if (message) this.#held.push(message);
		}
		if (this.#held.length >= maxHeldMessages) this.#connection.pause();
		this.#wake?.();
	}

	#lost(): SessionError {
		return new SessionError('LOST', 'The connection is closed: connect again.');
	}
}
