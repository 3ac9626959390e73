import {existsSync, statSync} from 'node:fs';
import path from 'node:path';
import {DatabaseSync} from 'node:sqlite';
import {busy, damage, explain, resultOf} from './faults.ts';
import {isBlank, migrate, trackFreePages, versionOf} from './migrate.ts';
import {prepareFile} from './place.ts';
import {StoreError} from './store-error.ts';
import {expectWhole} from './whole.ts';

/** Memory for pages of a database, and how long it waits for another connection, in KiB and ms. */
const usualCache = 16_384;
const patienceMs = 5000;

/** Time between two looks whether a lock is free. */
const lockRetryMs = 100;

const usualAdvice = 'move it away to begin anew, or bring a copy of it back';

/** What a database is made of, and what has to hold in it. */
export type DatabaseKind = {
	/** The file, in its folder. */
	readonly name: string;
	/** The steps to its newest version. The first makes a table `meta` of keys and values. */
	readonly migrations: readonly string[];
	/** What to do about one that is damaged. */
	readonly advice?: string;
	/** Memory for its pages, in KiB. Default 16,384. */
	readonly cacheKibibytes?: number;
	/** What must not be found in it, and the query that counts that as `found`. */
	readonly faults?: Readonly<Record<string, string>>;
};

/**
 * Opens a database that is flushed at each commit, and brings it to the newest of its versions. One that has come to this
 * place as a file, by a copy that was perhaps taken in the middle of a commit, is read as a whole first: nobody else finds
 * out later what it lacks.
 *
 * @param onCheck called before all of it is read, which may take seconds
 * @throws {StoreError} for one of a later version, one that is damaged, which stays as it is, and a folder that cannot be
 *   used
 */
export const openDatabase = (folder: string, kind: DatabaseKind, onCheck?: () => void): DatabaseSync => {
	const {name, migrations, advice = usualAdvice} = kind;
	const file = path.join(folder, name);
	let [examined, database]: (DatabaseSync | undefined)[] = [];
	try {
		prepareFile(folder, name);
		examined = examine(file, kind, onCheck);
		// As long as the other one is open, the log needs not be read anew.
		database = new DatabaseSync(file, {timeout: patienceMs});
		trackFreePages(database);
		database.exec(`
			PRAGMA journal_mode = WAL;
			PRAGMA synchronous = FULL;
			PRAGMA cache_size = -${kind.cacheKibibytes ?? usualCache};
			PRAGMA temp_store = MEMORY;
		`);
		migrate(database, migrations, file);
		settle(database, file);
		return database;
	} catch (error) {
		database?.close();
		throw explain(error, file, advice);
	} finally {
		examined?.close();
	}
};

/** Looks into a database without changing anything. */
const examine = (
	file: string,
	{migrations, advice = usualAdvice, faults = {}}: DatabaseKind,
	onCheck = () => {},
): DatabaseSync => {
	const log = statSync(`${file}-wal`, {throwIfNoEntry: false});
	// SQLite would delete the log.
	if (statSync(file).size === 0 && log !== undefined && log.size > 0) throw damage(file, advice);
	const database = new DatabaseSync(file, {readOnly: true, timeout: patienceMs});
	try {
		const version = versionOf(database);
		if (version > migrations.length) throw newer(file);
		if (version === 0 && !isBlank(database)) throw damage(file, advice);
		if (version === 0 || homeOf(database) === placeOf(file)) return database;
		onCheck();
		expectWhole(database, file, faults, advice);
		return database;
	} catch (error) {
		database.close();
		throw error;
	}
};

/** The file that a database was last written to in; undefined if that is not known. */
const homeOf = (database: DatabaseSync): unknown =>
	database.prepare("SELECT value FROM meta WHERE key = 'home'").get()?.value;

/** A number that another file, and so a copy, does not have as long as this one is there. */
const placeOf = (file: string): string => String(statSync(file, {bigint: true}).ino);

/** Notes in a database that it is at home here. */
const settle = (database: DatabaseSync, file: string): void => {
	const place = placeOf(file);
	if (homeOf(database) !== place)
		database.prepare("INSERT OR REPLACE INTO meta VALUES ('home', ?)").run(place);
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
	database.exec(`PRAGMA query_only = ON; PRAGMA cache_size = -${usualCache};`);
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
