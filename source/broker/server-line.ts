import {limits} from '../protocol/limits.ts';
import type {LineFault} from '../protocol/line-reader.ts';
import {formatDelivery} from '../protocol/plain.ts';

/** The last line that a peer gets, from the broker itself, as bytes with its LF. */
export const serverLine = (why: string): Buffer => Buffer.from(`${formatDelivery('server', why)}\n`);

/** What a peer is told whose stream cannot be read any further. */
export const faultSentences: Readonly<Record<LineFault, string>> = {
	LINE_TOO_LONG: `a line may have at most ${limits.plainLineBytes} bytes`,
	BAD_UTF8: 'a line has to be UTF-8',
};
