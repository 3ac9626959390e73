import {copyFile, mkdir, readdir, readFile, rename, stat, writeFile} from 'node:fs/promises';
import path from 'node:path';
import {DatabaseSync} from 'node:sqlite';
import {describe, expect, it, onTestFinished} from 'vitest';
import {care} from '../../source/broker/store/sqlite/care.ts';
import {fileName} from '../../source/broker/store/sqlite/schema.ts';
import {WritingSide} from '../../source/broker/store/sqlite/writing-side.ts';
import {takeCare} from '../../source/broker/store-care.ts';
import {entryOf, newFolder} from './store-entries.ts';
import {SidesHere} from './store-here.ts';

const code = (run: () => unknown): unknown => {
	try {
		run();
	} catch (error) {
		return (error as {code?: unknown}).code;
	}
	return undefined;
};

/** A store in which something was said, and that nobody has open. */
const makeStore = async (): Promise<{folder: string; srv: string}> => {
	const folder = await newFolder();
	const sides = new SidesHere(folder);
	const {id} = sides.now<{id: number}>('open', 'alice', 'alice', 'pub');
	const room = sides.now<number>('makeRoom', '#dev', '#dev');
	sides.now('take', [entryOf({recipients: [id], rooms: [room]}), entryOf({recipients: [id]})], []);
	sides.close();
	return {folder, srv: sides.contents.srv};
};

it('tells what is in a store', async () => {
	const {folder} = await makeStore();
	const inventory = {messages: 2, oldest: 1, newest: 2, names: 1, rooms: 1};
	expect(care.check(folder)).toMatchObject(inventory);
	expect(await takeCare('check', folder)).toMatchObject({...inventory, file: path.join(folder, fileName)});
	await expect(takeCare('check', `${folder}-none`)).rejects.toMatchObject({code: 'GONE'});
});

it.each([
	['DELETE FROM messages WHERE n = 1', 'DAMAGED'],
	["UPDATE meta SET value = 1 WHERE key = 'newest'", 'DAMAGED'],
	['INSERT INTO members VALUES (9, 9)', 'DAMAGED'],
	["DELETE FROM inbox; INSERT INTO keys VALUES ('id', 9, 'hash')", 'DAMAGED'],
	['DROP TABLE inbox', 'UNREADABLE'],
	['PRAGMA user_version = 0', 'DAMAGED'],
	['PRAGMA user_version = 99', 'NEWER'],
])('finds what %s has done', async (sql, expected) => {
	const {folder} = await makeStore();
	const database = new DatabaseSync(path.join(folder, fileName));
	database.exec(sql);
	database.close();
	expect(code(() => care.check(folder))).toBe(expected);
});

it('copies a store, of which another one comes', async () => {
	const {folder, srv} = await makeStore();
	const sides = new SidesHere(folder);
	const file = path.join(folder, 'aside-copy');
	expect(care.backup(folder, file)).toMatchObject({messages: 2});
	expect(code(() => care.backup(folder, file))).toBe('UNREADABLE');
	expect(code(() => care.backup(folder, path.join(folder, 'none', 'copy')))).toBe('UNREADABLE');
	sides.close();
	const other = await newFolder();
	await mkdir(other);
	await rename(file, path.join(other, fileName));
	const first = new SidesHere(other);
	first.close();
	const second = new SidesHere(other);
	onTestFinished(() => second.close());
	expect(second.contents).toMatchObject({srv: first.contents.srv, newest: 2});
	expect(first.contents.srv).not.toBe(srv);
});

it('puts a store aside that nobody has open, whatever it is', async () => {
	const {folder} = await makeStore();
	const sides = new SidesHere(folder);
	expect(code(() => care.reset(folder))).toBe('LOCKED');
	expect(code(() => care.forget(folder, 'alice'))).toBe('LOCKED');
	sides.close();
	expect(care.check(care.reset(folder))).toMatchObject({messages: 2});
	expect(code(() => care.reset(folder))).toBe('GONE');
	for (const name of [fileName, 'lock.db'])
		await writeFile(path.join(folder, name), 'a letter\n'.repeat(1000));
	expect((await readdir(care.reset(folder))).toSorted()).toEqual(['lock.db', fileName]);
});

it('frees a name', async () => {
	const {folder} = await makeStore();
	expect(care.forget(folder, 'bob')).toBe(false);
	expect(care.forget(folder, 'alice')).toBe(true);
	expect(care.check(folder)).toMatchObject({messages: 2, names: 0});
	expect(code(() => care.forget(`${folder}-none`, 'alice'))).toBe('GONE');
	await expect(stat(`${folder}-none`)).rejects.toThrow('ENOENT');
});

describe('a store that came to its folder as a file', () => {
	/** Copies a store as `cp` does, and perhaps changes the copy. */
	const copyOf = async (folder: string, change = ''): Promise<string> => {
		const copy = await newFolder();
		await mkdir(copy);
		await copyFile(path.join(folder, fileName), path.join(copy, fileName));
		const database = new DatabaseSync(path.join(copy, fileName));
		database.exec(change);
		database.close();
		return copy;
	};

	it('is read as a whole once', async () => {
		const {folder} = await makeStore();
		const copy = await copyOf(folder);
		for (const checks of [1, 0]) {
			let found = 0;
			const side = new WritingSide(copy, {onCheck: () => found++});
			expect(side.methods.contents().result.newest).toBe(2);
			side.methods.close();
			expect(found).toBe(checks);
		}
		await rename(copy, `${copy}-moved`);
		const side = new WritingSide(`${copy}-moved`, {onCheck: () => expect.fail('it is the same file')});
		side.methods.contents();
		side.methods.close();
	});

	it.each([
		["UPDATE meta SET value = 1 WHERE key = 'newest'", 'messages above the newest number: 1'],
		['DELETE FROM messages WHERE n = 1', 'places in mailboxes without a message: 1'],
	])('is refused and left as it is after %s', async (change, what) => {
		const copy = await copyOf((await makeStore()).folder, change);
		const before = await readFile(path.join(copy, fileName));
		const side = new WritingSide(copy);
		expect(() => side.methods.contents()).toThrow(what);
		side.methods.close();
		expect(before.equals(await readFile(path.join(copy, fileName)))).toBe(true);
	});

	it('is refused if it lacks its tables, and its log is left alone', async () => {
		const {folder} = await makeStore();
		const sides = new SidesHere(folder);
		sides.now('take', [entryOf()], []);
		const copy = await newFolder();
		await mkdir(copy);
		const log = `${fileName}-wal`;
		await copyFile(path.join(folder, log), path.join(copy, log));
		sides.close();
		await writeFile(path.join(copy, fileName), '');
		const side = new WritingSide(copy);
		expect(() => side.methods.contents()).toThrow('damaged');
		side.methods.close();
		expect((await stat(path.join(copy, log))).size).toBeGreaterThan(0);
	});

	it('is read as a whole if a copy is written over the file that it was taken of', async () => {
		const {folder} = await makeStore();
		const file = path.join(folder, 'aside-copy');
		care.backup(folder, file);
		await writeFile(path.join(folder, fileName), await readFile(file));
		let checks = 0;
		const side = new WritingSide(folder, {onCheck: () => checks++});
		side.methods.contents();
		side.methods.close();
		expect(checks).toBe(1);
	});
});
