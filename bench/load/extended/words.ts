const zero = 0x30;
const space = 0x20;

/** Reads a line from left to right, as bytes. */
export class Words {
	#bytes: Buffer = Buffer.alloc(0);
	#at = 0;
	#end = 0;

	begin(bytes: Buffer, start: number, end: number): this {
		this.#bytes = bytes;
		this.#at = start;
		this.#end = end;
		return this;
	}

	/** Goes behind `expected`; false, and nowhere, if something else stands there. */
	skip(expected: Buffer): boolean {
		const bytes = this.#bytes;
		const at = this.#at;
		if (at + expected.length > this.#end) return false;
		for (let i = 0; i < expected.length; i++) if (bytes[at + i] !== expected[i]) return false;
		this.#at = at + expected.length;
		return true;
	}

	/** The whole number that stands here, and goes behind it; NaN if none does. */
	number(): number {
		const bytes = this.#bytes;
		const start = this.#at;
		let value = 0;
		for (; this.#at < this.#end; this.#at++) {
			const digit = (bytes[this.#at] as number) - zero;
			if (digit < 0 || digit > 9) break;
			value = value * 10 + digit;
		}
		return this.#at === start ? Number.NaN : value;
	}

	/** Copies what stands here up to the next space to `target` at `at`, `length` bytes; false if it is not as long. */
	copy(target: Buffer, at: number, length: number): boolean {
		const end = this.#at + length;
		if (end > this.#end) return false;
		for (let i = 0; i < length; i++) target[at + i] = this.#bytes[this.#at + i] as number;
		this.#at = end;
		return end === this.#end || this.#bytes[end] === space;
	}

	/** Whether the rest of the line is `expected`. */
	ends(expected: Buffer, from = 0): boolean {
		const length = expected.length - from;
		if (this.#end - this.#at !== length) return false;
		return length === 0 || this.#bytes.compare(expected, from, expected.length, this.#at, this.#end) === 0;
	}

	/** Goes to the next space, and tells what stands before it. */
	word(): string {
		const start = this.#at;
		while (this.#at < this.#end && this.#bytes[this.#at] !== space) this.#at++;
		return this.#bytes.toString('latin1', start, this.#at);
	}

	/** Goes to the next space. */
	pass(): void {
		while (this.#at < this.#end && this.#bytes[this.#at] !== space) this.#at++;
	}
}
