import {once} from 'node:events';
import path from 'node:path';
import {expect, it} from 'vitest';
import {openSessionStore} from '../../../source/session/store/session-store.ts';
import {ExtendedPeer} from '../../support/extended-peer.ts';
import {Peer} from '../../support/peer.ts';
import {hostAt, newFolder, Talker} from './talker.ts';

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

it('while another host is in question, what it tells is shown and moves nothing of what belongs to the first', async () => {
	const home = await newFolder();
	const first = await hostAt(path.join(home, 'first'));
	const {port} = first.address;
	const {welcome: {srv = ''} = {}} = await ExtendedPeer.join(first.address, 'carol');
	const alice = await Talker.join(port, 'alice', home);
	const early = await Peer.login(first.address, 'bob');
	early.send('alice: from the first');
	await expect.poll(() => alice.texts).toEqual(['from the first']);
	await first.close();
	const asked = once(alice.session, 'stranger');
	alice.session.send(['bob'], 'waits');
	const second = await hostAt(path.join(home, 'second'), port);
	await asked;
	const bob = await Peer.login(second.address, 'bob');
	bob.send(...Array.from({length: 5}, (_, at) => `alice: from the second ${at}`));
	await expect.poll(() => alice.texts.length).toBe(6);
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
