import {addExample, type Faults} from './faults.ts';

/**
 * Keeps the books of one sender's messages at one receiver once something has gone wrong there. Numbers are modulo
 * `period`; they are told apart as long as fewer than half of that are under way.
 */
export class Ledger {
	/** Messages that have come or were passed over: what the sender may count as no longer under way. */
	accounted: number;
	readonly #from: string;
	readonly #period: number;
	readonly #faults: Faults;
	readonly #missing = new Set<number>();

	constructor(from: string, period: number, accounted: number, faults: Faults) {
		this.#from = from;
		this.#period = period;
		this.accounted = accounted;
		this.#faults = faults;
	}

	take(number: number): void {
		const ahead = (number - (this.accounted % this.#period) + this.#period) % this.#period;
		if (ahead < this.#period / 2) {
			for (let i = 0; i < ahead; i++) this.#missing.add(this.accounted + i);
			this.accounted += ahead + 1;
			return;
		}
		const which = this.accounted + ahead - this.#period;
		const isLate = this.#missing.delete(which);
		if (isLate) this.#faults.late++;
		else this.#faults.doubled++;
		addExample(this.#faults, `message ${which} of ${this.#from} came ${isLate ? 'late' : 'twice'}`);
	}

	/** Closes the books: of `sent` messages, what has not come is lost. */
	close(sent: number): void {
		const lost = this.#missing.size + sent - this.accounted;
		if (lost <= 0) return;
		this.#faults.lost += lost;
		const [first = this.accounted] = this.#missing;
		addExample(this.#faults, `message ${first} of ${this.#from} was lost`);
	}
}
