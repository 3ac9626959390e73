import {encodeList, encodePart} from './percent.ts';
import {isText} from './syntax.ts';

/** What these lines tell of a message. */
type Said = {
	readonly n: number;
	readonly id: string;
	readonly ts: number;
	readonly from: string;
	readonly to: readonly string[];
	readonly isLong: boolean;
	readonly isAction: boolean;
	readonly text: string;
};

/**
 * The lines of which a host writes several for each message, as `formatServerLine` makes them, with their LF. Messages that
 * come one behind the other are of one sender to the same people at the same time more often than not: what they have in
 * common is put together once. With that a line takes a quarter as long, and leaves a quarter as much garbage.
 *
 * Keys and ids have to be tokens, as they stand in a line as they are.
 */
export class FrequentLines {
	readonly #stored: string;
	#ackTo: readonly string[] = [];
	#ackTs = -1;
	#ackEnd = '';
	#name: string | undefined;
	#state = '';
	#statusEnd = '';
	#from: string | undefined;
	#to: readonly string[] = [];
	#ts = -1;
	#middle = '';

	/** @param stored what `@ack` says of how safe a message is */
	constructor(stored: string) {
		this.#stored = stored;
	}

	/** `@ack`; `isDup` if the message was taken before. */
	ack(
		key: string | undefined,
		{id, n, ts, to}: Pick<Said, 'id' | 'n' | 'ts' | 'to'>,
		isDup: boolean,
	): string {
		if (ts !== this.#ackTs || to !== this.#ackTo) {
			this.#ackTs = ts;
			this.#ackTo = to;
			this.#ackEnd = ` ts=${ts} to=${encodeList(to)} stored=${this.#stored}\n`;
		}
		const end = isDup ? `${this.#ackEnd.slice(0, -1)} dup=1\n` : this.#ackEnd;
		return key === undefined ? `@ack id=${id} n=${n}${end}` : `@ack key=${key} id=${id} n=${n}${end}`;
	}

	status(id: string, name: string, state: 'sent' | 'queued' | 'delivered' | 'absent'): string {
		if (name !== this.#name || state !== this.#state) {
			this.#name = name;
			this.#state = state;
			this.#statusEnd = ` to=${encodePart(name)} state=${state}\n`;
		}
		return `@status id=${id}${this.#statusEnd}`;
	}

	/**
	 * `@msg` of the stream.
	 *
	 * @throws {RangeError} for a text with control characters
	 */
	message({n, id, ts, from, to, isLong, isAction, text}: Said, prev: number): string {
		if (!isText(text)) throw new RangeError('A text must not hold control characters');
		if (ts !== this.#ts || to !== this.#to || from !== this.#from) {
			this.#ts = ts;
			this.#to = to;
			this.#from = from;
			this.#middle = ` ts=${ts} from=${encodePart(from)} to=${encodeList(to)}`;
		}
		const flags = isLong || isAction ? `${isLong ? ' ml=1' : ''}${isAction ? ' act=1' : ''}` : '';
		return `@msg n=${n} prev=${prev} id=${id}${this.#middle}${flags} :${text}\n`;
	}
}
