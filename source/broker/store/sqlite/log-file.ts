import type {DatabaseSync} from 'node:sqlite';

/**
 * Moves what was committed from the log beside a database into it, and empties the log.
 *
 * @returns false if somebody reads what is in it, which is not waited for
 */
export const emptyLog = (database: DatabaseSync): boolean => {
	const {timeout} = database.prepare('PRAGMA busy_timeout').get() ?? {};
	database.exec('PRAGMA busy_timeout = 0');
	try {
		return database.prepare('PRAGMA wal_checkpoint(TRUNCATE)').get()?.busy === 0;
	} finally {
		database.exec(`PRAGMA busy_timeout = ${timeout}`);
	}
};
