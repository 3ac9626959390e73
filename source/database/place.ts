import {chmodSync, closeSync, existsSync, openSync, readdirSync, statSync} from 'node:fs';
import path from 'node:path';
import {makeFolder} from './make-folder.ts';

/** What SQLite keeps beside a database. */
const besides = ['-wal', '-shm'];

/** What may lie in a folder that is for a store alone. */
const ours = /^((lock|messages|session)\.db|aside-)/;

/** Makes the folder and a file in it, for nobody else's eyes, also if they are there already. */
export const prepareFile = (folder: string, name: string): string => {
	makeFolder(folder);
	// Somebody may have named a folder that others need as well, such as /tmp.
	if (readdirSync(folder).every(entry => ours.test(entry))) chmodSync(folder, 0o700);
	const file = path.join(folder, name);
	if (!existsSync(file)) closeSync(openSync(file, 'a', 0o600));
	for (const one of [file, ...besides.map(ending => file + ending)])
		if (existsSync(one)) chmodSync(one, 0o600);
	return file;
};

/** The files of a database that are there. */
export const filesOf = (folder: string, name: string): string[] =>
	[name, ...besides.map(ending => name + ending)].filter(one => existsSync(path.join(folder, one)));

/** Which file it is that has a name now; undefined if none has. */
export const whichFile = (file: string): string | undefined => {
	const stats = statSync(file, {throwIfNoEntry: false});
	return stats && `${stats.dev}:${stats.ino}`;
};
