import {createHash} from 'node:crypto';
import type {Account} from '../store.ts';

/** Names hold no comma. */
export const parts = (joined: string): string[] => (joined === '' ? [] : joined.split(','));

/** A conversation as a number, so that an index of it is small; who may read is not decided by it. */
export const numberOf = (conversation: string): number =>
	createHash('sha256').update(conversation).digest().readUIntBE(0, 6);

export const toAccount = (row: Record<string, unknown>): Account => ({
	id: Number(row.id),
	login: String(row.login),
	key: String(row.key),
	pub: row.pub === null ? undefined : String(row.pub),
	identity: String(row.identity),
	since: Number(row.since),
	confirmed: Number(row.confirmed),
	confirmedAt: Number(row.confirmed_at),
	leftAt: Number(row.left_at),
});
