import {stat} from 'node:fs/promises';
import path from 'node:path';
import {describe, expect, it, onTestFinished} from 'vitest';
import {keepingOf} from '../../source/broker/store/keeping.ts';
import {makeMemoryStore} from '../../source/broker/store/memory-store.ts';
import {openSqliteStore} from '../../source/broker/store/sqlite/sqlite-store.ts';
import type {Store} from '../../source/broker/store/store.ts';
import {entryOf, newFolder} from './store-entries.ts';
import {openHere} from './store-here.ts';

const open = async (folder: string): Promise<Store> => {
	const store = await openSqliteStore(folder, keepingOf({}));
	onTestFinished(() => store.close());
	return store;
};

describe.each([
	['in memory', async () => makeMemoryStore()],
	['on disk', async () => open(await newFolder())],
	['on disk, in this thread', async () => openHere(await newFolder())],
])('a store %s', (_, make) => {
	it('numbers what it takes, and knows what it has taken by its key', async () => {
		const store = await make();
		const alice = await store.open('Alice', 'alice', 'pub');
		const one = entryOf({recipients: [alice.id], text: 'one'});
		const two = entryOf({recipients: [alice.id], text: 'two', handed: ['nc']});
		const outcomes = await store.take([one, two, one]);
		expect(outcomes).toMatchObject([
			{ok: true, n: 1, id: one.id, known: undefined},
			{ok: true, n: 2},
			{ok: true, n: 1, known: {to: ['alice'], handed: []}},
		]);
		expect(await store.take([{...two, text: 'other'}, two])).toMatchObject([
			{ok: false, code: 'KEY_REUSED'},
			{ok: true, n: 2, known: {handed: ['nc']}},
		]);
		expect(await store.take([{...two, isForbidden: true}, entryOf({isForbidden: true})])).toMatchObject([
			{ok: true, n: 2, known: {handed: ['nc']}},
			{ok: false, code: 'FORBIDDEN'},
		]);
		expect(store.newest).toBe(2);
		const {messages} = await store.replay(alice.id, [], 0, 10);
		expect(messages.map(({n, text, from, to}) => [n, text, from, to])).toEqual([
			[1, 'one', 'nc', ['alice']],
			[2, 'two', 'nc', ['alice']],
		]);
	});

	it('hands out what an account got, sent, and may read in rooms, once, in order and in pages', async () => {
		const store = await make();
		const alice = await store.open('alice', 'alice', 'a');
		const bob = await store.open('bob', 'bob', 'b');
		const room = await store.makeRoom('#dev', '#dev');
		const other = await store.makeRoom('#ops', '#ops');
		await store.take([
			entryOf({recipients: [alice.id]}),
			entryOf({recipients: [bob.id], sender: alice.id}),
			entryOf({recipients: [bob.id]}),
			entryOf({rooms: [room], sender: bob.id}),
			entryOf({rooms: [room], recipients: [alice.id]}),
			entryOf({rooms: [other]}),
		]);
		const numbers = async (after: number, limit: number) => {
			const {messages, hasMore} = await store.replay(alice.id, [room], after, limit);
			return [...messages.map(({n}) => n), hasMore];
		};
		expect(await numbers(0, 10)).toEqual([1, 2, 4, 5, false]);
		expect(await numbers(0, 3)).toEqual([1, 2, 4, true]);
		expect(await numbers(4, 3)).toEqual([5, false]);
	});

	it('finds a conversation of one account, up and down, and nobody else does', async () => {
		const store = await make();
		const alice = await store.open('alice', 'alice', 'a');
		const bob = await store.open('bob', 'bob', 'b');
		const eve = await store.open('eve', 'eve', 'e');
		const talk = {recipients: [bob.id], sender: alice.id, conversation: 'alice,bob'};
		for (let i = 0; i < 10; i++)
			await store.take([entryOf(talk), entryOf({...talk, conversation: 'alice,bob,eve'})]);
		const ask = async (account: number, more: object) => {
			const where = {conversation: 'alice,bob'};
			const {messages, hasMore} = await store.page({account, since: 0, where, limit: 3, ...more});
			return [...messages.map(({n}) => n), hasMore];
		};
		expect(await ask(alice.id, {})).toEqual([15, 17, 19, true]);
		expect(await ask(bob.id, {before: 15})).toEqual([9, 11, 13, true]);
		expect(await ask(bob.id, {before: 4})).toEqual([1, 3, false]);
		expect(await ask(bob.id, {after: 15})).toEqual([17, 19, false]);
		expect(await ask(bob.id, {since: 16})).toEqual([17, 19, false]);
		expect(await ask(eve.id, {})).toEqual([false]);
	});

	it('finds words in what an account may read', async () => {
		const store = await make();
		const alice = await store.open('alice', 'alice', 'a');
		const room = await store.makeRoom('#dev', '#dev');
		await store.take([
			entryOf({recipients: [alice.id], text: 'the blue teapot'}),
			entryOf({rooms: [room], text: 'a red Teapot'}),
			entryOf({text: 'a secret teapot'}),
			entryOf({recipients: [alice.id], text: '50% OR "teapot" NEAR(x)'}),
			entryOf({recipients: [alice.id], text: 'one%0AKäse', isLong: true}),
		]);
		const search = async (words: string, rooms: number[] = []) =>
			(await store.search(alice.id, 0, rooms, words)).messages.map(({n}) => n);
		await expect.poll(() => search('teapot', [room])).toEqual([4, 2, 1]);
		expect(await search('teapot')).toEqual([4, 1]);
		expect(await search('teapot blue')).toEqual([1]);
		// Whole words, whatever their case and accents, also behind the end of a line.
		expect(await search('tea')).toEqual([]);
		expect(await search('KASE one')).toEqual([5]);
		expect(await search('red teapot', [room])).toEqual([2]);
		for (const words of ['', '"', '* ^', 'teapot AND', 'NEAR(', 'body:x']) await search(words);
	});

	it('finds words however much was said since', async () => {
		const store = await make();
		const alice = await store.open('alice', 'alice', 'a');
		await store.take([entryOf({recipients: [alice.id], text: 'the blue teapot'})]);
		await store.take(Array.from({length: 6000}, () => entryOf({recipients: [alice.id]})));
		const search = async () => (await store.search(alice.id, 0, [], 'teapot')).messages.map(({text}) => text);
		await expect.poll(search).toEqual(['the blue teapot']);
	});

	it('bounds a mailbox by sender, until what waits in it is confirmed', async () => {
		const store = await make();
		const alice = await store.open('alice', 'alice', 'a');
		const [bob, carol] = [await store.open('bob', 'bob', 'b'), await store.open('carol', 'carol', 'c')];
		const send = async (sender: number, count: number) => {
			const entries = Array.from({length: count}, () =>
				entryOf({sender, recipients: [alice.id], away: [alice.id]}),
			);
			return (await store.take(entries)).filter(({ok}) => ok).length;
		};
		expect(await send(bob.id, 300)).toBe(250);
		expect(await send(carol.id, 300)).toBe(250);
		// All without an account share half of it.
		expect(await send(0, 600)).toBe(500);
		expect(await send(0, 1)).toBe(0);
		store.confirm(alice.id, 251);
		expect(await send(bob.id, 300)).toBe(250);
		expect(await store.take([entryOf({sender: bob.id, recipients: [alice.id], away: [alice.id]})])).toEqual([
			{ok: false, code: 'MAILBOX_FULL', recipient: alice.id},
		]);
		// One's own messages take no room, and who is here is bounded elsewhere.
		expect(
			await store.take([
				entryOf({sender: alice.id, recipients: [alice.id], away: [alice.id]}),
				entryOf({sender: bob.id, recipients: [alice.id]}),
			]),
		).toMatchObject([{ok: true}, {ok: true}]);
	});

	it('counts in a mailbox what came before its owner was away and was not confirmed, and what came in between', async () => {
		const store = await make();
		const [alice, bob] = [await store.open('alice', 'alice', 'a'), await store.open('bob', 'bob', 'b')];
		const send = async (count: number, away: readonly number[]) => {
			const entry = {sender: bob.id, recipients: [alice.id], away};
			return (await store.take(Array.from({length: count}, () => entryOf(entry)))).filter(({ok}) => ok)
				.length;
		};
		await store.take([entryOf({sender: alice.id, recipients: [alice.id, bob.id]})]);
		expect(await send(100, [])).toBe(100);
		store.confirm(alice.id, 41);
		expect(await send(300, [alice.id])).toBe(190);
		// It comes, confirms all, and gets some more before it leaves.
		store.confirm(alice.id, store.newest);
		expect(await send(30, [])).toBe(30);
		expect(await send(300, [alice.id])).toBe(220);
		expect(await send(10, [])).toBe(10);
		store.confirm(alice.id, store.newest - 240);
		expect(await send(300, [alice.id])).toBe(10);
	});

	it('counts guests as what they are, names that anybody may take', async () => {
		const store = await make();
		const alice = await store.open('alice', 'alice', 'a');
		const guests = await Promise.all(['g1', 'g2', 'g3'].map(name => store.open(name, name, undefined)));
		const taken: number[] = [];
		for (const {id} of guests) {
			const one = {sender: id, recipients: [alice.id], away: [alice.id]};
			const outcomes = await store.take(Array.from({length: 300}, () => entryOf(one)));
			taken.push(outcomes.filter(({ok}) => ok).length);
		}
		// As anybody's a quarter, and half of it for all of them.
		expect(taken).toEqual([250, 250, 0]);
		store.confirm(alice.id, 100);
		const one = {sender: 0, recipients: [alice.id], away: [alice.id]};
		expect(
			(await store.take(Array.from({length: 101}, () => entryOf(one)))).filter(({ok}) => ok),
		).toHaveLength(100);
	});

	it('takes a message for those whose mailboxes have room, and none that is for nobody', async () => {
		const store = await make();
		const [alice, bob] = [await store.open('alice', 'alice', 'a'), await store.open('bob', 'bob', 'b')];
		const one = {isPartial: true, recipients: [alice.id], away: [alice.id]};
		await store.take(Array.from({length: 500}, () => entryOf(one)));
		const refused = {ok: false, code: 'MAILBOX_FULL', recipient: alice.id};
		const outcomes = await store.take([
			entryOf(one),
			entryOf({...one, recipients: [alice.id, bob.id], away: [alice.id, bob.id]}),
			entryOf({...one, handed: ['nc']}),
			entryOf(one),
		]);
		expect(outcomes).toMatchObject([refused, {ok: true, n: 501}, {ok: true, n: 502}, refused]);
		expect((await store.replay(bob.id, [], 0, 10)).messages.map(({n}) => n)).toEqual([501]);
		expect((await store.replay(alice.id, [], 500, 10)).messages).toEqual([]);
	});

	it('tells what was confirmed while a sender was away', async () => {
		const store = await make();
		const alice = await store.open('alice', 'alice', 'a');
		const bob = await store.open('bob', 'bob', 'b');
		const one = entryOf({sender: alice.id, recipients: [bob.id]});
		await store.take([one]);
		store.leave(alice.id, store.commits);
		await store.take([entryOf({sender: alice.id, recipients: [bob.id]})]);
		expect(await store.confirmedMeanwhile(alice.id)).toEqual([]);
		store.confirm(bob.id, 1);
		expect(await store.confirmedMeanwhile(alice.id)).toEqual([{id: one.id, by: bob.id}]);
	});
});

it('a store in memory forgets the oldest messages, with their keys, and says from where on it has them', async () => {
	const store = makeMemoryStore();
	const alice = await store.open('alice', 'alice', 'a');
	const room = await store.makeRoom('#dev', '#dev');
	const first = entryOf({recipients: [alice.id], text: 'first'});
	await store.take([first]);
	for (let i = 0; i < 3000; i++)
		await store.take([entryOf({recipients: [alice.id], rooms: [room], text: 'x'.repeat(4096)})]);
	expect(store.newest).toBe(3001);
	expect(store.oldest).toBeGreaterThan(500);
	const {messages} = await store.replay(alice.id, [room], 0, 10);
	expect(messages.map(({n}) => n - store.oldest)).toEqual([0, 1, 2, 3, 4, 5, 6, 7, 8, 9]);
	expect(await store.take([first])).toMatchObject([{ok: true, n: 3002, known: undefined}]);
});

it('one row that cannot be written spoils no other sender, and later ones of its own wait for it', async () => {
	const store = openHere(await newFolder());
	onTestFinished(() => store.close());
	const good = entryOf({});
	const bad = entryOf({from: 'bob', text: undefined as unknown as string});
	await expect(store.take([bad])).rejects.toThrow();
	const after = [entryOf({from: 'bob'}), entryOf({})];
	expect(await store.take([good, bad, ...after])).toMatchObject([
		{ok: true, n: 1},
		{ok: false, code: 'UNAVAILABLE'},
		{ok: false, code: 'UNAVAILABLE'},
		{ok: true, n: 2},
	]);
});

it('a search in memory lets others have their turn while it looks through much', async () => {
	const store = makeMemoryStore();
	const alice = await store.open('alice', 'alice', 'a');
	const text = 'tée '.repeat(800);
	await store.take(Array.from({length: 400}, () => entryOf({recipients: [alice.id], text})));
	let turns = 0;
	let isOver = false;
	const turn = () => {
		turns++;
		if (!isOver) setImmediate(turn);
	};
	turn();
	const finds = await Promise.all(['teapot', 'pot'].map(words => store.search(alice.id, 0, [], words)));
	isOver = true;
	expect(finds.flatMap(({messages}) => messages)).toEqual([]);
	expect(turns).toBeGreaterThan(5);
});

describe('a store on disk', () => {
	it('has all of it after it was opened again; its guests have left their rooms', async () => {
		const folder = await newFolder();
		const first = await openSqliteStore(folder, keepingOf({}));
		const alice = await first.open('Älice', 'älice', 'pub');
		const guest = await first.open('guest', 'guest', undefined);
		const room = await first.makeRoom('#dev', '#dev');
		await Promise.all([alice, guest].map(({id}) => first.setMember(room, id, true)));
		const one = entryOf({
			recipients: [alice.id, guest.id],
			sender: alice.id,
			text: 'kept ☕',
		});
		await first.take([one]);
		first.confirm(alice.id, 1);
		await first.close();

		const second = await open(folder);
		expect(second.srv).toBe(first.srv);
		expect(second.newest).toBe(1);
		expect(second.accounts).toMatchObject([
			{id: alice.id, login: 'Älice', key: 'älice', pub: 'pub', confirmed: 1},
			{id: guest.id, login: 'guest', key: 'guest', pub: undefined, confirmed: 0},
		]);
		expect(second.rooms).toEqual([{id: room, name: '#dev', key: '#dev', members: [alice.id]}]);
		expect(await second.take([one])).toMatchObject([{ok: true, n: 1, known: {to: ['alice']}}]);
		for (const {id} of [alice, guest])
			expect((await second.replay(id, [], 0, 10)).messages).toMatchObject([{n: 1, text: 'kept ☕'}]);
	});

	it('is for nobody else to read', async () => {
		const folder = await newFolder();
		const store = await open(folder);
		await store.take([entryOf({})]);
		const rights = async (name: string) => ((await stat(path.join(folder, name))).mode & 0o777).toString(8);
		expect(await rights('.')).toBe('700');
		for (const name of ['messages.db', 'messages.db-wal', 'messages.db-shm', 'lock.db'])
			expect(await rights(name)).toBe('600');
	});

	it('waits for whoever has it, and says so', async () => {
		const folder = await newFolder();
		const first = await openSqliteStore(folder, keepingOf({}));
		let waits = 0;
		const second = openSqliteStore(folder, {...keepingOf({}), onWait: () => waits++});
		await expect.poll(() => waits).toBe(1);
		await first.take([entryOf({})]);
		await first.close();
		const store = await second;
		expect(store.newest).toBe(1);
		await store.close();
	});
});
