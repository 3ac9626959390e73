import {formatDelivery} from '../protocol/plain.ts';

/** The last line that a peer gets from the broker itself, as bytes with its LF. */
export const serverLine = (why: string): Buffer => Buffer.from(`${formatDelivery('server', why)}\n`);
