import type {Dialect} from './dialect.ts';
import {addExample, type Faults} from './faults.ts';
import {Ledger} from './ledger.ts';
import {numberOf, type Ring} from './ring.ts';

const LF = 0x0a;

/**
 * Checks what one client receives from one sender. As the sender's messages are known beforehand, so is every byte
 * that may come: a chunk is compared with the ring in one call. Only where they differ are lines looked at.
 */
export class Inbox {
	readonly #from: string;
	readonly #ring: Ring;
	readonly #dialect: Dialect;
	readonly #faults: Faults;
	#bytes = 0;
	#ledger: Ledger | undefined;
	#rest = '';

	constructor(from: string, ring: Ring, dialect: Dialect, faults: Faults) {
		this.#from = from;
		this.#ring = ring;
		this.#dialect = dialect;
		this.#faults = faults;
	}

	/** Messages that have come, and those passed over by later ones. */
	get accounted(): number {
		return this.#ledger?.accounted ?? Math.floor(this.#bytes / this.#ring.unit);
	}

	/** Takes the first `length` bytes of `chunk`, which may be cut anywhere. */
	receive(chunk: Buffer, length: number): void {
		const {bytes: ring} = this.#ring;
		let at = 0;
		while (at < length && this.#ledger === undefined) {
			const start = this.#bytes % ring.length;
			const take = Math.min(length - at, ring.length - start);
			if (chunk.compare(ring, start, start + take, at, at + take) !== 0) {
				this.#doubt();
				break;
			}
			this.#bytes += take;
			at += take;
		}
		if (this.#ledger !== undefined && at < length) this.#readLines(chunk.toString('latin1', at, length));
	}

	/** Counts what of `sent` messages is lost, and what came beyond them. */
	close(sent: number): void {
		if (this.#ledger === undefined) this.#doubt();
		const accounted = this.accounted;
		// The start of a line whose end never came is part of a lost one, or more than there should be.
		if (this.#rest !== '' && accounted >= sent) this.#refuse(this.#rest);
		for (let number = sent; number < accounted; number++)
			this.#refuse(`message ${number}, which nobody sent`);
		this.#ledger?.close(sent);
	}

	/** From here on lines are read; the part of one that was already found right is taken back. */
	#doubt(): void {
		const {bytes, unit, period} = this.#ring;
		const at = this.#bytes % bytes.length;
		this.#rest = bytes.toString('latin1', at - (at % unit), at);
		this.#ledger = new Ledger(this.#from, period, this.accounted, this.#faults);
	}

	#readLines(text: string): void {
		const lines = (this.#rest + text).split(String.fromCharCode(LF));
		this.#rest = lines.pop() ?? '';
		for (const line of lines) {
			const message = this.#dialect.parse(line);
			const number = message?.from === this.#from ? numberOf(message.text) : undefined;
			if (number === undefined || number >= this.#ring.period) this.#refuse(line);
			else this.#ledger?.take(number);
		}
	}

	#refuse(line: string): void {
		this.#faults.foreign++;
		addExample(this.#faults, `unexpected: ${JSON.stringify(line.slice(0, 80))}`);
	}
}
