import {formatServerLine, type ServerLine} from '../../protocol/extended/server-lines.ts';
import type {Message} from '../store/store.ts';

/** Where a message stands: in the stream, behind the one before it, or in the answer to a request. */
type Place = {readonly prev: number} | {readonly req: string};

/** A message as a line. */
export const messageLine = (
	{n, id, ts, from, to, isLong, isAction, text}: Message,
	place: Place,
): ServerLine => ({type: 'msg', ...place, n, id, ts, from, to, ml: isLong, act: isAction, text});

/** Messages as lines of a stream. Members of a room who are here get the same one, which is put together once. */
export class StreamLines {
	#message: Message | undefined;
	#prev = 0;
	#line: Buffer = Buffer.alloc(0);

	/** The line with its LF. */
	of(message: Message, prev: number): Buffer {
		if (message === this.#message && prev === this.#prev) return this.#line;
		this.#line = Buffer.from(`${formatServerLine(messageLine(message, {prev}))}\n`);
		this.#message = message;
		this.#prev = prev;
		return this.#line;
	}
}
