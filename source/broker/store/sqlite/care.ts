import {existsSync, mkdirSync, renameSync} from 'node:fs';
import path from 'node:path';
import {DatabaseSync} from 'node:sqlite';
import {copyInto} from '../../../database/copy.ts';
import {damage, explain} from '../../../database/faults.ts';
import {versionOf} from '../../../database/migrate.ts';
import {lockFolder, lockName, newer, openDatabase} from '../../../database/open.ts';
import {filesOf} from '../../../database/place.ts';
import {StoreError} from '../../../database/store-error.ts';
import {expectWhole} from '../../../database/whole.ts';
import {adviceOnDamage, fileName, storeKind} from './schema.ts';
import {Writer} from './writer.ts';

const adviceOnCheck = 'bring a copy back, or begin anew with --store-reset, which puts it aside';

/** What a store holds; sizes in bytes. */
export type Inventory = {
	readonly file: string;
	readonly messages: number;
	readonly oldest: number;
	readonly newest: number;
	/** Names that are bound to keys. */
	readonly names: number;
	readonly rooms: number;
	readonly bytes: number;
};

/** What can be done with a store beside hosting. It blocks; it runs in a worker. Each throws a `StoreError`. */
export const care = {
	/** Reads all of a store, also while a host uses it. `DAMAGED` says what was found. */
	check: (folder: string): Inventory =>
		reading(folder, database => {
			expectWhole(database, path.join(folder, fileName), storeKind.faults ?? {}, adviceOnCheck);
			return inventory(folder, database);
		}),

	/** Copies a store to a file, also while a host uses it. Where the copy is hosted it is a store of its own. */
	backup: (folder: string, file: string): Inventory => {
		if (existsSync(file)) throw new StoreError('UNREADABLE', `${file} is there already: name another file`);
		return reading(folder, database => {
			try {
				return copyInto(database, file, copy => {
					// It is at home nowhere yet, also if it is brought back into the file that it comes from.
					copy.exec("INSERT OR IGNORE INTO meta VALUES ('copied', 1); DELETE FROM meta WHERE key = 'home'");
					return inventory(folder, copy);
				});
			} catch (error) {
				throw explain(error, file, adviceOnDamage);
			}
		});
	},

	/** Puts a store aside, whatever it is; returns where to. */
	reset: (folder: string): string => {
		const names = filesOf(folder, fileName);
		if (names.length === 0) throw none(folder);
		const unlock = lockForReset(folder, names);
		const aside = path.join(folder, `aside-${new Date().toISOString().replaceAll(':', '-')}`);
		try {
			mkdirSync(aside, {mode: 0o700});
			for (const name of names) renameSync(path.join(folder, name), path.join(aside, name));
		} catch (error) {
			throw explain(error, folder, adviceOnDamage);
		} finally {
			unlock();
		}
		return aside;
	},

	/** Frees a name, by its folded login; false if nobody has it. */
	forget: (folder: string, key: string): boolean => {
		if (filesOf(folder, fileName).length === 0) throw none(folder);
		const lock = lockFolder(folder);
		try {
			const database = openDatabase(folder, storeKind);
			try {
				return new Writer(database).free(key);
			} finally {
				database.close();
			}
		} finally {
			lock.close();
		}
	},
};

const reading = <T>(folder: string, use: (database: DatabaseSync) => T): T => {
	const file = path.join(folder, fileName);
	if (!existsSync(file)) throw none(folder);
	let database: DatabaseSync | undefined;
	try {
		database = new DatabaseSync(file, {readOnly: true, timeout: 5000});
		const version = versionOf(database);
		if (version > storeKind.migrations.length) throw newer(file);
		if (version === 0) throw damage(file, adviceOnDamage);
		return use(database);
	} catch (error) {
		throw explain(error, file, adviceOnDamage);
	} finally {
		database?.close();
	}
};

/** A lock that is no database is nobody's, and goes aside as well. */
const lockForReset = (folder: string, names: string[]): (() => void) => {
	try {
		const lock = lockFolder(folder);
		return () => lock.close();
	} catch (error) {
		if ((error as StoreError).code !== 'DAMAGED') throw error;
		names.push(lockName);
		return () => {};
	}
};

const inventory = (folder: string, database: DatabaseSync): Inventory => {
	const count = (sql: string): number =>
		Number(database.prepare(`SELECT (${sql}) AS count`).get()?.count ?? 0);
	return {
		file: path.join(folder, fileName),
		messages: count('SELECT count(*) FROM messages'),
		oldest: count('SELECT min(n) FROM messages'),
		newest: count('SELECT max(n) FROM messages'),
		names: count('SELECT count(*) FROM accounts WHERE pub IS NOT NULL'),
		rooms: count('SELECT count(*) FROM rooms'),
		bytes: count('SELECT page_count * page_size FROM pragma_page_count, pragma_page_size'),
	};
};

const none = (folder: string): StoreError =>
	new StoreError(
		'GONE',
		`There is no store in ${folder}: name its folder with --store, or its address with --listen`,
	);
