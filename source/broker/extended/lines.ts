import {ackLine, statusLine, streamLine} from '../../protocol/extended/frequent-lines.ts';
import {encodeList, encodePart} from '../../protocol/extended/percent.ts';
import type {Message} from '../store/store.ts';
import type {State} from './states.ts';
import type {Wire} from './wire.ts';

/** What is told of a message that was taken. */
type Acknowledged = Pick<Message, 'id' | 'n' | 'ts' | 'to'> & {
	readonly key: string | undefined;
	readonly stored: string;
	/** Whether it was there before. */
	readonly isKnown: boolean;
};

/**
 * The lines that are written for each message. What comes one behind the other is of the same sender to the same people
 * more often than not, so what was encoded last is kept, and so is the last line for those who get the same one.
 */
export class Lines {
	#to: readonly string[] = [];
	#encodedTo = '';
	#from = '';
	#encodedFrom = '';
	#message: Message | undefined;
	#prev = 0;
	#line = '';
	#bytes: Buffer | undefined;

	/** `@ack` without LF. */
	ack({key, id, n, ts, to, stored, isKnown}: Acknowledged): string {
		return ackLine(key, id, n, ts, this.#encodeTo(to), stored, isKnown);
	}

	/** `@status` without LF. */
	status(id: string, name: string, state: State): string {
		return statusLine(id, encodePart(name), state);
	}

	/** Writes a message to somebody whose last number was `prev`. Returns what `Outbox.append` does. */
	write(wire: Wire, message: Message, prev: number): number {
		if (message === this.#message && prev === this.#prev) {
			// A room's members who are here: each gets a copy of the same bytes.
			this.#bytes ??= Buffer.from(`${this.#line}\n`);
			return wire.writeBytes(this.#bytes);
		}
		this.#line = streamLine(message, prev, this.#encodeFrom(message.from), this.#encodeTo(message.to));
		this.#message = message;
		this.#prev = prev;
		this.#bytes = undefined;
		return wire.write(this.#line);
	}

	#encodeTo(to: readonly string[]): string {
		if (to !== this.#to) {
			this.#to = to;
			this.#encodedTo = encodeList(to);
		}
		return this.#encodedTo;
	}

	#encodeFrom(from: string): string {
		if (from !== this.#from) {
			this.#from = from;
			this.#encodedFrom = encodePart(from);
		}
		return this.#encodedFrom;
	}
}
