import type {DatabaseSync} from 'node:sqlite';
import {copyInto} from './copy.ts';
import {inTransaction} from './statements.ts';

/** The version that a database has: how many migrations it went through. 0 for a new one. */
export const versionOf = (database: DatabaseSync): number =>
	Number(database.prepare('PRAGMA user_version').get()?.user_version ?? 0);

/** Whether nothing is in it at all. */
export const isBlank = (database: DatabaseSync): boolean =>
	database.prepare('SELECT 1 FROM sqlite_schema').get() === undefined;

/** Brings a database to the last of its versions, all or nothing; a copy of the earlier one stays beside it. */
export const migrate = (database: DatabaseSync, migrations: readonly string[], file: string): void => {
	const from = versionOf(database);
	if (from >= migrations.length) return;
	if (from > 0) copyInto(database, `${file}.version-${from}`, () => {});
	inTransaction(database, () => {
		for (const step of migrations.slice(from)) database.exec(step);
		database.exec(`PRAGMA user_version = ${migrations.length}`);
	});
};

/** Has the database keep track of which pages are free, so that they can be given back bit by bit. */
export const trackFreePages = (database: DatabaseSync): void => {
	const incremental = 2;
	if (database.prepare('PRAGMA auto_vacuum').get()?.auto_vacuum === incremental) return;
	database.exec(`PRAGMA auto_vacuum = ${incremental}`);
	// One that was made without has to be written anew once.
	if (!isBlank(database)) database.exec('VACUUM');
};
