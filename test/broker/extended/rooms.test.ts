import {describe, expect, it} from 'vitest';
import {ExtendedPeer, TestKey} from '../../support/extended-peer.ts';
import {Peer} from '../../support/peer.ts';
import {start} from '../start.ts';

describe('a room', () => {
	it('is made by whoever enters it first; its members hear each other, and who comes and goes', async () => {
		const {address} = await start();
		const alice = await ExtendedPeer.join(address, 'alice');
		const bob = await ExtendedPeer.join(address, 'bob');
		alice.say({type: 'room-join', room: '#Dev'});
		expect(await alice.next()).toEqual({type: 'room-joined', room: '#Dev', login: 'alice'});
		bob.say({type: 'send', key: 'k0', to: ['#dev'], text: 'let me in'});
		expect(await bob.expect('fail')).toMatchObject({code: 'FORBIDDEN', to: '#dev'});
		bob.say({type: 'room-join', room: '#dev'});
		await bob.expect('room-joined');
		expect(await alice.next()).toEqual({type: 'room-joined', room: '#Dev', login: 'bob'});
		await bob.send('k1', ['#dev'], 'hi all');
		expect(await alice.expect('msg')).toMatchObject({from: 'bob', to: ['#dev'], text: 'hi all'});
		bob.say({type: 'rooms', req: 'r1'});
		expect(await bob.next()).toEqual({type: 'room', req: 'r1', room: '#Dev', members: 2});
		expect(await bob.next()).toEqual({type: 'end', req: 'r1'});
		bob.say({type: 'room-leave', room: '#dev'});
		expect(await alice.next()).toEqual({type: 'room-left', room: '#Dev', login: 'bob'});
	});

	it('that was left still acknowledges what was sent to it, and takes nothing new', async () => {
		const {address} = await start();
		const before = await ExtendedPeer.join(address, 'alice');
		before.say({type: 'room-join', room: '#dev'});
		await before.expect('room-joined');
		const {ack} = await before.send('k1', ['#dev'], 'one');
		// A guest is in no room any more when it comes back.
		await before.peer.leave();
		const alice = await ExtendedPeer.join(address, 'alice', {srv: before.welcome?.srv, seen: ack.n});
		expect((await alice.send('k1', ['#dev'], 'one')).ack).toEqual({...ack, dup: true});
		alice.say({type: 'send', key: 'k1', to: ['#dev'], text: 'another'});
		expect(await alice.expect('fail')).toMatchObject({code: 'KEY_REUSED', key: 'k1'});
		alice.say({type: 'send', key: 'k2', to: ['#dev'], text: 'two'});
		expect(await alice.expect('fail')).toMatchObject({code: 'FORBIDDEN', key: 'k2', to: '#dev'});
		alice.peer.send('#dev: three');
		expect(await alice.expect('fail')).toMatchObject({code: 'FORBIDDEN', to: '#dev'});
		alice.say({type: 'typing', to: ['#dev'], state: 'active'});
		expect(await alice.expect('fail')).toMatchObject({code: 'FORBIDDEN', verb: 'typing', to: '#dev'});
	});

	it('is remembered, and what was said meanwhile comes from the log, without a mailbox', async () => {
		const {address} = await start();
		const key = new TestKey();
		const alice = await ExtendedPeer.join(address, 'alice', {key});
		const bob = await ExtendedPeer.join(address, 'bob');
		for (const one of [alice, bob]) {
			one.say({type: 'room-join', room: '#dev'});
			await one.expect('room-joined');
		}
		await alice.peer.leave();
		// More than a mailbox would take.
		for (let i = 0; i < 1100; i++) bob.say({type: 'send', key: `k${i}`, to: ['#dev'], text: `${i}`});
		for (let i = 0; i < 1100; i++) await bob.expect('ack');
		const back = await ExtendedPeer.hello(address, 'alice', {pub: key.pub});
		const {nonce, srv} = await back.expect('challenge');
		back.say({type: 'auth', sig: key.sign(srv, nonce, 'alice')});
		const messages = (await back.until('live')).filter(line => line.type === 'msg');
		expect(messages.map(({text}) => text)).toEqual(Array.from({length: 1100}, (_, i) => `${i}`));
	});
});

describe('what was said', () => {
	it('is found again by whoever took part, in pages, and by nobody else', async () => {
		const {address} = await start();
		const alice = await ExtendedPeer.join(address, 'alice', {key: new TestKey()});
		const bob = await ExtendedPeer.join(address, 'bob', {key: new TestKey()});
		const eve = await ExtendedPeer.join(address, 'eve', {key: new TestKey()});
		for (let i = 0; i < 5; i++) await alice.send(`k${i}`, ['bob'], `word${i} tea`);
		await alice.send('k9', ['bob', 'eve'], 'for both');
		await bob.until('msg');
		for (let i = 0; i < 5; i++) await bob.expect('msg');
		await eve.expect('msg');

		bob.say({type: 'history', with: ['ALICE'], limit: 3, req: 'h1'});
		const page = await bob.until('end');
		expect(page.map(line => (line.type === 'msg' ? line.text : line))).toEqual([
			...['word2 tea', 'word3 tea', 'word4 tea'],
			{type: 'end', req: 'h1', more: true},
		]);
		const [first] = page;
		expect(first).not.toHaveProperty('prev');
		bob.say({type: 'history', with: ['alice'], before: first?.type === 'msg' ? first.n : 0, req: 'h2'});
		expect((await bob.until('end')).map(line => line.type === 'msg' && line.text)).toEqual([
			'word0 tea',
			'word1 tea',
			false,
		]);
		bob.say({type: 'history', with: ['eve', 'alice'], req: 'h3'});
		expect((await bob.until('end')).map(line => line.type === 'msg' && line.text)).toEqual([
			'for both',
			false,
		]);

		for (const ask of [
			{type: 'history', with: ['alice', 'bob'], req: 'x'},
			{type: 'search', req: 'x', text: 'tea'},
		] as const) {
			eve.say(ask);
			const lines = await eve.until('end');
			expect(lines.filter(line => line.type === 'msg' && line.text !== 'for both')).toEqual([]);
		}
		bob.say({type: 'search', req: 's1', text: 'TEA word3'});
		expect((await bob.until('end')).map(line => line.type === 'msg' && line.text)).toEqual([
			'word3 tea',
			false,
		]);
	});

	it('is not shown to a later owner of the name', async () => {
		const {address} = await start();
		const carol = await ExtendedPeer.join(address, 'carol', {key: new TestKey()});
		const guest = await ExtendedPeer.join(address, 'bob');
		await carol.send('k1', ['bob'], 'a secret');
		await guest.peer.leave();
		const later = await ExtendedPeer.join(address, 'bob', {key: new TestKey()});
		for (const ask of [
			{type: 'history', with: ['carol'], req: 'x'},
			{type: 'search', req: 'x', text: 'secret'},
		] as const) {
			later.say(ask);
			expect(await later.next()).toEqual({type: 'end', req: 'x'});
		}
	});
});

describe('who is here', () => {
	it('is told on request, and when it changes; who only blinked was never away', async () => {
		const {address} = await start();
		const nc = await Peer.login(address, 'nc');
		const alice = await ExtendedPeer.withAll(address, 'alice');
		alice.say({type: 'who', req: 'w1'});
		expect(await alice.until('end')).toEqual([
			{type: 'user', req: 'w1', login: 'nc', state: 'here', kind: 'plain'},
			{type: 'user', req: 'w1', login: 'alice', state: 'here', kind: 'extended'},
			{type: 'end', req: 'w1'},
		]);
		// The news of the first ones.
		await alice.until('join');
		await alice.until('join');
		const bob = await ExtendedPeer.withAll(address, 'bob');
		expect((await alice.until('join')).at(-1)).toEqual({type: 'join', login: 'bob'});
		bob.say({type: 'state', state: 'away', text: 'lunch'});
		expect((await alice.until('user')).at(-1)).toEqual({
			type: 'user',
			login: 'bob',
			state: 'away',
			kind: 'extended',
			text: 'lunch',
		});
		bob.say({type: 'typing', to: ['alice', 'nc'], state: 'active'});
		expect(await alice.next()).toEqual({type: 'typing', from: 'bob', to: ['alice', 'nc'], state: 'active'});
		await nc.leave();
		await (await Peer.login(address, 'nc')).leave();
		expect((await alice.until('leave')).at(-1)).toEqual({type: 'leave', login: 'nc'});
	});
});
