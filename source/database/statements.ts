import type {DatabaseSync, StatementSync} from 'node:sqlite';

/** Prepares statements, by their names. */
export const prepareAll = <Name extends string>(
	database: DatabaseSync,
	statements: Readonly<Record<Name, string>>,
): Record<Name, StatementSync> =>
	Object.fromEntries(
		Object.entries<string>(statements).map(([name, sql]) => [name, database.prepare(sql)]),
	) as Record<Name, StatementSync>;

/** Runs something in a transaction; when it fails, nothing of it has happened. */
export const inTransaction = <T>(database: DatabaseSync, run: () => T): T => {
	database.exec('BEGIN IMMEDIATE');
	try {
		const result = run();
		database.exec('COMMIT');
		return result;
	} catch (error) {
		// Some errors have rolled it back already.
		if (database.isTransaction) database.exec('ROLLBACK');
		throw error;
	}
};

/**
 * The same for what is no loss if the power fails before the next transaction: the disk is not waited for. The database
 * stays whole.
 */
export const withoutFlush = <T>(database: DatabaseSync, run: () => T): T => {
	database.exec('PRAGMA synchronous = NORMAL');
	try {
		return inTransaction(database, run);
	} finally {
		database.exec('PRAGMA synchronous = FULL');
	}
};
