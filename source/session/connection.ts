import {extendedLimits} from '../protocol/extended/limits.ts';
import {parseServerLine} from '../protocol/extended/server-lines.ts';
import {limits} from '../protocol/limits.ts';
import {LineSplitter} from '../protocol/line-splitter.ts';
import {parseDelivery} from '../protocol/plain.ts';
import {nameTaken} from '../protocol/refusals.ts';
import {type Address, formatAddress} from './address.ts';
import type {Dialogue} from './extended/dialogue.ts';
import {Link} from './link.ts';
import {SessionError} from './session-error.ts';

export type ConnectionOptions = {
	readonly address: Address;
	readonly login: string;
	readonly connectTimeoutMs?: number | undefined;
	/** How long to wait for a refusal before anything else is written, in ms, beside one round trip. */
	readonly settleMs?: number | undefined;
	/** How long a host that knows a-chat/1 may take to let us in, in ms, from its first word on. Default 15,000. */
	readonly welcomeMs?: number | undefined;
	/** Asks the host for a-chat/1, and takes all lines from when it has answered; without it the host is a plain one. */
	readonly dialogue?: Dialogue | undefined;
	/** The login was not refused by a plain host: posts may be written from now on. */
	readonly onSettled: () => void;
	/** The whole lines of one chunk, in order, without their line ends. */
	readonly onLines: (lines: readonly string[]) => void;
	/**
	 * Called exactly once, at the end: without an error if the server said FIN while the connection was settled, with
	 * `NAME_TAKEN` or `TURNED_AWAY` if it did so before and said why, else with what broke.
	 */
	readonly onClose: (error: SessionError | undefined) => void;
};

/** A plain server never confirms a login, it only refuses one; ours does so within 200 ms. */
const defaultSettleMs = 300;

/** A host that lets us in may have a disk to wait for. */
const defaultWelcomeMs = 15_000;

/** How a host begins that knows a-chat/1. Every line of a plain one begins with `from `. */
const extendedStart = /^@(?:welcome|challenge|fail|bye) /;

/**
 * One login on one connection. The login is written at once; everything else waits until the
 * server had its chance to refuse, so that what is written afterwards is known to be read under our name, and a line
 * that was never written can be sent again without fear of a double (docs/protocol.md, "Logging in").
 */
export class Connection {
	readonly #options: ConnectionOptions;
	readonly #link: Link;
	readonly #splitter = new LineSplitter({
		maxBytes: limits.serverLineBytes,
		overflow: 'truncate',
		isStrict: false,
	});
	#timer: NodeJS.Timeout | undefined;
	#isSettled = false;
	#isExtended = false;
	#isPaused = false;
	#isHeld = false;
	/** The code with which a host of a-chat/1 has ended it. */
	#byeCode: string | undefined;
	#lastWord: string | undefined;

	constructor(options: ConnectionOptions) {
		this.#options = options;
		this.#link = new Link({
			address: options.address,
			connectTimeoutMs: options.connectTimeoutMs,
			onOpen: () => this.#opened(),
			onData: chunk => this.#receive(this.#splitter.push(chunk)),
			onClose: error => this.#closed(error),
		});
	}

	/** True from `onSettled` on, or from the welcome of a host that turns out to know a-chat/1: posts may be written. */
	get isSettled(): boolean {
		return this.#isSettled;
	}

	/** Whether the host speaks a-chat/1. */
	get isExtended(): boolean {
		return this.#isExtended;
	}

	/** False while the socket holds more than it should: wait for `onTaken` of the last write. */
	get canTakeMore(): boolean {
		return this.#link.canTakeMore;
	}

	/** Writes whole lines, each with its LF. `onTaken` is called once the operating system has them, or never will. */
	write(lines: string | Uint8Array, onTaken?: (error?: Error | null) => void): void {
		this.#link.write(lines, onTaken);
	}

	/** Says FIN after everything written so far; lines still arrive until the server says FIN too. */
	halfClose(): void {
		this.#link.halfClose();
	}

	pause(): void {
		this.#isPaused = true;
		this.#heedPauses();
	}

	resume(): void {
		this.#isPaused = false;
		this.#heedPauses();
	}

	/** The same as `pause` and `resume` for another reason: nothing is read while one of them holds. */
	hold(isHeld: boolean): void {
		this.#isHeld = isHeld;
		this.#heedPauses();
	}

	#heedPauses(): void {
		const {dialogue} = this.#options;
		if (this.#isPaused || this.#isHeld) {
			this.#link.pause();
			dialogue?.pause();
		} else {
			dialogue?.resume();
			this.#link.resume();
		}
	}

	/**
	 * Whether the last word was that somebody else has our name. A busy server may say so only when we took ourselves for
	 * let in; then nothing that we wrote arrived.
	 */
	get isNameTaken(): boolean {
		const word = this.#lastWord === undefined ? undefined : parseDelivery(this.#lastWord);
		return word?.from === 'server' && word.text === nameTaken(this.#options.login);
	}

	/** Breaks off at once. */
	destroy(): void {
		this.#link.destroy();
	}

	#opened(): void {
		const {login, dialogue, settleMs = defaultSettleMs} = this.#options;
		this.#link.write(dialogue === undefined ? `${login}\n` : `${login}\n${dialogue.hello}\n`);
		const patienceMs = dialogue === undefined ? settleMs : Math.max(settleMs, extendedLimits.welcomeMs);
		this.#timer = setTimeout(() => {
			this.#isSettled = true;
			this.#options.onSettled();
		}, patienceMs + this.#link.connectMs);
	}

	#receive(lines: readonly string[]): void {
		const plain = lines.slice(0, this.#extendedFrom(lines));
		if (plain.length > 0) {
			this.#lastWord = plain.at(-1);
			this.#options.onLines(plain);
		}
		for (const line of lines.slice(plain.length)) this.#receiveExtended(line);
	}

	/** Where the lines of a-chat/1 begin among these. */
	#extendedFrom(lines: readonly string[]): number {
		if (this.#isExtended) return 0;
		const at = this.#options.dialogue === undefined ? -1 : lines.findIndex(line => extendedStart.test(line));
		return at === -1 ? lines.length : at;
	}

	#receiveExtended(line: string): void {
		if (!this.#isExtended) {
			this.#isExtended = true;
			// It may only be slow: whoever took it for a plain one waits for its welcome all the same.
			this.#isSettled = false;
			clearTimeout(this.#timer);
			const {welcomeMs = defaultWelcomeMs} = this.#options;
			this.#timer = setTimeout(() => this.#link.destroy(), welcomeMs);
		}
		const parsed = parseServerLine(line);
		if (parsed.ok && parsed.line.type === 'welcome') {
			clearTimeout(this.#timer);
			this.#isSettled = true;
		}
		if (parsed.ok && parsed.line.type === 'bye') {
			this.#byeCode = parsed.line.code;
			this.#lastWord = parsed.line.text;
		}
		this.#options.dialogue?.onLine(line);
	}

	#closed(error: SessionError | undefined): void {
		clearTimeout(this.#timer);
		// A last line without LF counts when the stream ended in good order; what a break cut off is half a line.
		const rest = error || this.#isExtended ? undefined : this.#splitter.end();
		if (rest !== undefined) this.#receive([rest]);
		this.#options.onClose(error ?? (this.#isSettled ? undefined : this.#turnedAway()));
	}

	/** A server that ends before it let us in refuses with its last word; without one it is just gone. */
	#turnedAway(): SessionError {
		const {address} = this.#options;
		if (this.#byeCode !== undefined) {
			const isName = ['NAME_TAKEN', 'AUTH_REQUIRED', 'AUTH_FAILED'].includes(this.#byeCode);
			const text = `${formatAddress(address)} says: ${this.#lastWord}.`;
			return new SessionError(isName ? 'NAME_TAKEN' : 'TURNED_AWAY', text);
		}
		const word = this.#lastWord === undefined ? undefined : parseDelivery(this.#lastWord);
		if (word?.from !== 'server') {
			return new SessionError('LOST', `${formatAddress(address)} closed the connection without a word.`);
		}
		return this.isNameTaken
			? new SessionError('NAME_TAKEN', `${formatAddress(address)} says: ${word.text}.`)
			: new SessionError('TURNED_AWAY', `${formatAddress(address)} says: ${word.text}.`);
	}
}
