import {randomUUID} from 'node:crypto';
import {setTimeout as sleep} from 'node:timers/promises';
import {formatPost} from '../protocol/plain.ts';
import {type Address, formatAddress} from './address.ts';
import {backoffMs} from './backoff.ts';
import {Connection} from './connection.ts';
import {Deliveries, type Outcome} from './extended/deliveries.ts';
import {Dialogue} from './extended/dialogue.ts';
import type {Identity} from './identity.ts';
import {type KnownHost, strangerAt} from './known-host.ts';
import {SessionError} from './session-error.ts';

export type CourierOptions = {
	readonly address: Address;
	readonly login: string;
	/** What we are and in which version, as `a-chat-tui/0.1.0`. */
	readonly agent: string;
	/** The key that the login may be bound to. */
	readonly identity: Identity | undefined;
	readonly knownHost: KnownHost;
	/** How long to try without getting any further, in ms. */
	readonly patienceMs: number;
	/** We are in for the first time: messages can be posted. */
	readonly onOpen: () => void;
	/** More can be taken. */
	readonly onDrain: () => void;
	/** It takes a second try, because of this. */
	readonly onDelay: (reason: SessionError) => void;
};

/** How long a plain host may take to confirm with its FIN that it has read everything, in ms; and more for each line. */
const confirmMs = 10_000;
const confirmLineMs = 10;

/** How long until what was refused for now is sent again, in ms: somebody waits for it. */
const retryMs = 500;

/** How often it is looked whether a host still gets on, in ms. */
const lookMs = 500;

/**
 * Brings messages to a host and leaves, beside whatever session the same person has there. A host that speaks a-chat/1
 * acknowledges each, so that a break costs nothing: the same messages go out again over another connection. A plain one
 * is only known to have read everything when it closes its side after ours.
 */
export class Courier {
	readonly #options: CourierOptions;
	readonly #deliveries: Deliveries;
	#connection: Connection | undefined;
	#dialogue: Dialogue | undefined;
	#wasOpen = false;
	/** The host that had the first lines, and why nobody else gets the others. */
	#srv: string | undefined;
	#stranger: SessionError | undefined;
	/** Whether the host has answered in a-chat/1, if only to refuse us: then its silence is not that of a plain one. */
	#isExtended = false;
	/** Whether the host is a plain one, and how many lines it got. */
	#isPlain = false;
	#writtenLines = 0;
	#isEnded = false;
	/** When something last went on. */
	#progressAt = performance.now();

	constructor(options: CourierOptions) {
		this.#options = options;
		this.#deliveries = new Deliveries({
			onDrain: options.onDrain,
			onProgress: () => {
				this.#progressAt = performance.now();
				if (this.#isEnded && this.#deliveries.isDone) this.#connection?.halfClose();
			},
		});
	}

	/** False while what was posted should first get there. */
	get canTakeMore(): boolean {
		return this.#isPlain ? (this.#connection?.canTakeMore ?? false) : this.#deliveries.canTakeMore;
	}

	/** Posts lines, after `onOpen`. */
	post(to: readonly string[], texts: readonly string[]): void {
		if (this.#isPlain) {
			const lines = texts.map(text => `${formatPost(to, text)}\n`);
			this.#writtenLines += lines.length;
			this.#connection?.write(lines.join(''), this.#options.onDrain);
			return;
		}
		if (this.#deliveries.isDone) this.#progressAt = performance.now();
		for (const text of texts)
			this.#deliveries.add({id: 0, key: randomUUID(), to, text, at: Date.now()}, this.#dialogue);
	}

	/** All is posted. */
	end(): void {
		this.#isEnded = true;
		if (this.#isPlain || this.#deliveries.isDone) this.#connection?.halfClose();
		if (!this.#isPlain) return;
		const connection = this.#connection;
		setTimeout(() => connection?.destroy(), confirmMs + confirmLineMs * this.#writtenLines).unref();
	}

	/**
	 * Resolves when all is there, to what became of it.
	 *
	 * @throws {SessionError} if that cannot be known, or is not so
	 */
	async run(): Promise<Outcome> {
		for (let attempt = 0; ; attempt++) {
			const connectTimeoutMs = Math.max(1, this.#leftMs);
			const error = await this.#tryOnce(connectTimeoutMs);
			if (this.#isEnded && !this.#isPlain && this.#wasOpen && this.#deliveries.isDone)
				return this.#deliveries.outcome;
			if (this.#isPlain) {
				if (this.#isEnded && !error) return this.#deliveries.outcome;
				throw lost(this.#isEnded);
			}
			const reason =
				this.#hindrance ?? error ?? new SessionError('LOST', `${this.#where} closed the connection.`);
			if (this.#leftMs <= 0 || isHopeless(reason)) throw this.#wasOpen ? this.#unconfirmed(reason) : reason;
			if (attempt === 1) this.#options.onDelay(reason);
			await sleep(Math.min(Math.max(0, this.#leftMs), backoffMs(attempt)));
		}
	}

	get #where(): string {
		return formatAddress(this.#options.address);
	}

	get #strangerHere(): SessionError {
		return strangerAt(this.#where, ', and join it once in the screen to accept it');
	}

	get #hindrance(): SessionError | undefined {
		const {hindrance} = this.#deliveries;
		if (hindrance === undefined) return undefined;
		return new SessionError('TURNED_AWAY', `${this.#where} says: ${hindrance}.`);
	}

	get #leftMs(): number {
		return this.#progressAt + this.#options.patienceMs - performance.now();
	}

	/** Resolves when the connection is gone, to what was wrong with it. */
	#tryOnce(connectTimeoutMs: number): Promise<SessionError | undefined> {
		const {address, login, agent, identity, knownHost} = this.#options;
		return new Promise(resolve => {
			const write = (line: string) => connection.write(`${line}\n`);
			const dialogue = new Dialogue({
				...{login, agent, identity, caps: ['ack'], cursor: undefined},
				trusts: srv => knownHost.trusts(srv),
				isBeside: true,
				retryMs,
				write,
				onEvent: event => {
					if (event.type === 'welcomed') this.#welcomed(dialogue, event.welcome.srv);
					else if (event.type === 'stranger') {
						this.#stranger = this.#strangerHere;
						connection.destroy();
					} else if (event.type === 'dead') connection.destroy();
					else this.#deliveries.onEvent(event);
				},
			});
			const connection: Connection = new Connection({
				...{address, login, dialogue, connectTimeoutMs},
				onSettled: () => this.#settledPlain(connection),
				onLines() {},
				onClose: error => {
					clearInterval(timer);
					this.#isExtended ||= connection.isExtended;
					// Who had nothing to say for long is no longer waited for than others.
					if (this.#dialogue !== undefined && this.#deliveries.isDone) this.#progressAt = performance.now();
					this.#dialogue = undefined;
					dialogue.stop();
					const isTaken = this.#isPlain && connection.isNameTaken;
					resolve(this.#stranger ?? error ?? (isTaken ? lost(true) : undefined));
				},
			});
			const timer = setInterval(() => {
				if (!this.#isPlain && !this.#deliveries.isDone && this.#leftMs <= 0) connection.destroy();
			}, lookMs);
			this.#connection = connection;
		});
	}

	#welcomed(dialogue: Dialogue, srv: string): void {
		if (this.#srv !== undefined && this.#srv !== srv && !this.#deliveries.isDone) {
			this.#stranger = this.#strangerHere;
			this.#connection?.destroy();
			return;
		}
		this.#srv = srv;
		const {knownHost} = this.#options;
		// What cannot be remembered is found out once more by the next one.
		if (!knownHost.isKnown) knownHost.remember(srv, () => {});
		this.#dialogue = dialogue;
		this.#progressAt = performance.now();
		this.#deliveries.resume(dialogue);
		this.#opened();
		if (this.#isEnded && this.#deliveries.isDone) this.#connection?.halfClose();
	}

	#settledPlain(connection: Connection): void {
		// Whoever has acknowledged once does so always, or is somebody else.
		if (this.#options.knownHost.isKnown || this.#isExtended) {
			connection.destroy();
			return;
		}
		this.#isPlain = true;
		this.#opened();
	}

	#opened(): void {
		if (this.#wasOpen) return;
		this.#wasOpen = true;
		this.#options.onOpen();
	}

	#unconfirmed(reason: SessionError): SessionError {
		const {waiting} = this.#deliveries;
		const what = waiting === 1 ? 'One line was' : `${waiting} lines were`;
		return new SessionError(
			reason.code,
			`${what} not confirmed: ${reason.message} Ask whether it arrived before you send it again.`,
		);
	}
}

const isHopeless = ({code}: SessionError): boolean => ['NOT_CHAT', 'NOT_FOUND', 'STRANGER'].includes(code);

const lost = (isAllWritten: boolean): SessionError =>
	new SessionError(
		'LOST',
		isAllWritten
			? 'The host did not confirm what was sent: ask whether it arrived before you send it again.'
			: 'The connection broke before everything was sent: ask what arrived before you send it again.',
	);
