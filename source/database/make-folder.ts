import {mkdirSync, statSync} from 'node:fs';
import path from 'node:path';

/**
 * Makes a folder, and those that it lies in, for nobody else's eyes. Node's own `recursive` does not end where the system
 * says that a folder is not there which is, as it does in `/proc`.
 *
 * @throws {Error} of the system, if it cannot be made, or if something else has its name
 */
export const makeFolder = (folder: string): void => {
	const parent = path.dirname(folder);
	try {
		makeOne(folder);
	} catch (error) {
		const isMissing = (error as NodeJS.ErrnoException).code === 'ENOENT';
		if (!isMissing || statSync(parent, {throwIfNoEntry: false}) !== undefined) throw error;
		makeFolder(parent);
		makeOne(folder);
	}
};

/** Several programs may do so at once. */
const makeOne = (folder: string): void => {
	try {
		mkdirSync(folder, {mode: 0o700});
	} catch (error) {
		const isThere = statSync(folder, {throwIfNoEntry: false})?.isDirectory();
		if ((error as NodeJS.ErrnoException).code !== 'EEXIST' || !isThere) throw error;
	}
};
