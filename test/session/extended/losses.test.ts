import {once} from 'node:events';
import {connect, createServer, type Socket} from 'node:net';
import path from 'node:path';
import {setTimeout as sleep} from 'node:timers/promises';
import {expect, it, onTestFinished} from 'vitest';
import {loadIdentity} from '../../../source/session/identity.ts';
import {Session} from '../../../source/session/session.ts';
import {openSessionStore, type SessionStore} from '../../../source/session/store/session-store.ts';
import {startLineProxy} from '../../chaos/line-proxy.ts';
import {hostAt, newFolder, Talker} from './talker.ts';

/** After each cut a while passes before the next try. */
const patience = {timeout: 50_000};

it('however often the connection is cut, everything arrives once and in order', async () => {
	const home = await newFolder();
	const {address} = await hostAt(path.join(home, 'host'));
	const proxy = await startCuttingProxy(address.port);
	const alice = await Talker.join(proxy.port, 'alice', home);
	const bob = await Talker.join(proxy.port, 'bob', home);
	const count = 70;
	for (let i = 0; i < count; i++) {
		alice.session.send(['bob'], `${i}`);
		if (i % 10 === 9) await new Promise(resolve => setTimeout(resolve, 15));
	}
	await expect.poll(() => alice.states.size, patience).toBe(count);
	await expect.poll(() => bob.texts.length, patience).toBe(count);
	expect(bob.texts).toEqual(Array.from({length: count}, (_, i) => `${i}`));
	expect(proxy.cuts).toBeGreaterThan(5);
});

it('an own line whose acknowledgement was lost is no news when it comes back', async () => {
	const home = await newFolder();
	const {address} = await hostAt(undefined);
	const {port, close} = await startLineProxy(address.port, connection => ({
		onServerLine(line, {toClient, cut}) {
			if (connection === 0 && line.startsWith('@ack ')) cut();
			else toClient(line);
		},
	}));
	onTestFinished(close);
	const alice = await Talker.join(port, 'alice', home);
	const bob = await Talker.join(address.port, 'bob', home);
	const post = alice.session.send(['bob'], 'hi');
	await expect.poll(() => alice.states.get(post?.id ?? 0)).toBe('accepted');
	await expect.poll(() => bob.texts).toEqual(['hi']);
	expect(alice.texts).toEqual([]);
});

it('what could not be kept comes again when it can, and is shown once', async () => {
	const home = await newFolder();
	const {address} = await hostAt(undefined);
	const folder = path.join(home, 'bob');
	const store = await openSessionStore(folder);
	let faults = 1;
	const keep: SessionStore['keep'] = async (messages, ...rest) => {
		if (messages.length > 0 && faults-- > 0) throw new Error('the disk is full');
		return store.keep(messages, ...rest);
	};
	const session = new Session({address, login: 'bob', steadyMs: 0});
	const texts: string[] = [];
	session.on('messages', messages => texts.push(...messages.map(({text}) => text)));
	const notices: string[] = [];
	session.on('notice', text => notices.push(text));
	session.start({agent: 'test', identity: loadIdentity(folder), store: {...store, keep}});
	while (session.status.phase !== 'open') await once(session, 'status');
	const alice = await Talker.join(address.port, 'alice', home);
	const said = Array.from({length: 20}, (_, at) => `line ${at}`);
	for (const text of said) {
		alice.session.send(['bob'], text);
		await sleep(2);
	}
	await expect.poll(() => texts).toEqual(said);
	await expect.poll(() => alice.told.filter(one => one.endsWith('bob delivered')).length).toBe(said.length);
	expect(notices).toEqual(['what came cannot be kept here: the disk is full']);
	await session.stop();
	await store.close();
	const again = await openSessionStore(folder);
	expect(again.held.messages.map(({text}) => text)).toEqual(said);
	await again.close();
});

/** Passes bytes on, and cuts each connection after a while, anywhere. */
async function startCuttingProxy(to: number): Promise<{readonly port: number; readonly cuts: number}> {
	let cuts = 0;
	let seed = 7;
	const random = () => {
		seed = (Math.imul(seed, 1_103_515_245) + 12_345) >>> 0;
		return seed / 2 ** 32;
	};
	const server = createServer(inner => {
		const outer = connect(to, '127.0.0.1');
		let left = 400 + Math.floor(random() * 4000);
		const pass = (from: Socket, onto: Socket) => {
			from.on('error', () => {});
			from.on('close', () => onto.destroy());
			from.on('data', chunk => {
				onto.write(chunk.subarray(0, Math.max(left, 0)));
				left -= chunk.length;
				if (left > 0) return;
				cuts++;
				inner.destroy();
				outer.destroy();
			});
		};
		pass(inner, outer);
		pass(outer, inner);
	});
	server.listen(0, '127.0.0.1');
	await once(server, 'listening');
	onTestFinished(() => {
		server.close();
	});
	const {port} = server.address() as {port: number};
	return {
		port,
		get cuts() {
			return cuts;
		},
	};
}
