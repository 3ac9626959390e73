/** Codes of a refused `@send` that no repetition helps: it leaves the sender's outbox and is shown as refused. */
const finalCodes = new Set([
	'BAD_SYNTAX',
	'BAD_TEXT',
	'BAD_NAME',
	'BAD_UTF8',
	'KEY_REUSED',
	'TEXT_TOO_LONG',
	'TOO_MANY_DESTS',
	'LINE_TOO_LONG',
	'FORBIDDEN',
	'NO_SUCH_ROOM',
	'MAILBOX_FULL',
	'UNKNOWN_VERB',
]);

/**
 * Whether a refused `@send` is refused for good. Any other code, also one of a later version, is taken as "not now": what
 * was written stays in the outbox, as a line that is sent once more does no harm and one that is lost does.
 */
export const isFinal = (code: string): boolean => finalCodes.has(code);
