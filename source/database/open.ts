import {chmodSync, closeSync, existsSync, mkdirSync, openSync} from 'node:fs';
import path from 'node:path';
import {DatabaseSync} from 'node:sqlite';
import {migrate, versionOf} from './migrate.ts';
import {StoreError} from './store-error.ts';

/** Memory for pages of a database, and how long it waits for another connection, in KiB and ms. */
const cacheKibibytes = 16_384;
const patienceMs = 5000;

/** Time between two looks whether a lock is free. */
const lockRetryMs = 100;

/** Makes the folder and a file in it, for nobody else's eyes; SQLite gives the same rights to the files beside it. */
const prepare = (folder: string, name: string): string => {
	mkdirSync(folder, {recursive: true, mode: 0o700});
	const file = path.join(folder, name);
	if (!existsSync(file)) closeSync(openSync(file, 'a', 0o600));
	chmodSync(file, 0o600);
	return file;
};

/**
 * Opens a database that is flushed at each commit, and brings it to the newest of its versions.
 *
 * @throws {StoreError} for one of a later version, one that is damaged, and a folder that cannot be used
 */
export const openDatabase = (folder: string, name: string, migrations: readonly string[]): DatabaseSync => {
	const file = path.join(folder, name);
	try {
		const database = new DatabaseSync(prepare(folder, name), {timeout: patienceMs});
		if (versionOf(database) > migrations.length) {
			database.close();
			throw new StoreError(
				'NEWER',
				`${file} was made by a newer a-chat-tui: update this one, or use another folder`,
			);
		}
		database.exec(`
			PRAGMA journal_mode = WAL;
			PRAGMA synchronous = FULL;
			PRAGMA cache_size = -${cacheKibibytes};
			PRAGMA temp_store = MEMORY;
		`);
		migrate(database, migrations, file);
		return database;
	} catch (error) {
		throw explain(error, file);
	}
};

/** Opens a database to read beside whoever writes; it may move what was committed to its place. */
export const openToRead = (folder: string, name: string): DatabaseSync => {
	const database = new DatabaseSync(path.join(folder, name), {timeout: patienceMs});
	database.exec(`PRAGMA query_only = ON; PRAGMA cache_size = -${cacheKibibytes};`);
	return database;
};

/**
 * Takes the lock of a folder, which the kernel frees whatever becomes of this process.
 *
 * @param onWait called once, if another process has it and this one waits; without it, it does not wait
 * @throws {StoreError} `LOCKED` if it does not wait
 */
export const lockFolder = (folder: string, onWait?: () => void): DatabaseSync => {
	const file = path.join(folder, 'lock.db');
	const database = new DatabaseSync(prepare(folder, 'lock.db'), {timeout: 0});
	for (let isWaiting = false; ; isWaiting = true) {
		try {
			database.exec('BEGIN EXCLUSIVE');
			return database;
		} catch (error) {
			if (resultOf(error) !== busy) throw explain(error, file);
			if (onWait === undefined) {
				database.close();
				throw new StoreError(
					'LOCKED',
					`Another a-chat-tui uses ${folder}: end it first, or use another folder`,
				);
			}
			if (!isWaiting) onWait();
			Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, lockRetryMs);
		}
	}
};

/** Results of SQLite. */
const busy = 5;
const damaged = [11, 26];
/** Those of the disk, not of one row: in use, not to be written to, unreadable, damaged, full, cannot be opened. */
const ofDisk = [busy, 8, 10, 13, 14, ...damaged];

/** The lower byte says what it is, the others tell more. */
const resultOf = (error: unknown): number => ((error as {errcode?: number}).errcode ?? 0) & 0xff;

/** Whether the disk is at fault, and not what was to be written. */
export const isOfDisk = (error: unknown): boolean => ofDisk.includes(resultOf(error));

const explain = (error: unknown, file: string): unknown => {
	if (error instanceof StoreError) return error;
	const {code, message} = error as {code?: string; message: string};
	if (damaged.includes(resultOf(error))) {
		const text = `${file} is damaged, or nothing of a-chat-tui: move it away to begin anew, or bring a copy of it back`;
		return new StoreError('DAMAGED', text, {cause: error});
	}
	const text = `${file} cannot be used (${code ?? 'error'}: ${message}): check the rights, or use another folder`;
	return new StoreError('UNREADABLE', text, {cause: error});
};
