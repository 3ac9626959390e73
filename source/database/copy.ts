import {closeSync, existsSync, fsyncSync, openSync, renameSync, rmSync} from 'node:fs';
import path from 'node:path';
import {DatabaseSync} from 'node:sqlite';

/**
 * Copies a database as it is in this moment, whoever writes to it meanwhile, to a file for nobody else's eyes. The file is
 * there when all of it is on the disk.
 *
 * @param finish changes the copy, or looks into it, before it is there
 * @returns what `finish` returns
 */
export const copyInto = <T>(database: DatabaseSync, file: string, finish: (copy: DatabaseSync) => T): T => {
	const partial = `${file}.partial`;
	rmSync(partial, {force: true});
	closeSync(openSync(partial, 'wx', 0o600));
	try {
		database.prepare('VACUUM INTO ?').run(partial);
		const copy = new DatabaseSync(partial);
		let result: T;
		try {
			result = finish(copy);
		} finally {
			copy.close();
		}
		flush(partial);
		renameSync(partial, file);
		flush(path.dirname(file));
		return result;
	} finally {
		if (existsSync(partial)) rmSync(partial);
	}
};

const flush = (file: string): void => {
	const descriptor = openSync(file, 'r');
	try {
		fsyncSync(descriptor);
	} finally {
		closeSync(descriptor);
	}
};
