import {stat} from 'node:fs/promises';
import path from 'node:path';
import {DatabaseSync} from 'node:sqlite';
import {describe, expect, it, onTestFinished} from 'vitest';
import {Broker, startBroker} from '../../source/broker/index.ts';
import {settingsOf} from '../../source/broker/options.ts';
import {keepingOf} from '../../source/broker/store/keeping.ts';
import {lookOn} from '../../source/broker/store/sqlite/age.ts';
import {Chores} from '../../source/broker/store/sqlite/chores.ts';
import {fileName} from '../../source/broker/store/sqlite/schema.ts';
import {openSqliteStore} from '../../source/broker/store/sqlite/sqlite-store.ts';
import {StepSize} from '../../source/broker/store/sqlite/step-size.ts';
import type {Account, Outcome, Page} from '../../source/broker/store/store.ts';
import {openToRead} from '../../source/database/open.ts';
import {ExtendedPeer, TestKey} from '../support/extended-peer.ts';
import {entryOf, newFolder} from './store-entries.ts';
import {SidesHere} from './store-here.ts';

const hour = 3_600_000;
const day = 24 * hour;
const any = Number.POSITIVE_INFINITY;

/** A store on disk whose time is the test's. */
const makeStore = async ({keepMs = 90 * day, keepBytes = any} = {}) => {
	const folder = await newFolder();
	const sides = new SidesHere(folder);
	onTestFinished(() => sides.close());
	const unused: number[] = [];
	const chores = new Chores(sides, {keepMs, keepBytes});
	return {
		folder,
		sides,
		unused,
		/** The host has run for so long, and the clock says `now`. */
		async run(ms: number, now: number) {
			unused.push(...(await chores.count(ms, now)));
			while (await chores.step(now)) {}
		},
		async step(now: number) {
			while (await chores.step(now)) {}
		},
		open: (login: string): Account => sides.now('open', login, login, login),
		take: (...entries: Parameters<typeof entryOf>[0][]): Outcome[] =>
			sides.now('take', entries.map(entryOf), []),
		rows(table: string): number {
			const database = openToRead(folder, fileName);
			const {count} = database.prepare(`SELECT count(*) AS count FROM ${table}`).get() ?? {};
			database.close();
			return Number(count);
		},
	};
};

it('removes what two passes, a day of running time apart, have found too old, and all that belongs to it', async () => {
	const {sides, run, open, take, rows} = await makeStore();
	const alice = open('alice');
	const room = sides.now<number>('makeRoom', '#dev', '#dev');
	const [first] = take({recipients: [alice.id], rooms: [room], text: 'teapot'});
	expect(first).toMatchObject({ok: true, n: 1});
	const then = Date.now();

	await run(23 * hour, then + 91 * day);
	await run(2 * hour, then + 91 * day);
	expect(sides.state.oldest).toBe(1);
	take({recipients: [alice.id], text: 'teapot'});
	await run(23 * hour, then + 92 * day);
	expect(sides.state.oldest).toBe(1);
	await run(hour, then + 92 * day);

	expect(sides.state).toMatchObject({oldest: 2, newest: 2});
	const page = await sides.read<Page>('replay', alice.id, [room], 0, 10);
	expect(page.messages.map(({n}) => n)).toEqual([2]);
	const found = await sides.read<Page>('search', alice.id, 0, [room], 'teapot');
	expect(found.messages.map(({n}) => n)).toEqual([2]);
	expect(['messages', 'inbox', 'room_log', 'keys', 'words'].map(rows)).toEqual([1, 1, 0, 1, 1]);

	await run(day, then + 93 * day);
	expect(sides.state).toMatchObject({oldest: 3, newest: 2});
	expect(take({})).toMatchObject([{n: 3}]);
});

it('removes nothing for a clock that was wrong at one of the passes', async () => {
	const {sides, run, take} = await makeStore();
	for (let i = 0; i < 10; i++) take({});
	const now = Date.now();
	await run(day, now + 10_000 * day);
	await run(day, now + 1);
	await run(day, 0);
	await run(day, now + 10_000 * day);
	await run(day, now + 2);
	expect(sides.state.oldest).toBe(1);
});

it('counts the time of hosts that ran one after the other', async () => {
	const folder = await newFolder();
	const now = Date.now() + 100 * day;
	for (let i = 0; i < 10; i++) {
		const sides = new SidesHere(folder);
		if (i === 0) sides.now('take', [entryOf({})], []);
		await new Chores(sides, {keepMs: day, keepBytes: any}).count(5 * hour, now);
		sides.close();
	}
	const sides = new SidesHere(folder);
	onTestFinished(() => sides.close());
	const chores = new Chores(sides, {keepMs: day, keepBytes: any});
	expect(sides.state.oldest).toBe(1);
	// 50 hours and a few: the second pass comes with this one.
	await chores.count(0, now);
	expect(await chores.step(now)).toBe(false);
});

it('goes by a time only where it can be one', () => {
	const begin = {seen: 0, found: 0, latest: 0, isOver: false};
	const find = (...times: number[]) =>
		lookOn(
			begin,
			times.map((ts, at) => ({n: at + 1, ts})),
			1000,
			2000,
		).found;
	expect(find(1, 2, 3)).toBe(3);
	expect(find(1, 2, 1500, 3)).toBe(2);
	// A clock that was set back: those are no older than the next one.
	expect(find(500, 1, 2, 1500)).toBe(1);
	expect(find(500, 1, 2, 600, 1500)).toBe(4);
	// One that was set forward, and is right again.
	expect(find(9999, 1, 2, 1500)).toBe(3);
	expect(find(9999, 1500)).toBe(0);
	expect(find()).toBe(0);
});

it('removes the oldest at once when it is too much, and gives their room back', async () => {
	const keepBytes = 3_000_000;
	const {folder, sides, step, take, open} = await makeStore({keepMs: any, keepBytes});
	const bob = open('bob');
	const words = Array.from({length: 300}, (_, at) => `word${at}`).join(' ');
	for (let i = 0; i < 40; i++)
		take(...Array.from({length: 100}, (_, at) => ({recipients: [bob.id], text: `${i} ${at} ${words}`})));
	while (sides.now('index', 1000)) {}
	expect(sides.state.usedBytes).toBeGreaterThan(3 * keepBytes);
	await step(Date.now());
	expect(sides.state.usedBytes).toBeLessThanOrEqual(keepBytes);
	expect(sides.state.oldest).toBeGreaterThan(2000);
	expect(sides.state.oldest).toBeLessThan(4000);
	expect(sides.state.newest).toBe(4000);
	expect(sides.now('emptyLog')).toBe(true);
	expect((await stat(path.join(folder, fileName))).size).toBeLessThan(keepBytes + 5_000_000);
	const {messages} = await sides.read<Page>('replay', bob.id, [], 0, 1);
	expect(messages[0]?.n).toBe(sides.state.oldest);
});

it('removes in steps that are half as large when one took too long, and larger again while they are quick', () => {
	const size = new StepSize(1000, 400);
	size.learn(400, 11, 10);
	expect(size.amount).toBe(200);
	size.learn(200, 6, 10);
	expect(size.amount).toBe(200);
	// One that had less to do says nothing of larger ones.
	size.learn(50, 1, 10);
	expect(size.amount).toBe(200);
	for (let i = 0; i < 100; i++) size.learn(size.amount, 1, 10);
	expect(size.amount).toBe(1000);
	for (let i = 0; i < 100; i++) size.learn(size.amount, 11, 10);
	expect(size.amount).toBe(1);
});

it('keeps few parts of its index, and nothing in them of what was removed long ago', async () => {
	const {folder, sides, step, take} = await makeStore({keepMs: any, keepBytes: 1_000_000});
	for (let i = 0; i < 60; i++) {
		take(...Array.from({length: 50}, (_, at) => ({text: `w${i} x${at} teapot `.repeat(20)})));
		await step(Date.now());
	}
	expect(sides.state.oldest).toBeGreaterThan(1000);
	const database = openToRead(folder, fileName);
	const {parts} = database.prepare('SELECT count(DISTINCT segid) AS parts FROM words_idx').get() ?? {};
	database.close();
	// Each of the 60 was one at first.
	expect(Number(parts)).toBeLessThan(10);
});

it('makes room in a mailbox by what is removed', async () => {
	const {sides, open, take, run} = await makeStore({keepMs: day});
	const [alice, bob] = [open('alice'), open('bob')];
	const one = {sender: bob.id, recipients: [alice.id], away: [alice.id]};
	for (let i = 0; i < 250; i++) take(one);
	expect(take(one)).toMatchObject([{ok: false, code: 'MAILBOX_FULL'}]);
	const now = Date.now() + 10 * day;
	await run(day, now);
	await run(day, now);
	expect(sides.state.oldest).toBe(251);
	expect(take(one)).toMatchObject([{ok: true, n: 251}]);
});

it('finds names that nobody has used for 180 days, by two passes', async () => {
	const {sides, open, take, run, unused} = await makeStore();
	const [alice, bob, carol] = [open('alice'), open('bob'), open('carol')];
	const now = Date.now();
	await run(day, now + 181 * day);
	expect(unused).toEqual([]);
	// Who sends or confirms uses a name; the clock is that of the machine, which is behind that of this test.
	take({sender: bob.id, recipients: [carol.id]});
	sides.now('take', [], [{type: 'confirm', account: carol.id, n: 1}]);
	await run(day, now + 181 * day);
	expect(unused).toEqual([alice.id]);
});

describe('a broker with a store', () => {
	it.each([{keepMs: 0}, {keepBytes: -1}, {keepMs: Number.NaN}, {keepBytes: '1GB' as never}])(
		'does not start with %o',
		async options => {
			await expect(startBroker({port: 0, ...options})).rejects.toThrow(RangeError);
		},
	);

	it('tells a client that what it has not seen is not kept any more', async () => {
		const folder = await newFolder();
		const sides = new SidesHere(folder);
		const key = new TestKey();
		const {id} = sides.now<Account>('open', 'alice', 'alice', key.pub);
		sides.now(
			'take',
			Array.from({length: 5}, () => entryOf({recipients: [id]})),
			[],
		);
		sides.now('remove', 3, 10, Date.now());
		const {srv} = sides.contents;
		sides.close();
		const broker = await startBroker({port: 0, store: folder});
		onTestFinished(() => broker.close());
		const alice = await ExtendedPeer.hello(broker.address, 'alice', {pub: key.pub, srv, seen: 1});
		const {nonce} = await alice.expect('challenge');
		alice.say({type: 'auth', sig: key.sign(srv, nonce, 'alice')});
		await alice.expect('welcome');
		expect(await alice.expect('gap')).toMatchObject({from: 2, to: 3, code: 'RETENTION'});
		const lines = await alice.until('live');
		expect(lines.flatMap(line => (line.type === 'msg' ? [[line.n, line.prev]] : []))).toEqual([
			[4, 3],
			[5, 4],
		]);
	});

	it('frees a name that two passes found unused, but not that of somebody who is there', async () => {
		const folder = await newFolder();
		const key = new TestKey();
		const first = new SidesHere(folder);
		for (const [name, pub] of [
			['alice', 'pub'],
			['bob', key.pub],
		])
			first.now('open', name, name, pub);
		first.close();
		const database = new DatabaseSync(path.join(folder, fileName));
		database.exec(
			"UPDATE accounts SET used_ms = 0, unused = 1; UPDATE meta SET value = 1e9 WHERE key = 'ran'",
		);
		database.close();
		const store = await openSqliteStore(folder, {...keepingOf({}), countMs: 300});
		const broker = new Broker(settingsOf({port: 0}), store);
		await broker.listen();
		onTestFinished(() => broker.close());
		const bob = await ExtendedPeer.hello(broker.address, 'bob', {pub: key.pub});
		const {nonce, srv} = await bob.expect('challenge');
		bob.say({type: 'auth', sig: key.sign(srv, nonce, 'bob')});
		await bob.until('live');
		const isBound = async () => {
			const alice = await ExtendedPeer.hello(broker.address, 'alice', {role: 'send'});
			const {type} = await alice.next();
			alice.peer.socket.destroy();
			return type === 'fail';
		};
		await expect.poll(isBound).toBe(false);
		await broker.close();
		const second = new SidesHere(folder);
		onTestFinished(() => second.close());
		const bound = second.contents.accounts.filter(({pub}) => pub !== undefined);
		expect(bound.map(({login}) => login)).toEqual(['bob']);
	});
});
