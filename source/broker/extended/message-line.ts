import type {ServerLine} from '../../protocol/extended/server-lines.ts';
import type {Message} from '../store/store.ts';

/** A message as a line of the answer to a request. */
export const messageLine = (
	{n, id, ts, from, to, isLong, isAction, text}: Message,
	req: string,
): ServerLine => ({type: 'msg', req, n, id, ts, from, to, ml: isLong, act: isAction, text});
