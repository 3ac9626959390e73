import {mkdtemp, rm, writeFile} from 'node:fs/promises';
import {tmpdir} from 'node:os';
import path from 'node:path';
import {describe, expect, it, onTestFinished} from 'vitest';
import type {HeldMessage} from '../../source/session/store/held.ts';
import {makePassingStore, openSessionStore} from '../../source/session/store/session-store.ts';

const newFolder = async (): Promise<string> => {
	const folder = await mkdtemp(path.join(tmpdir(), 'a-chat-session-'));
	onTestFinished(() => rm(folder, {recursive: true}));
	return path.join(folder, '127.0.0.1-8080', 'alice');
};

const postOf = (key: string) => ({
	key,
	to: ['bob', '#dev'],
	text: `text of ${key}`,
	isLong: false,
	isAction: false,
	at: 1_764_000_000_000,
});

const messageOf = (id: string, change: Partial<HeldMessage> = {}): HeldMessage => ({
	...{id, n: 1, ts: 5, from: 'bob', to: ['alice'], text: `text of ${id}`},
	...{isLong: false, isAction: false, isOwn: false},
	...change,
});

describe('what a session keeps on disk', () => {
	it('is there again: own messages that wait in their order, messages, and the cursor', async () => {
		const folder = await newFolder();
		const first = await openSessionStore(folder);
		expect(first.held).toEqual({cursor: undefined, outbox: [], messages: []});
		await first.add([postOf('k1'), postOf('k2')]);
		await first.add([postOf('k3'), postOf('k1')]);
		const own = messageOf('own', {n: undefined, isOwn: true, isLong: true, isAction: true});
		expect(await first.keep([messageOf('a'), own, messageOf('a')], {srv: 's', seen: 7}, ['k2'])).toEqual([
			true,
			true,
			false,
		]);
		await first.close();

		const second = await openSessionStore(folder);
		expect(second.held).toEqual({
			cursor: {srv: 's', seen: 7},
			outbox: [postOf('k1'), postOf('k3')],
			messages: [messageOf('a'), own],
		});
		expect(await second.keep([messageOf('a')], {srv: 's', seen: 8}, [])).toEqual([false]);
		await second.remove(['k1']);
		await second.close();

		const third = await openSessionStore(folder);
		expect(third.held).toMatchObject({cursor: {seen: 8}, outbox: [{key: 'k3'}]});
		await third.close();
	});

	it('is also who has an own message: what was told with it, and what is told of it later', async () => {
		const folder = await newFolder();
		const first = await openSessionStore(folder);
		const own = messageOf('own', {isOwn: true, told: {bob: 'queued', dave: 'absent'}});
		await first.keep(
			[own, messageOf('other', {isOwn: true}), messageOf('bare', {isOwn: true})],
			undefined,
			[],
		);
		await first.keep(
			[],
			undefined,
			[],
			new Map([
				['own', {bob: 'delivered'}],
				['other', {"it's": 'queued'}],
				['unheard of', {bob: 'sent'}],
			]),
		);
		await first.close();
		const second = await openSessionStore(folder);
		expect(second.held.messages.map(({told}) => told)).toEqual([
			{bob: 'delivered', dave: 'absent'},
			{"it's": 'queued'},
			undefined,
		]);
		await second.close();
	});

	it('is for one program at a time', async () => {
		const folder = await newFolder();
		const first = await openSessionStore(folder);
		await expect(openSessionStore(folder)).rejects.toMatchObject({
			code: 'LOCKED',
			message: expect.stringContaining('Another a-chat-tui uses'),
		});
		await first.close();
		await (await openSessionStore(folder)).close();
	});

	it('that is damaged is told and left as it is', async () => {
		const folder = await newFolder();
		await (await openSessionStore(folder)).close();
		await writeFile(
			path.join(folder, 'session.db'),
			'something else that is long enough to be looked at'.repeat(100),
		);
		await expect(openSessionStore(folder)).rejects.toMatchObject({code: 'DAMAGED'});
	});
});

it('where nothing can be kept, a message that comes twice is known all the same', async () => {
	const store = makePassingStore();
	expect(await store.keep([messageOf('a'), messageOf('b'), messageOf('a')], undefined, [])).toEqual([
		true,
		true,
		false,
	]);
	const many = Array.from({length: 10_000}, (_, i) => messageOf(`m${i}`));
	expect((await store.keep(many, undefined, [])).every(Boolean)).toBe(true);
	expect(await store.keep([messageOf('m9999'), messageOf('a')], undefined, [])).toEqual([false, true]);
});
