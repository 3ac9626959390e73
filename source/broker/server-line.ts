import {formatServerLine} from '../protocol/extended/server-lines.ts';
import {limits} from '../protocol/limits.ts';
import type {LineFault} from '../protocol/line-reader.ts';
import {formatDelivery} from '../protocol/plain.ts';

/** The last line that a peer gets, from the broker itself, as bytes with its LF. */
export const serverLine = (why: string): Buffer => Buffer.from(`${formatDelivery('server', why)}\n`);

/**
 * What a peer is told before FIN, if there is a reason: a sentence, or `@bye` with a code if it speaks a-chat/1.
 *
 * @param spreadMs within how many ms it should come back, at a time of its own choice
 */
export const lastLine = (
	why: string,
	code: string | undefined,
	spreadMs?: number | undefined,
): Buffer | undefined => {
	if (why === '') return undefined;
	if (code === undefined) return serverLine(why);
	return Buffer.from(`${formatServerLine({type: 'bye', code, in: spreadMs, text: why})}\n`);
};

/** What a peer is told whose stream cannot be read any further. */
export const faultSentences: Readonly<Record<LineFault, string>> = {
	LINE_TOO_LONG: `a line may have at most ${limits.plainLineBytes} bytes`,
	BAD_UTF8: 'a line has to be UTF-8',
};
