import {StoreError} from './store-error.ts';

/** Results of SQLite. */
export const busy = 5;
const damaged = [11, 26];
/** Those of the disk, not of one row: in use, not to be written to, unreadable, damaged, full, cannot be opened. */
const ofDisk = [busy, 8, 10, 13, 14, ...damaged];

/** The lower byte says what it is, the others tell more. */
export const resultOf = (error: unknown): number => ((error as {errcode?: number}).errcode ?? 0) & 0xff;

/** Whether the disk is at fault, and not what was to be written. */
export const isOfDisk = (error: unknown): boolean => ofDisk.includes(resultOf(error));

/** What is wrong with a file that is none of ours, or not whole any more. */
export const damage = (
	file: string,
	advice: string,
	{what, cause}: {readonly what?: string; readonly cause?: unknown} = {},
): StoreError => {
	// What SQLite has found may stand on several lines.
	const finding =
		what === undefined ? 'is damaged, or nothing of a-chat-tui' : `is damaged (${oneLine(what)})`;
	return new StoreError('DAMAGED', `${file} ${finding}: ${advice}`, {cause});
};

const oneLine = (text: string): string => text.replaceAll(/\s+/g, ' ').trim();

/**
 * An error of SQLite or of the file system as a sentence about a file.
 *
 * @param advice what to do about one that is damaged
 */
export const explain = (error: unknown, file: string, advice: string): StoreError => {
	if (error instanceof StoreError) return error;
	if (damaged.includes(resultOf(error))) return damage(file, advice, {cause: error});
	const {code, message} = error as {code?: string; message: string};
	// What SQLite says is a text; its code is the same for all of them.
	const what = code === undefined || code === 'ERR_SQLITE_ERROR' ? message : `${code}: ${message}`;
	const text = `${file} cannot be used (${what}): check the rights and the room on the disk, or use another folder`;
	return new StoreError('UNREADABLE', text, {cause: error});
};
