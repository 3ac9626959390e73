import {constants} from 'node:os';

/** What the program says with its exit code; scripts rely on it. */
export const exitCodes = {
	done: 0,
	/** An error at run time: nobody there, the name taken, the connection lost for good. */
	failed: 1,
	/** A wrong flag, value, combination or name. */
	wrongUse: 2,
	/** With `--to`: taken by the host, but somebody named is nobody there, and so will never get it. */
	absent: 3,
} as const;

/** The code of a client that a signal ended, as shells count it. */
export function signalExitCode(signal: NodeJS.Signals): number {
	return 128 + constants.signals[signal];
}
