import {execFile} from 'node:child_process';
import {createHash} from 'node:crypto';
import {existsSync} from 'node:fs';
import {mkdir, mkdtemp, readdir, readFile, rm} from 'node:fs/promises';
import {tmpdir} from 'node:os';
import path from 'node:path';
import {promisify} from 'node:util';
import {type RunningServer, startServer} from '../server.ts';
import type {StoreKind} from './kinds.ts';

/** Where stores are made unless somebody says otherwise. */
export const defaultStores = path.join(tmpdir(), 'a-chat-tui-bench');

const run = promisify(execFile);
const maker = path.join(import.meta.dirname, 'make.ts');
const root = path.resolve(import.meta.dirname, '../..');

/** What a store that takes long to make depends on. */
const sources = ['bench/stores/make.ts', 'bench/stores/content.ts', 'source/broker/store/sqlite/schema.ts'];

/** A server that runs, and a folder of its own beside its store for whoever measures it. */
export type Staged = RunningServer & {readonly folder: string};

export type Stage = {
	/** What the store holds; left out, nothing. */
	readonly kind: StoreKind | undefined;
	/** The folder in which stores are made. */
	readonly stores: string;
	readonly environment?: NodeJS.ProcessEnv;
};

/**
 * Starts `command`, in which `{store}` stands for the folder of a store, and calls `use` with it. What it kept is gone
 * afterwards; the store with a history stays for the next time.
 */
export async function onStage<T>(
	command: string,
	{kind, stores, environment}: Stage,
	use: (server: Staged) => Promise<T>,
): Promise<T> {
	await mkdir(stores, {recursive: true});
	const scratch = await mkdtemp(path.join(stores, 'run-'));
	try {
		const folder = path.join(scratch, 'own');
		const store = command.includes('{store}') ? await prepare(kind, stores, scratch) : '';
		const server = await startServer(command.replaceAll('{store}', store), environment);
		try {
			return await use({...server, folder});
		} finally {
			await server.stop();
		}
	} finally {
		await rm(scratch, {recursive: true, force: true});
	}
}

async function prepare(kind: StoreKind | undefined, stores: string, scratch: string): Promise<string> {
	if (kind === 'history') return prepareHistory(stores);
	const store = path.join(scratch, 'store');
	if (kind === undefined) await mkdir(store);
	else await make(kind, store);
	return store;
}

async function prepareHistory(stores: string): Promise<string> {
	const hash = createHash('sha256');
	for (const file of sources) hash.update(await readFile(path.join(root, file)));
	const name = `history-${hash.digest('hex').slice(0, 12)}`;
	const store = path.join(stores, name);
	if (existsSync(store)) return store;
	// One of them takes 300 MB: what nobody will ask for again goes.
	for (const other of await readdir(stores))
		if (other.startsWith('history-')) await rm(path.join(stores, other), {recursive: true, force: true});
	await make('history', store);
	return store;
}

async function make(kind: StoreKind, store: string): Promise<void> {
	await run(process.execPath, [maker, '--kind', kind, '--store', store]);
}
