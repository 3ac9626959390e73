import type {DatabaseSync} from 'node:sqlite';
import {damage} from './faults.ts';

/**
 * Reads all of a database.
 *
 * @param faults what must not be found in it, and the query that counts that as `found`
 * @param advice what to do about one that is damaged
 * @throws {StoreError} `DAMAGED`, with what was found
 */
export const expectWhole = (
	database: DatabaseSync,
	file: string,
	faults: Readonly<Record<string, string>>,
	advice: string,
): void => {
	const whole = String(database.prepare('PRAGMA integrity_check(1)').get()?.integrity_check);
	if (whole !== 'ok') throw damage(file, advice, {what: whole});
	for (const [what, sql] of Object.entries(faults)) {
		const found = Number(database.prepare(sql).get()?.found);
		if (found > 0) throw damage(file, advice, {what: `${what}: ${found}`});
	}
};
