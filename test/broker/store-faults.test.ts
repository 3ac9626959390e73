import {chmod, copyFile, mkdir, rename, rm, stat, unlink, writeFile} from 'node:fs/promises';
import path from 'node:path';
import {DatabaseSync} from 'node:sqlite';
import {Worker} from 'node:worker_threads';
import {describe, expect, it, onTestFinished} from 'vitest';
import {keepingOf} from '../../source/broker/store/keeping.ts';
import {fileName, storeKind} from '../../source/broker/store/sqlite/schema.ts';
import {openSqliteStore} from '../../source/broker/store/sqlite/sqlite-store.ts';
import type {Outcome, Page, Store} from '../../source/broker/store/store.ts';
import {openDatabase} from '../../source/database/open.ts';
import {entryOf, newFolder} from './store-entries.ts';
import {SidesHere} from './store-here.ts';

const openHere = (folder: string): SidesHere => {
	const sides = new SidesHere(folder);
	onTestFinished(() => sides.close());
	return sides;
};

const take = (sides: SidesHere, ...changes: Parameters<typeof entryOf>[0][]): Outcome[] =>
	sides.now('take', changes.map(entryOf), []);

const code = (run: () => unknown): string | undefined => {
	try {
		run();
	} catch (error) {
		return (error as {code?: string}).code;
	}
	return undefined;
};

describe('a store whose file', () => {
	it('is gone takes nothing, and nothing comes in its place, until it is back', async () => {
		const folder = await newFolder();
		const sides = openHere(folder);
		const file = path.join(folder, fileName);
		const alice = sides.now<{id: number}>('open', 'alice', 'alice', 'pub').id;
		take(sides, {recipients: [alice]});
		await rename(folder, `${folder}-away`);
		for (let i = 0; i < 3; i++) expect(code(() => take(sides, {recipients: [alice]}))).toBe('GONE');
		await expect(stat(file)).rejects.toThrow('ENOENT');
		await rename(`${folder}-away`, folder);
		sides.reading.methods.close();
		expect(take(sides, {recipients: [alice]})).toMatchObject([{ok: true, n: 3}]);
		const {messages} = await sides.read<Page>('replay', alice, [], 0, 10);
		// What was refused first may have been read by somebody, so its number is not used again.
		expect(messages.map(({n}) => n)).toEqual([1, 3]);
	});

	it('is another one, or an earlier one, is given up', async () => {
		const folder = await newFolder();
		const file = path.join(folder, fileName);
		const earlier = path.join(folder, 'aside-earlier');
		for (const other of ['earlier', 'new']) {
			await rm(folder, {recursive: true, force: true});
			const sides = new SidesHere(folder);
			take(sides, {});
			sides.now('emptyLog');
			await copyFile(file, earlier);
			take(sides, {});
			await unlink(file);
			expect(code(() => take(sides, {}))).toBe('GONE');
			if (other === 'earlier') await copyFile(earlier, file);
			else await writeFile(file, '');
			await rm(`${file}-wal`, {force: true});
			expect(code(() => take(sides, {}))).toBe('REPLACED');
			expect(code(() => take(sides, {}))).toBe('REPLACED');
		}
	});

	it('lost its log has what was taken', async () => {
		const folder = await newFolder();
		const sides = openHere(folder);
		const alice = sides.now<{id: number}>('open', 'alice', 'alice', 'pub').id;
		take(sides, {recipients: [alice], text: 'kept'});
		await unlink(path.join(folder, `${fileName}-wal`));
		expect(code(() => take(sides, {recipients: [alice]}))).toBe('GONE');
		expect(take(sides, {recipients: [alice]})).toMatchObject([{ok: true}]);
		const {messages} = await sides.read<Page>('replay', alice, [], 0, 10);
		expect(messages.map(({text}) => text)).toEqual(['kept', 'hi']);
	});
});

it('what was committed and nobody was told of is taken back', async () => {
	const folder = await newFolder();
	const sides = openHere(folder);
	const one = entryOf();
	sides.now('take', [one], []);
	// As if the answer had got lost on its way.
	const other = new DatabaseSync(path.join(folder, fileName));
	other.exec("UPDATE messages SET id = 'two', n = 2 WHERE n = 1; UPDATE keys SET id = 'two', n = 2");
	other.exec("UPDATE meta SET value = 2 WHERE key = 'newest'");
	other.close();
	expect(() => take(sides, {text: undefined as never})).toThrow();
	// Whoever reads meanwhile has to let go first.
	expect(code(() => sides.writing.methods.take([], []))).toBe('CLOSED');
	const retried = {...entryOf(), id: 'two'};
	expect(sides.now('take', [retried], [])).toMatchObject([{ok: true, n: 3, known: undefined}]);
});

describe('a store with workers', () => {
	const open = async (folder: string): Promise<{store: Store; log: string[]}> => {
		const store = await openSqliteStore(folder, keepingOf({}));
		onTestFinished(() => store.close());
		const log: string[] = [];
		store.listen({log: (_, entry) => log.push(entry), free: () => true});
		return {store, log};
	};

	it('starts one anew that has died, and has all that it took', async () => {
		const folder = await newFolder();
		const workers: Worker[] = [];
		const {postMessage} = Worker.prototype;
		Worker.prototype.postMessage = function (...args: Parameters<typeof postMessage>) {
			if (!workers.includes(this)) workers.push(this);
			postMessage.apply(this, args);
		};
		onTestFinished(() => {
			Worker.prototype.postMessage = postMessage;
		});
		const {store, log} = await open(folder);
		const alice = await store.open('alice', 'alice', 'pub');
		const one = entryOf({recipients: [alice.id]});
		await store.take([one]);
		await store.replay(alice.id, [], 0, 10);
		expect(workers).toHaveLength(2);
		for (const worker of workers) await worker.terminate();
		await expect(store.take([entryOf()])).rejects.toMatchObject({code: 'CLOSED'});
		const retry = async () => {
			const [outcome] = await store.take([one]).catch(() => []);
			return outcome;
		};
		await expect.poll(retry).toMatchObject({ok: true, n: 1});
		expect(await store.take([entryOf({recipients: [alice.id]})])).toMatchObject([{ok: true, n: 2}]);
		const {messages} = await store.replay(alice.id, [], 0, 10);
		expect(messages.map(({n}) => n)).toEqual([1, 2]);
		expect([...new Set(log)]).toEqual(['STORE_RESTARTED', 'STORE_FAILED', 'STORE_WORKS']);
	});

	it('refuses a member that it cannot write down, and does not do so later', async () => {
		const folder = await newFolder();
		const {store} = await open(folder);
		const alice = await store.open('alice', 'alice', 'pub');
		const room = await store.makeRoom('#dev', '#dev');
		await rename(folder, `${folder}-away`);
		await expect(store.setMember(room, alice.id, true)).rejects.toThrow();
		await rename(`${folder}-away`, folder);
		await store.take([entryOf()]);
		await store.close();
		await expect(store.setMember(room, alice.id, true)).rejects.toThrow('closed');
		expect(openHere(folder).contents.rooms).toMatchObject([{name: '#dev', members: []}]);
	});

	it('keeps its log of commits small under load', async () => {
		const folder = await newFolder();
		const {store} = await open(folder);
		const alice = await store.open('alice', 'alice', 'pub');
		const text = 'teapot '.repeat(580);
		let [most, all] = [0, 0];
		for (let i = 0; i < 24; i++) {
			const entries = Array.from({length: 512}, () => entryOf({recipients: [alice.id], text}));
			const reading = store.replay(alice.id, [], 512 * i, 200);
			await store.take(entries);
			await reading;
			const {size} = await stat(path.join(folder, `${fileName}-wal`));
			most = Math.max(most, size);
			all += 512 * text.length;
		}
		// Else it would hold all of that, and the index.
		expect(all).toBeGreaterThan(48_000_000);
		expect(most).toBeLessThan(32_000_000);
	});
});

describe('a folder', () => {
	const rights = async (file: string) => ((await stat(file)).mode & 0o777).toString(8);

	it('that was open to others, with its files, is closed', async () => {
		const folder = await newFolder();
		const sides = new SidesHere(folder);
		const names = [fileName, `${fileName}-wal`, `${fileName}-shm`, 'lock.db'];
		for (const name of names) await chmod(path.join(folder, name), 0o666);
		await chmod(folder, 0o755);
		// Not closed: so its log is still there.
		sides.now('take', [entryOf()], []);
		openDatabase(folder, storeKind).close();
		expect(await rights(folder)).toBe('700');
		for (const name of names.slice(0, 3)) expect(await rights(path.join(folder, name))).toBe('600');
		sides.close();
	});

	it('that holds other things stays open to others, its files do not', async () => {
		const folder = await newFolder();
		await mkdir(folder);
		await chmod(folder, 0o755);
		await writeFile(path.join(folder, 'letters'), '');
		openHere(folder);
		expect(await rights(folder)).toBe('755');
		expect(await rights(path.join(folder, fileName))).toBe('600');
	});
});

describe('a file that is no store', () => {
	it('is left as it is, also one of another program', async () => {
		const folder = await newFolder();
		await mkdir(folder);
		const other = new DatabaseSync(path.join(folder, fileName));
		other.exec('CREATE TABLE letters (body TEXT)');
		other.close();
		expect(() => new SidesHere(folder)).toThrow(
			/messages\.db is damaged, or nothing of a-chat-tui: .*--check/,
		);
		const again = new DatabaseSync(path.join(folder, fileName));
		expect(again.prepare('SELECT name FROM sqlite_schema').all()).toEqual([{name: 'letters'}]);
		again.close();
	});

	it('is brought to the newest version with a copy of the earlier one beside it', async () => {
		const folder = await newFolder();
		await mkdir(folder);
		const file = path.join(folder, fileName);
		const old = new DatabaseSync(file);
		old.exec(storeKind.migrations[0] ?? '');
		old.exec(`PRAGMA user_version = 1; INSERT INTO meta VALUES ('srv', 'one');
			INSERT INTO messages VALUES (1, 'id', 1, 1, 'alice', 'alice', 0, 'a teapot', '', NULL);
			INSERT INTO accounts VALUES (1, 'alice', 'alice', 'pub', 'pub', 0, 0, 0, 0, 1);
			INSERT INTO inbox VALUES (1, 1, 1, 0); UPDATE meta SET value = 1 WHERE key = 'newest';`);
		old.close();
		const sides = openHere(folder);
		expect(sides.contents).toMatchObject({srv: 'one', newest: 1});
		while (sides.now('index', 1)) {}
		const {messages} = await sides.read<Page>('search', 1, 0, [], 'teapot');
		expect(messages.map(({n}) => n)).toEqual([1]);
		const copy = new DatabaseSync(`${file}.version-1`);
		expect(copy.prepare('PRAGMA user_version').get()).toEqual({user_version: 1});
		copy.close();
		expect(((await stat(`${file}.version-1`)).mode & 0o777).toString(8)).toBe('600');
	});
});
