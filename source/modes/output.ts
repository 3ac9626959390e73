import {writeSync} from 'node:fs';

/**
 * Ends the program with one sentence on standard error, and what lies behind it if `isVerbose`. Written synchronously,
 * because nothing may come after it.
 */
export function fail(error: unknown, code: number, isVerbose: boolean): never {
	const sentence = error instanceof Error ? error.message : String(error);
	say(`a-chat-tui: ${sentence}`);
	if (isVerbose && error instanceof Error) {
		say(error.stack ?? '');
		if (error.cause instanceof Error) say(`Caused by: ${error.cause.stack ?? error.cause.message}`);
	}
	process.exit(code);
}

/** One line on standard error; whoever closed it does not want to hear it. */
export function say(line: string): void {
	try {
		writeSync(2, `${line}\n`);
	} catch {}
}
