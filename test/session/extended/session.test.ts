import {once} from 'node:events';
import {createServer} from 'node:net';
import path from 'node:path';
import {expect, it, onTestFinished} from 'vitest';
import {openSessionStore} from '../../../source/session/store/session-store.ts';
import {startForeignServer} from '../../support/foreign-server.ts';
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
	await expect.poll(() => alice.states.size).toBe(21);
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
	await expect.poll(() => bob.texts).toEqual(['one', 'two']);
	await expect.poll(() => [...alice.states.values()]).toEqual(['accepted', 'accepted']);
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
	await expect.poll(() => lines.length).toBeGreaterThan(1);
	expect(lines.join('')).not.toContain('secret');
	await alice.stop();
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

it('a name that a busy host refuses late stops a session that was never in', async () => {
	const server = await startForeignServer();
	const alice = await Talker.join(server.port, 'alice', await newFolder());
	(await server.accept()).end('@bye code=NAME_TAKEN :the name "alice" is taken\n');
	await expect
		.poll(() => alice.session.status)
		.toMatchObject({phase: 'stopped', reason: {code: 'NAME_TAKEN'}});
});
