import type {Message} from './store.ts';

/** What the log holds of a message beside it. */
export type Row = Message & {
	/** Accounts that it went to, beside its sender's. */
	readonly recipients: readonly number[];
	readonly rooms: readonly number[];
	readonly conversation: string | undefined;
	readonly handed: readonly string[];
	/** Whether it is known again by its id. */
	readonly hasKey: boolean;
	readonly bytes: number;
};

/** Bytes that a row takes beside its text, roughly. */
const rowBytes = 400;

/** The messages of a store in memory, the oldest of which give way to newer ones. */
export class MemoryLog {
	newest = 0;
	oldest = 1;
	readonly #maxBytes: number;
	readonly #onDrop: (row: Row) => void;
	/** The row with number n is at n - oldest + dropped. */
	#rows: (Row | undefined)[] = [];
	#dropped = 0;
	#bytes = 0;

	constructor(maxBytes: number, onDrop: (row: Row) => void) {
		this.#maxBytes = maxBytes;
		this.#onDrop = onDrop;
	}

	get(n: number): Row | undefined {
		return n < this.oldest ? undefined : this.#rows[n - this.oldest + this.#dropped];
	}

	/** Adds a row, whose number has to be the next one. */
	add(row: Row): void {
		this.newest = row.n;
		this.#rows.push(row);
		this.#bytes += row.bytes;
		while (this.#bytes > this.#maxBytes && this.oldest < this.newest) this.#dropOldest();
	}

	#dropOldest(): void {
		const row = this.get(this.oldest);
		if (row === undefined) return;
		this.#rows[this.#dropped] = undefined;
		this.oldest++;
		this.#dropped++;
		this.#bytes -= row.bytes;
		this.#onDrop(row);
		// Shifting each one would move all others.
		if (this.#dropped < this.#rows.length / 2) return;
		this.#rows = this.#rows.slice(this.#dropped);
		this.#dropped = 0;
	}
}

/** Bytes that a message takes in memory, roughly. */
export const bytesOf = ({text, to, from}: Pick<Message, 'text' | 'to' | 'from'>): number => {
	let length = text.length + from.length;
	for (const name of to) length += name.length + 16;
	return rowBytes + 2 * length;
};
