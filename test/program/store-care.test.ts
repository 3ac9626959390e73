import {spawnSync} from 'node:child_process';
import {existsSync} from 'node:fs';
import {mkdir, readdir, readFile, rename, stat, truncate, writeFile} from 'node:fs/promises';
import path from 'node:path';
import {DatabaseSync} from 'node:sqlite';
import {describe, expect, test} from 'vitest';
import {programCommand} from '../support/dist.ts';
import {temporaryFolder} from '../support/environment.ts';
import {expectFailure} from '../support/expectations.ts';
import {ExtendedPeer, TestKey} from '../support/extended-peer.ts';
import {type ProgramOptions, type ProgramResult, runProgram, startHost} from '../support/program.ts';

const at = (port: number) => ({host: '127.0.0.1', port});
const canTrace = spawnSync('strace', ['-qq', '-o', '/dev/null', 'true']).status === 0;
const newStore = () => path.join(temporaryFolder('test'), 'store');

/** Runs the program; what it says when something takes long is not wanted here. */
const runCare = async (args: readonly string[], options?: ProgramOptions): Promise<ProgramResult> => {
	const result = await runProgram(args, options);
	return {...result, stderr: result.stderr.replace(/^(Checking|Copying|Freeing) .* …\n/, '')};
};

/** A host with a store in which bob, who has a key, has not read what alice wrote. */
const startWithMail = async (store: string, count: number) => {
	const host = await startHost([`--store=${store}`]);
	const key = new TestKey();
	const bob = await ExtendedPeer.join(at(host.port), 'bob', {key});
	await bob.peer.leave();
	const alice = await ExtendedPeer.join(at(host.port), 'alice');
	for (let i = 1; i <= count; i++) await alice.send(`k${i}`, ['bob'], `${i}`);
	return {...host, alice, bob, key, srv: alice.welcome?.srv};
};

const stop = async ({program}: Awaited<ReturnType<typeof startHost>>) => {
	program.kill();
	expect(await program.waitForExit()).toMatchObject({code: 0});
};

/** What waits for bob, and the store that it is in. */
const readMail = async (port: number, key: TestKey) => {
	const bob = await ExtendedPeer.hello(at(port), 'bob', {pub: key.pub});
	const {nonce, srv} = await bob.expect('challenge');
	bob.say({type: 'auth', sig: key.sign(srv, nonce, 'bob')});
	const lines = await bob.until('live');
	return {srv, texts: lines.flatMap(line => (line.type === 'msg' ? [line.text] : []))};
};

describe('--check', () => {
	test('says what is there, with a host and without one', async () => {
		const store = newStore();
		const host = await startWithMail(store, 3);
		const whole =
			/messages\.db is whole: 3 messages \(1 to 3\), 1 name bound to a key, 0 rooms, \d\.\d MB\n$/;
		for (const isHosted of [true, false]) {
			if (!isHosted) await stop(host);
			const {code, stdout, stderr} = await runCare(['--check', `--store=${store}`]);
			expect({code, stderr}).toEqual({code: 0, stderr: ''});
			expect(stdout).toMatch(whole);
		}
	});

	test('names what is damaged, as a host does that then does not start', async () => {
		const store = newStore();
		await stop(await startWithMail(store, 3));
		const file = path.join(store, 'messages.db');
		const database = new DatabaseSync(file);
		database.exec('DELETE FROM messages WHERE n = 2');
		database.close();
		const args = ['--check', `--store=${store}`];
		expectFailure(await runCare(args), {
			code: 1,
			says: /messages\.db is damaged \(places in mailboxes without a message: 2\): .*--store-reset/,
		});
		const {size} = await stat(file);
		await truncate(file, size - 8192);
		expectFailure(await runCare(args), {code: 1, says: /messages\.db is damaged.*--store-reset/});
		await writeFile(file, 'a letter\n'.repeat(1000));
		const host = ['--host', '--headless', '--listen=0', `--store=${store}`];
		for (const command of [args, host])
			expectFailure(await runCare(command), {
				code: 1,
				says: /messages\.db is damaged, or nothing.*--check.*--store-reset/,
			});
		expect(await readFile(file, 'utf8')).toMatch(/^a letter\n/);
	});

	test('finds the store by the address, and says where there is none', async () => {
		const home = temporaryFolder('test');
		const {code, stdout, stderr} = await runCare(['--check', '--listen=127.0.0.1:7'], {home});
		expect({code, stdout}).toEqual({code: 1, stdout: ''});
		expect(stderr).toContain(`There is no store in ${path.join(home, 'data', 'hosts', '127.0.0.1-7')}`);
		expect(existsSync(path.join(home, 'data'))).toBe(false);
	});
});

describe('--backup', () => {
	test('copies while the host runs; where the copy is hosted it is a store of its own', async () => {
		const store = newStore();
		const host = await startWithMail(store, 100);
		const file = path.join(temporaryFolder('test'), 'copy.db');
		const sending = (async () => {
			for (let i = 101; i <= 160; i++) await host.alice.send(`k${i}`, ['bob'], `${i}`);
		})();
		const result = await runCare(['--backup', file, `--store=${store}`]);
		await sending;
		expect(result).toMatchObject({code: 0, stderr: ''});
		expect((await stat(file)).mode & 0o777).toBe(0o600);
		const count = Number(/a copy: (\d+) messages \(1 to \1\)/.exec(result.stdout)?.[1]);
		expect(count).toBeGreaterThanOrEqual(100);
		expectFailure(await runCare(['--backup', file, `--store=${store}`]), {
			code: 1,
			says: /is there already/,
		});
		await stop(host);

		// As the program says how it is brought back.
		expect(await runCare(['--store-reset', `--store=${store}`])).toMatchObject({code: 0});
		const place = /move the copy to (\S+)\n$/.exec(result.stdout)?.[1] ?? '';
		await rename(file, place);
		const again = await startHost([`--store=${store}`]);
		const {srv, texts} = await readMail(again.port, host.key);
		expect(srv).not.toBe(host.srv);
		expect(texts).toEqual(Array.from({length: count}, (_, at) => `${at + 1}`));
		await stop(again);
		const third = await startHost([`--store=${store}`]);
		expect((await readMail(third.port, host.key)).srv).toBe(srv);
	});

	test.skipIf(!canTrace)('says what it does when that takes long (skipped without strace)', async () => {
		const store = newStore();
		await stop(await startWithMail(store, 1));
		const file = path.join(temporaryFolder('test'), 'copy.db');
		const delay = ['-e', 'trace=fsync', '-e', 'inject=fsync:delay_enter=1500000:when=1'];
		const args = programCommand(['--backup', file, `--store=${store}`]);
		const command = ['strace', '-f', '-qq', '-o', '/dev/null', ...delay, ...args] as [string, ...string[]];
		const {code, stderr} = await runProgram([], {command});
		expect({code, stderr}).toEqual({code: 0, stderr: `Copying the store in ${store} …\n`});
	});

	test('leaves nothing behind where it cannot write', async () => {
		const store = newStore();
		await stop(await startWithMail(store, 1));
		const folder = temporaryFolder('test');
		const file = path.join(folder, 'none', 'copy.db');
		expectFailure(await runCare(['--backup', file, `--store=${store}`]), {
			code: 1,
			says: /copy\.db.*ENOENT/,
		});
		expect(await readdir(folder)).toEqual([]);
	});
});

describe('--store-reset', () => {
	test('waits for no host, and moves the store aside', async () => {
		const store = newStore();
		const host = await startWithMail(store, 2);
		const args = ['--store-reset', `--store=${store}`];
		expectFailure(await runCare(args), {code: 1, says: /Another a-chat-tui uses .*: end it first/});
		await stop(host);
		const {code, stdout} = await runCare(args);
		expect(code).toBe(0);
		const aside = /put aside in (\S+): the next host begins anew\n$/.exec(stdout)?.[1] ?? '';
		expect(await runCare(['--check', `--store=${aside}`])).toMatchObject({code: 0});
		expect(await readdir(store)).not.toContain('messages.db');
		const again = await startHost([`--store=${store}`]);
		const alice = await ExtendedPeer.join(at(again.port), 'alice');
		expect(alice.welcome).toMatchObject({n: 0});
		expect(alice.welcome?.srv).not.toBe(host.srv);
	});

	test('takes what is no store, and a lock that is none', async () => {
		const store = newStore();
		await mkdir(store);
		for (const name of ['messages.db', 'lock.db'])
			await writeFile(path.join(store, name), 'a letter\n'.repeat(1000));
		const {code, stdout} = await runCare(['--store-reset', `--store=${store}`]);
		expect(code).toBe(0);
		const aside = /put aside in (\S+):/.exec(stdout)?.[1] ?? '';
		expect((await readdir(aside)).toSorted()).toEqual(['lock.db', 'messages.db']);
		await startHost([`--store=${store}`]);
	});
});

describe('--forget', () => {
	test('frees a name with its mail, once the host has ended', async () => {
		const store = newStore();
		const host = await startWithMail(store, 2);
		const args = ['--forget=BOB', `--store=${store}`];
		expectFailure(await runCare(args), {code: 1, says: /Another a-chat-tui uses .*: end it first/});
		await stop(host);
		expect(await runCare(args)).toMatchObject({
			code: 0,
			stderr: '',
			stdout: expect.stringMatching(/^The name BOB is free/),
		});
		expectFailure(await runCare(args), {code: 1, says: /Nobody has the name BOB/});
		const again = await startHost([`--store=${store}`]);
		const bob = await ExtendedPeer.join(at(again.port), 'bob', {key: new TestKey()});
		expect(bob.welcome).toMatchObject({n: 2});
	});
});

test('a store that a newer version has made is left alone', async () => {
	const store = newStore();
	await stop(await startWithMail(store, 1));
	const database = new DatabaseSync(path.join(store, 'messages.db'));
	database.exec('PRAGMA user_version = 999');
	database.close();
	for (const task of ['--check', '--forget=bob', `--backup=${store}/copy`])
		expectFailure(await runCare([task, `--store=${store}`]), {
			code: 1,
			says: /was made by a newer a-chat-tui/,
		});
});
