import {existsSync} from 'node:fs';
import path from 'node:path';
import {DatabaseSync} from 'node:sqlite';
import {busy, damage, explain, resultOf} from './faults.ts';
import {isBlank, migrate, trackFreePages, versionOf} from './migrate.ts';
import {prepareFile} from './place.ts';
import {StoreError} from './store-error.ts';

/** Memory for pages of a database, and how long it waits for another connection, in KiB and ms. */
const cacheKibibytes = 16_384;
const patienceMs = 5000;

/** Time between two looks whether a lock is free. */
const lockRetryMs = 100;

const usualAdvice = 'move it away to begin anew, or bring a copy of it back';

/**
 * Opens a database that is flushed at each commit, and brings it to the newest of its versions.
 *
 * @param advice what to do about one that is damaged
 * @throws {StoreError} for one of a later version, one that is damaged, and a folder that cannot be used
 */
export const openDatabase = (
	folder: string,
	name: string,
	migrations: readonly string[],
	advice = usualAdvice,
): DatabaseSync => {
	const file = path.join(folder, name);
	let database: DatabaseSync | undefined;
	try {
		database = new DatabaseSync(prepareFile(folder, name), {timeout: patienceMs});
		const version = versionOf(database);
		if (version > migrations.length) throw newer(file);
		if (version === 0 && !isBlank(database)) throw damage(file, advice);
		trackFreePages(database);
		database.exec(`
			PRAGMA journal_mode = WAL;
			PRAGMA synchronous = FULL;
			PRAGMA cache_size = -${cacheKibibytes};
			PRAGMA temp_store = MEMORY;
		`);
		migrate(database, migrations, file);
		return database;
	} catch (error) {
		database?.close();
		throw explain(error, file, advice);
	}
};

/** A file that a later version of the program has made. */
export const newer = (file: string): StoreError =>
	new StoreError('NEWER', `${file} was made by a newer a-chat-tui: update this one, or use another folder`);

/**
 * Opens a database to read beside whoever writes; it may move what was committed to its place.
 *
 * @throws {StoreError} `GONE` if there is none
 */
export const openToRead = (folder: string, name: string): DatabaseSync => {
	const file = path.join(folder, name);
	// SQLite would make one.
	if (!existsSync(file)) throw gone(file);
	const database = new DatabaseSync(file, {timeout: patienceMs});
	database.exec(`PRAGMA query_only = ON; PRAGMA cache_size = -${cacheKibibytes};`);
	return database;
};

/** A file has vanished while it was in use. */
export const gone = (file: string): StoreError =>
	new StoreError('GONE', `${file} is not there any more: bring it back, or end this host and begin anew`);

/**
 * Takes the lock of a folder, which the kernel frees whatever becomes of this process.
 *
 * @param onWait called once, if another process has it and this one waits; without it, it does not wait
 * @throws {StoreError} `LOCKED` if it does not wait
 */
export const lockFolder = (folder: string, onWait?: () => void): DatabaseSync => {
	const file = path.join(folder, lockName);
	let database: DatabaseSync | undefined;
	try {
		database = new DatabaseSync(prepareFile(folder, lockName), {timeout: 0});
		for (let isWaiting = false; !tryLock(database); isWaiting = true) {
			if (onWait === undefined) throw locked(folder);
			if (!isWaiting) onWait();
			Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, lockRetryMs);
		}
		return database;
	} catch (error) {
		database?.close();
		throw explain(error, file, usualAdvice);
	}
};

/** The file that is locked, in each folder. */
export const lockName = 'lock.db';

const tryLock = (database: DatabaseSync): boolean => {
	try {
		database.exec('BEGIN EXCLUSIVE');
		return true;
	} catch (error) {
		if (resultOf(error) !== busy) throw error;
		return false;
	}
};

const locked = (folder: string): StoreError =>
	new StoreError('LOCKED', `Another a-chat-tui uses ${folder}: end it first, or use another folder`);
