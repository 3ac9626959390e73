import {once} from 'node:events';
import {connect, createServer, type Socket} from 'node:net';
import path from 'node:path';
import {setTimeout as sleep} from 'node:timers/promises';
import {expect, it, onTestFinished} from 'vitest';
import {loadIdentity} from '../../../source/session/identity.ts';
import {Session} from '../../../source/session/session.ts';
import {openSessionStore, type SessionStore} from '../../../source/session/store/session-store.ts';
import {startLineProxy} from '../../chaos/line-proxy.ts';
import {ExtendedPeer} from '../../support/extended-peer.ts';
import {Peer} from '../../support/peer.ts';
import {hostAt, newFolder, Talker} from './talker.ts';

it('an own line is accepted, and it is told when the other one has it', async () => {
	const home = await newFolder();
	const {address} = await hostAt(undefined);
	const alice = await Talker.join(address.port, 'alice', home);
	const bob = await Talker.join(address.port, 'bob', home);
	const post = alice.session.send(['bob', 'nobody'], 'hi');
	await expect.poll(() => bob.texts).toEqual(['hi']);
	await expect
		.poll(() => alice.told)
		.toEqual([`${post?.id} bob queued`, `${post?.id} nobody absent`, `${post?.id} bob delivered`]);
	expect(alice.states.get(post?.id ?? 0)).toBe('accepted');
});

it('what is said while the host is away arrives once and in order when it is back, and so does what waited for others', async () => {
	const home = await newFolder();
	const first = await hostAt(path.join(home, 'host'));
	const {port} = first.address;
	const alice = await Talker.join(port, 'alice', home);
	const bob = await Talker.join(port, 'bob', home);
	alice.session.send(['bob'], 'before');
	await expect.poll(() => bob.texts).toEqual(['before']);
	await first.close();
	await bob.stop();
	for (let i = 0; i < 20; i++) alice.session.send(['bob'], `${i}`);
	expect(alice.states.size).toBe(1);
	await hostAt(path.join(home, 'host'), port);
	await expect.poll(() => alice.states.size, {timeout: 10_000}).toBe(21);
	const back = await Talker.join(port, 'bob', home);
	await expect.poll(() => back.texts).toEqual(Array.from({length: 20}, (_, i) => `${i}`));
	// Also of the first one, of which the host may have known only when it came back.
	const delivered = () => new Set(alice.told.filter(text => text.endsWith('bob delivered'))).size;
	await expect.poll(delivered).toBe(21);
});

it('who has an own message is known by the next session too, also what became of it meanwhile', async () => {
	const home = await newFolder();
	const {address} = await hostAt(path.join(home, 'host'));
	const {port} = address;
	const toldIn = ({kept}: Talker) => kept.held.messages.map(({text, told}) => [text, told]);
	const alice = await Talker.join(port, 'alice', home);
	const bob = await Talker.join(port, 'bob', home);
	const carol = await Talker.join(port, 'carol', home);
	alice.session.send(['bob', 'carol'], 'one');
	await expect.poll(() => alice.told.filter(told => told.endsWith('delivered')).length).toBe(2);
	await bob.stop();
	const post = alice.session.send(['bob', 'carol', 'nobody'], 'two');
	await expect.poll(() => alice.told.at(-1)).toBe(`${post?.id} carol delivered`);
	await alice.stop();
	const back = await Talker.join(port, 'bob', home);
	await expect.poll(() => back.texts).toEqual(['two']);

	const second = await Talker.join(port, 'alice', home);
	expect(toldIn(second)).toEqual([
		['one', {bob: 'delivered', carol: 'delivered'}],
		['two', {bob: 'queued', carol: 'delivered', nobody: 'absent'}],
	]);
	await expect.poll(() => second.toldOfEarlier).toContain('bob delivered');
	await second.stop();
	const third = await Talker.make(port, 'alice', home);
	expect(toldIn(third).at(-1)).toEqual(['two', {bob: 'delivered', carol: 'delivered', nobody: 'absent'}]);
	for (const talker of [back, carol]) await talker.stop();
});

it('what was never sent is sent by the next session of that login', async () => {
	const home = await newFolder();
	const host = await hostAt(path.join(home, 'host'));
	const {port} = host.address;
	const bob = await Talker.join(port, 'bob', home);
	await (await Talker.join(port, 'alice', home)).stop();
	await host.close();
	const lonely = await Talker.make(port, 'alice', home);
	lonely.session.send(['bob'], 'one');
	lonely.session.send(['bob'], 'two');
	await lonely.stop();
	await hostAt(path.join(home, 'host'), port);
	const alice = await Talker.join(port, 'alice', home);
	await expect.poll(() => bob.texts, {timeout: 10_000}).toEqual(['one', 'two']);
	await expect.poll(() => [...alice.states.values()]).toEqual(['accepted', 'accepted']);
});

/** After each cut a while passes before the next try. */
const patience = {timeout: 25_000};

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

it('a plain host is spoken to in its dialect, and what was written there is not sent again', async () => {
	const home = await newFolder();
	const lines: string[] = [];
	const server = createServer(socket => {
		socket.on('error', () => {});
		socket.on('data', chunk => lines.push(...String(chunk).trimEnd().split('\n')));
	});
	server.listen(0, '127.0.0.1');
	await once(server, 'listening');
	onTestFinished(() => {
		server.close();
	});
	const {port} = server.address() as {port: number};
	const alice = await Talker.join(port, 'alice', home);
	alice.session.send(['bob'], 'hi');
	await expect.poll(() => lines.at(-1)).toBe('bob: hi');
	expect(lines[0]).toBe('alice');
	await expect.poll(() => [...alice.states.values()]).toEqual(['written']);
	await alice.stop();
	const again = await openSessionStore(path.join(home, 'alice'));
	expect(again.held.outbox).toEqual([]);
	await again.close();
});

it('a host that has spoken a-chat/1 is not fallen back on when it answers as a plain one', async () => {
	const home = await newFolder();
	const host = await hostAt(undefined);
	const {port} = host.address;
	await (await Talker.join(port, 'alice', home)).stop();
	await host.close();
	const lines: string[] = [];
	const server = createServer(socket => {
		socket.on('error', () => {});
		socket.on('data', chunk => lines.push(String(chunk)));
	});
	server.listen(port, '127.0.0.1');
	await once(server, 'listening');
	onTestFinished(() => {
		server.close();
	});
	const alice = await Talker.make(port, 'alice', home);
	alice.session.send(['bob'], 'a secret');
	await expect.poll(() => lines.length, {timeout: 5000}).toBeGreaterThan(1);
	expect(lines.join('')).not.toContain('secret');
	await alice.stop();
});

it('what waited for one host is not handed to another one that has its port', async () => {
	const home = await newFolder();
	const first = await hostAt(path.join(home, 'first'));
	const {port} = first.address;
	const alice = await Talker.join(port, 'alice', home);
	await first.close();
	const post = alice.session.send(['bob'], 'for the first host only');
	const second = await hostAt(path.join(home, 'second'), port);
	const bob = await Peer.login(second.address, 'bob');
	const [stranger] = await once(alice.session, 'stranger');
	expect(stranger).toMatchObject({wants: 'lines', waiting: 1});
	const later = alice.session.send(['bob'], 'nor this');
	alice.session.distrust();
	expect(alice.states.get(post?.id ?? 0)).toBe('refused');
	expect(alice.states.get(later?.id ?? 0)).toBe('refused');
	expect(alice.notices).toContain('STRANGER to bob: it waited for another host');
	alice.session.send(['bob'], 'for the second');
	expect(await bob.line()).toBe('from alice: for the second');
});

it('what waited for one host goes to another one once the person says so, also after the program was ended', async () => {
	const home = await newFolder();
	const first = await hostAt(path.join(home, 'first'));
	const {port} = first.address;
	const early = await Talker.join(port, 'alice', home);
	await first.close();
	early.session.send(['bob'], 'one');
	const second = await hostAt(path.join(home, 'second'), port);
	await once(early.session, 'stranger');
	await early.stop();
	const bob = await Peer.login(second.address, 'bob');
	const alice = await Talker.make(port, 'alice', home);
	const [stranger] = await once(alice.session, 'stranger');
	expect(stranger).toMatchObject({waiting: 1});
	alice.session.send(['bob'], 'two');
	alice.session.trust(stranger.srv);
	expect(await bob.take(2)).toEqual(['from alice: one', 'from alice: two']);
	await expect.poll(() => [...alice.states.values()]).toEqual(['accepted', 'accepted']);
});

it('nothing is signed for another host until the person says so', async () => {
	const home = await newFolder();
	const elsewhere = await hostAt(path.join(home, 'second'));
	await (await Talker.join(elsewhere.address.port, 'alice', home, 'elsewhere')).stop();
	await elsewhere.close();
	const first = await hostAt(path.join(home, 'first'));
	const {port} = first.address;
	const alice = await Talker.join(port, 'alice', home);
	await first.close();
	await hostAt(path.join(home, 'second'), port);
	const [stranger] = await once(alice.session, 'stranger');
	expect(stranger).toMatchObject({wants: 'signature'});
	await expect.poll(() => alice.session.status).toMatchObject({phase: 'stopped', reason: {code: 'STRANGER'}});
	alice.session.trust(stranger.srv);
	await expect.poll(() => alice.session.status.phase).toBe('open');
});

it('plain and extended people talk to each other', async () => {
	const home = await newFolder();
	const {address} = await hostAt(undefined);
	const alice = await Talker.join(address.port, 'alice', home);
	const nc = await Peer.login(address, 'nc');
	nc.send('alice: from nc');
	await expect.poll(() => alice.texts).toEqual(['from nc']);
	const post = alice.session.send(['nc'], 'to nc');
	expect(await nc.line()).toBe('from alice: to nc');
	await expect.poll(() => alice.told).toEqual([`${post?.id} nc sent`]);
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

it('while another host is in question, what it tells is shown and moves nothing of what belongs to the first', async () => {
	const home = await newFolder();
	const first = await hostAt(path.join(home, 'first'));
	const {port} = first.address;
	const {welcome: {srv = ''} = {}} = await ExtendedPeer.join(first.address, 'carol');
	const alice = await Talker.join(port, 'alice', home);
	const early = await Peer.login(first.address, 'bob');
	early.send('alice: from the first');
	await expect.poll(() => alice.texts, {timeout: 10_000}).toEqual(['from the first']);
	await first.close();
	const asked = once(alice.session, 'stranger');
	alice.session.send(['bob'], 'waits');
	const second = await hostAt(path.join(home, 'second'), port);
	await asked;
	const bob = await Peer.login(second.address, 'bob');
	bob.send(...Array.from({length: 5}, (_, at) => `alice: from the second ${at}`));
	await expect.poll(() => alice.texts.length, {timeout: 10_000}).toBe(6);
	await alice.stop();

	const {held, close} = await openSessionStore(path.join(home, 'alice'));
	await close();
	const [known, last] = [held.messages[0]?.n, held.messages.at(-1)?.n];
	expect(held.messages.map(({text}) => text).slice(0, 2)).toEqual(['from the first', 'from the second 0']);
	expect(last).toBeGreaterThan(known ?? 0);
	expect(held.cursor?.seen).toBe(known);
	expect(held.outbox.map(({text}) => text)).toEqual(['waits']);
	expect(held.cursor?.srv).toBe(srv);
});

it('what an earlier session left behind is not taken back, what was said since is', async () => {
	const home = await newFolder();
	const host = await hostAt(path.join(home, 'host'));
	const {port} = host.address;
	await (await Talker.join(port, 'alice', home)).stop();
	await host.close();
	const lonely = await Talker.make(port, 'alice', home);
	lonely.session.send(['bob'], 'left');
	await lonely.stop();

	const alice = await Talker.make(port, 'alice', home);
	expect(alice.left).toEqual(['left']);
	alice.session.send(['bob'], 'new');
	expect(alice.session.takeBack()?.text).toBe('new');
	expect(alice.session.takeBack()).toBeUndefined();
	await alice.stop();
	const {held, close} = await openSessionStore(path.join(home, 'alice'));
	await close();
	expect(held.outbox.map(({text}) => text)).toEqual(['left']);
});
