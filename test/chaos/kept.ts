import {existsSync} from 'node:fs';
import path from 'node:path';
import {DatabaseSync} from 'node:sqlite';

/** A message as it stands in the file of a host. */
export type KeptMessage = {
	readonly n: number;
	readonly id: string;
	readonly login: string;
	readonly to: readonly string[];
	readonly text: string;
	/** In whose mailboxes it is: what a plain person says finds no room in one that is full. */
	readonly owners: readonly string[];
};

/** A message as it stands in the file of a client, in the order in which it came. */
export type HeldRow = {
	readonly id: string;
	readonly n: number | null;
	readonly from: string;
	readonly text: string;
	readonly isOwn: boolean;
};

const read = (file: string, sql: string): Record<string, unknown>[] => {
	if (!existsSync(file)) return [];
	const database = new DatabaseSync(file, {readOnly: true, timeout: 5000});
	try {
		return database.prepare(sql).all();
	} finally {
		database.close();
	}
};

/** All that a host's store holds, read from the file itself, in the order of its numbers. */
export const keptAt = (folder: string): readonly KeptMessage[] => {
	const file = path.join(folder, 'messages.db');
	const owners = new Map<unknown, string[]>();
	for (const {n, login} of read(file, 'SELECT n, login FROM inbox JOIN accounts ON accounts.id = account')) {
		const all = owners.get(n) ?? [];
		all.push(String(login));
		owners.set(n, all);
	}
	return read(file, 'SELECT n, id, login, addressed, body FROM messages ORDER BY n').map(row => ({
		n: Number(row.n),
		id: String(row.id),
		login: String(row.login),
		to: String(row.addressed).split(','),
		text: String(row.body),
		owners: owners.get(row.n) ?? [],
	}));
};

/** All that a client holds. */
export const heldAt = (file: string): readonly HeldRow[] =>
	read(file, 'SELECT id, n, sender, body, own FROM messages ORDER BY at').map(row => ({
		id: String(row.id),
		n: row.n === null ? null : Number(row.n),
		from: String(row.sender),
		text: String(row.body),
		isOwn: row.own === 1,
	}));

/** Texts of own lines that a client still has to send. */
export const waitingAt = (file: string): readonly string[] =>
	read(file, 'SELECT body FROM outbox ORDER BY at').map(row => String(row.body));
