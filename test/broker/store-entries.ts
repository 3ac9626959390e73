import {mkdtemp, rm} from 'node:fs/promises';
import {tmpdir} from 'node:os';
import path from 'node:path';
import {onTestFinished} from 'vitest';
import type {Entry} from '../../source/broker/store/store.ts';

/** Where a store may be made, which is removed at the end of the test. */
export const newFolder = async (): Promise<string> => {
	const folder = await mkdtemp(path.join(tmpdir(), 'a-chat-store-'));
	onTestFinished(() => rm(folder, {recursive: true, force: true}));
	return path.join(folder, 'host');
};

let keys = 0;

/** A message of a plain peer with a key of its own, unless something else is said. */
export const entryOf = (change: Partial<Entry> = {}): Entry => {
	const key = `k${++keys}`;
	return {
		...{id: `id-${key}`, sender: 0, from: 'nc', to: ['alice'], isLong: false, isAction: false, text: 'hi'},
		...{
			key,
			recipients: [],
			isPartial: false,
			away: [],
			handed: [],
			rooms: [],
			conversation: undefined,
		},
		...change,
	};
};
