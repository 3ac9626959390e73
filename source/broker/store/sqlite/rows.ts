import {createHash, hash} from 'node:crypto';
import {bodyOf} from '../body.ts';
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

/** What is kept to know by whether a key that comes again stands for the same. */
export const hashOf = (message: Parameters<typeof bodyOf>[0]): string =>
	hash('sha256', bodyOf(message), 'base64url');
