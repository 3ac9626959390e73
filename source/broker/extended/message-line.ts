import type {ServerLine} from '../../protocol/extended/server-lines.ts';
import type {Message} from '../store/store.ts';

/** Where a message stands: in the stream, behind the one before it, or in the answer to a request. */
type Place = {readonly prev: number} | {readonly req: string};

/** A message as a line. */
export const messageLine = (
	{n, id, ts, from, to, isLong, isAction, text}: Message,
	place: Place,
): ServerLine => ({type: 'msg', ...place, n, id, ts, from, to, ml: isLong, act: isAction, text});
