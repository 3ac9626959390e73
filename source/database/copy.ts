import {closeSync, existsSync, fsyncSync, openSync, renameSync, rmSync} from 'node:fs';
import path from 'node:path';
import {DatabaseSync} from 'node:sqlite';

/**
 * Copies a database as it is in this moment, whoever writes to it meanwhile, to a file for nobody else's eyes. The file is
 * there when all of it is on the disk.
 *
 * @param finish changes the copy before it is there
 */
export const copyInto = (
	database: DatabaseSync,
	file: string,
	finish: (copy: DatabaseSync) => void = () => {},
): void => {
	const partial = `${file}.partial`;
	rmSync(partial, {force: true});
	closeSync(openSync(partial, 'wx', 0o600));
	try {
		database.prepare('VACUUM INTO ?').run(partial);
		const copy = new DatabaseSync(partial);
		try {
			finish(copy);
		} finally {
			copy.close();
		}
		flush(partial);
		renameSync(partial, file);
		flush(path.dirname(file));
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
