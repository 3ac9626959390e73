import {expect, it, onTestFinished} from 'vitest';
import {Broker} from '../../../source/broker/index.ts';
import {settingsOf} from '../../../source/broker/options.ts';
import {keepingOf} from '../../../source/broker/store/keeping.ts';
import {makeMemoryStore} from '../../../source/broker/store/memory-store.ts';
import {openSqliteStore} from '../../../source/broker/store/sqlite/sqlite-store.ts';
import type {Store} from '../../../source/broker/store/store.ts';
import {ExtendedPeer, TestKey} from '../../support/extended-peer.ts';
import {start} from '../start.ts';
import {newFolder} from '../store-entries.ts';

it('pages wait for a reader that asks for many and is slow: it is not cut, and gets all of them', async () => {
	const {address} = await start();
	const alice = await ExtendedPeer.join(address, 'alice');
	const bob = await ExtendedPeer.withAll(address, 'bob');
	const [messages, pages] = [100, 40];
	const text = 'x'.repeat(4000);
	for (let number = 0; number < messages; number++) {
		await alice.send(`k${number}`, ['bob'], text);
		// That alice came may be news to him, too.
		await bob.until('msg');
	}
	bob.peer.socket.pause();
	for (let page = 0; page < pages; page++) bob.say({type: 'history', with: ['alice'], req: `r${page}`});
	// More than the kernel takes; the host goes on meanwhile.
	for (let number = 0; number < 200; number++) {
		alice.say({type: 'ping', n: number});
		expect(await alice.expect('pong')).toMatchObject({n: number});
	}
	bob.peer.socket.resume();
	for (let page = 0; page < pages; page++) {
		const answer = await bob.until('end');
		expect(answer.filter(line => line.type === 'msg' && line.req === `r${page}`)).toHaveLength(messages);
		expect(answer.at(-1)).toMatchObject({req: `r${page}`});
	}
});

/** A store that reads slowly: when a page is read, `meanwhile` happens before anybody has it. */
const readingSlowly = (store: Store, meanwhile: () => Promise<void>): Store =>
	new Proxy(store, {
		get(_, name) {
			const value: unknown = Reflect.get(store, name, store);
			if (typeof value !== 'function') return value;
			if (name !== 'replay') return value.bind(store);
			return async (...args: Parameters<Store['replay']>) => {
				const page = await store.replay(...args);
				await meanwhile();
				return page;
			};
		},
	});

it.each([
	['in memory', async () => makeMemoryStore()],
	['on disk', async () => openSqliteStore(await newFolder(), keepingOf({}))],
])(
	'what is taken while the last page is read comes before what is live, once and in order: %s',
	async (_, open) => {
		let meanwhile = async () => {};
		const broker = new Broker(
			settingsOf({port: 0, shutdownLingerMs: 1}),
			readingSlowly(await open(), () => meanwhile()),
		);
		onTestFinished(() => broker.close());
		await broker.listen();
		const {address} = broker;
		const key = new TestKey();
		await (await ExtendedPeer.join(address, 'dora', {key})).peer.leave();
		const alice = await ExtendedPeer.join(address, 'alice');
		let sent = 0;
		const say = async () => {
			sent++;
			await alice.send(`k${sent}`, ['dora'], `${sent}`);
		};
		for (let number = 0; number < 3; number++) await say();
		// The last page is read twice, as is told between who has confirmed what: both times something comes.
		meanwhile = async () => {
			if (sent < 8) await say();
		};
		const dora = await ExtendedPeer.hello(address, 'dora', {pub: key.pub});
		const {srv, nonce} = await dora.expect('challenge');
		dora.say({type: 'auth', sig: key.sign(srv, nonce, 'dora')});
		await dora.expect('welcome');
		const missed = await dora.until('live');
		await say();
		const texts = [...missed, await dora.expect('msg')].flatMap(line =>
			line.type === 'msg' ? [line.text] : [],
		);
		expect(texts).toEqual(Array.from({length: 9}, (_, number) => `${number + 1}`));
	},
);
