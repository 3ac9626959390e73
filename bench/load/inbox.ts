import type {Dialect} from './dialect.ts';
import {addExample, type Faults} from './faults.ts';
import {Ledger} from './ledger.ts';
import {numberOf, type Ring} from './ring.ts';

/** Messages of one sender on their way. */
export type Stream = {
	/** How many have been written. */
	readonly sent: number;
	/** A receiver that had accounted for `before` of them has now accounted for `after`. */
	arrived(before: number, after: number): void;
};

/** Whose messages a client may get: how its lines name the sender, what they are, and who wants to know of them. */
export type Source = {readonly from: string; readonly ring: Ring; readonly stream: Stream};

type Account = Source & {messages: number; ledger: Ledger | undefined};

const LF = '\n';

/**
 * Checks what one client receives. As the messages of each sender are known beforehand, so is every byte that may come:
 * the lines of one sender that stand together are compared with its ring in one call. If anything differs, lines are
 * read from there on.
 */
export class Inbox {
	readonly #dialect: Dialect;
	readonly #faults: Faults;
	readonly #accounts: readonly Account[];
	readonly #unit: number;
	/** Where in a line one byte tells the sender, and whom it tells; -1 if there is only one. */
	readonly #column: number;
	readonly #byByte = new Map<number | undefined, Account>();
	/** The start of a line that was cut. */
	readonly #carry: Buffer;
	#carried = 0;
	/** The same once lines are read. */
	#rest: string | undefined;

	/** Throws if lines of the sources differ in length, or if no byte tells them apart (up to ten numbered logins do). */
	constructor(sources: readonly Source[], dialect: Dialect, faults: Faults) {
		this.#dialect = dialect;
		this.#faults = faults;
		this.#accounts = sources.map(source => ({...source, messages: 0, ledger: undefined}));
		this.#unit = sources[0]?.ring.unit ?? 0;
		if (sources.some(({ring}) => ring.unit !== this.#unit)) throw new RangeError('lines differ in length');
		this.#column =
			sources.length === 1
				? -1
				: tellingColumn(
						sources.map(({ring}) => ring.bytes),
						this.#unit,
					);
		for (const account of this.#accounts) this.#byByte.set(account.ring.bytes[this.#column], account);
		this.#carry = Buffer.alloc(this.#unit);
	}

	/** Whether all that was sent is accounted for. */
	get isComplete(): boolean {
		return this.#accounts.every(account => accounted(account) === account.stream.sent);
	}

	/**
	 * Takes the first `length` bytes of `chunk`, which may be cut anywhere.
	 *
	 * @returns messages that are accounted for by that: they have come, or were passed over by later ones
	 */
	receive(chunk: Buffer, length: number): number {
		if (this.#rest !== undefined) return this.#readLines(chunk.toString('latin1', 0, length));
		const unit = this.#unit;
		let count = 0;
		let at = 0;
		if (this.#carried > 0) {
			at = Math.min(length, unit - this.#carried);
			chunk.copy(this.#carry, this.#carried, 0, at);
			this.#carried += at;
			if (this.#carried < unit) return 0;
			count = this.#take(this.#carry, 0, unit);
			if (count === 0) {
				this.#doubt();
				return this.#readLines(chunk.toString('latin1', at, length));
			}
			this.#carried = 0;
		}
		while (at + unit <= length) {
			const end = this.#runEnd(chunk, at, length);
			const taken = this.#take(chunk, at, end);
			if (taken === 0) {
				this.#doubt();
				return count + this.#readLines(chunk.toString('latin1', at, length));
			}
			count += taken;
			at = end;
		}
		this.#carried = chunk.copy(this.#carry, 0, at, length);
		return count;
	}

	/** Counts what has been lost, and what came beyond all that was sent. */
	close(): void {
		if (this.#rest === undefined) this.#doubt();
		// The start of a line whose end never came is part of a lost one, or more than there should be.
		const isMore = this.#accounts.every(account => accounted(account) >= account.stream.sent);
		if (this.#rest && isMore) this.#refuse(this.#rest);
		for (const account of this.#accounts) {
			const {sent} = account.stream;
			for (let number = sent; number < accounted(account); number++)
				this.#refuse(`message ${number} of ${account.from}, which it did not send`);
			account.ledger?.close(sent);
		}
	}

	/** Where the lines end that stand together from `start` on and are of one sender, as far as one byte tells. */
	#runEnd(chunk: Buffer, start: number, length: number): number {
		const unit = this.#unit;
		if (this.#column === -1) return start + Math.floor((length - start) / unit) * unit;
		const who = chunk[start + this.#column];
		let end = start + unit;
		while (end + unit <= length && chunk[end + this.#column] === who) end += unit;
		return end;
	}

	/** Takes the lines of one sender from `start` to `end`; returns how many, 0 if not all are as they have to be. */
	#take(chunk: Buffer, start: number, end: number): number {
		const account = this.#byByte.get(this.#column === -1 ? undefined : chunk[start + this.#column]);
		if (account === undefined) return 0;
		const {bytes: ring, unit} = account.ring;
		const before = account.messages;
		let ringAt = (before * unit) % ring.length;
		for (let at = start; at < end; ) {
			const take = Math.min(end - at, ring.length - ringAt);
			if (chunk.compare(ring, ringAt, ringAt + take, at, at + take) !== 0) return 0;
			at += take;
			ringAt = 0;
		}
		account.messages += (end - start) / unit;
		account.stream.arrived(before, account.messages);
		return account.messages - before;
	}

	/** From here on lines are read, first the one that had come in part. */
	#doubt(): void {
		this.#rest = this.#carry.toString('latin1', 0, this.#carried);
		for (const account of this.#accounts) {
			const {from, ring, messages} = account;
			account.ledger = new Ledger(from, ring.period, messages, this.#faults);
		}
	}

	#readLines(text: string): number {
		const lines = (this.#rest + text).split(LF);
		this.#rest = lines.pop() ?? '';
		let count = 0;
		for (const line of lines) {
			const message = this.#dialect.parse(line);
			const account = this.#accounts.find(({from}) => from === message?.from);
			const number = message && numberOf(message.text);
			if (account?.ledger === undefined || number === undefined || number >= account.ring.period) {
				this.#refuse(line);
				continue;
			}
			const before = account.ledger.accounted;
			account.ledger.take(number);
			const after = account.ledger.accounted;
			if (after === before) continue;
			count += after - before;
			account.stream.arrived(before, after);
		}
		return count;
	}

	#refuse(line: string): void {
		this.#faults.foreign++;
		addExample(this.#faults, `unexpected: ${JSON.stringify(line.slice(0, 80))}`);
	}
}

function accounted({ledger, messages}: Account): number {
	return ledger?.accounted ?? messages;
}

/** The first byte of a line in which all of `rings` differ. */
function tellingColumn(rings: readonly Buffer[], unit: number): number {
	for (let column = 0; column < unit; column++) {
		if (new Set(rings.map(ring => ring[column])).size === rings.length) return column;
	}
	throw new RangeError('no byte of a line tells the senders apart');
}
