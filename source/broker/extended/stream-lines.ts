import type {FrequentLines} from '../../protocol/extended/frequent-lines.ts';
import type {Message} from '../store/store.ts';
import type {Wire} from './wire.ts';

/** Writes messages to streams. Members of a room who are here get the same line, which is put together once. */
export class StreamLines {
	readonly #lines: FrequentLines;
	#message: Message | undefined;
	#prev = 0;
	#line = '';
	#bytes: Buffer | undefined;

	constructor(lines: FrequentLines) {
		this.#lines = lines;
	}

	/** Writes a message to somebody whose last number was `prev`. Returns what `Outbox.append` does. */
	write(wire: Wire, message: Message, prev: number): number {
		if (message === this.#message && prev === this.#prev) {
			this.#bytes ??= Buffer.from(this.#line);
			return wire.writeBytes(this.#bytes);
		}
		this.#line = this.#lines.message(message, prev);
		this.#message = message;
		this.#prev = prev;
		this.#bytes = undefined;
		return wire.writeText(this.#line);
	}
}
