import type {DatabaseSync} from 'node:sqlite';
import {inTransaction} from './statements.ts';

/** The version that a database has: how many migrations it went through. 0 for a new one. */
export const versionOf = (database: DatabaseSync): number =>
	Number(database.prepare('PRAGMA user_version').get()?.user_version ?? 0);

/** Brings a database to the last of its versions, all or nothing; a copy of the earlier one stays beside it. */
export const migrate = (database: DatabaseSync, migrations: readonly string[], file: string): void => {
	const from = versionOf(database);
	if (from >= migrations.length) return;
	if (from > 0) database.prepare('VACUUM INTO ?').run(`${file}.version-${from}`);
	inTransaction(database, () => {
		for (const step of migrations.slice(from)) database.exec(step);
		database.exec(`PRAGMA user_version = ${migrations.length}`);
	});
};
