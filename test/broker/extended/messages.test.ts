import {describe, expect, it} from 'vitest';
import {ExtendedPeer, TestKey} from '../../support/extended-peer.ts';
import {Peer} from '../../support/peer.ts';
import {start} from '../start.ts';

describe('a message between two who speak a-chat/1', () => {
	it('is acknowledged, delivered, and its confirmation told', async () => {
		const {address} = await start();
		const alice = await ExtendedPeer.join(address, 'alice');
		const bob = await ExtendedPeer.join(address, 'bob');
		const {ack, states} = await alice.send('k1', ['bob'], 'are you there? see http://x/y :)');
		expect(ack).toMatchObject({key: 'k1', n: 1, to: ['bob'], stored: 'memory'});
		expect(states).toEqual(['queued']);
		const message = await bob.expect('msg');
		expect(message).toMatchObject({
			n: 1,
			prev: 0,
			id: ack.id,
			from: 'alice',
			to: ['bob'],
			text: 'are you there? see http://x/y :)',
		});
		bob.say({type: 'got', n: 1});
		expect(await alice.expect('status')).toEqual({type: 'status', id: ack.id, to: 'bob', state: 'delivered'});
	});

	it('that is sent again is acknowledged again and delivered once', async () => {
		const {address} = await start();
		const alice = await ExtendedPeer.join(address, 'alice');
		const bob = await ExtendedPeer.join(address, 'bob');
		const first = await alice.send('k1', ['bob'], 'one');
		const again = await alice.send('k1', ['bob'], 'one');
		expect(again.ack).toEqual({...first.ack, dup: true});
		await alice.send('k2', ['bob'], 'two');
		expect([(await bob.expect('msg')).text, (await bob.expect('msg')).text]).toEqual(['one', 'two']);
	});

	it('with the key of another one is refused', async () => {
		const {address} = await start();
		const alice = await ExtendedPeer.join(address, 'alice');
		await alice.send('k1', ['carol'], 'one');
		alice.say({type: 'send', key: 'k1', to: ['carol'], text: 'two'});
		expect(await alice.expect('fail')).toMatchObject({code: 'KEY_REUSED', key: 'k1'});
		// Recipients in another order and case are the same message.
		await alice.send('k2', ['carol', 'Dave'], 'three');
		expect((await alice.send('k2', ['dave', 'carol'], 'three')).ack.dup).toBe(true);
	});

	it('is told to be delivered when it is brought to a client that confirms nothing', async () => {
		const {address} = await start();
		const alice = await ExtendedPeer.join(address, 'alice');
		await (await ExtendedPeer.join(address, 'bob', {caps: []})).peer.leave();
		const {ack, states} = await alice.send('k1', ['bob'], 'one');
		expect(states).toEqual(['queued']);
		const bob = await ExtendedPeer.hello(address, 'bob', {caps: []});
		expect((await bob.until('live')).map(({type}) => type)).toEqual(['welcome', 'msg', 'live']);
		expect(await alice.expect('status')).toEqual({type: 'status', id: ack.id, to: 'bob', state: 'delivered'});
		expect((await alice.send('k2', ['bob'], 'two')).states).toEqual(['delivered']);
		alice.say({type: 'ping', n: 1});
		expect(await alice.next()).toEqual({type: 'pong', n: 1});
	});

	it('to oneself is only acknowledged', async () => {
		const {address} = await start();
		const alice = await ExtendedPeer.join(address, 'alice');
		await alice.send('k1', ['alice'], 'a note');
		alice.say({type: 'ping', n: 7});
		expect(await alice.next()).toEqual({type: 'pong', n: 7});
	});

	it('goes to whoever has the name then, however often it was written to before', async () => {
		const {address} = await start();
		const alice = await ExtendedPeer.join(address, 'alice');
		let count = 0;
		const send = async () => (await alice.send(`k${++count}`, ['bob'], String(count))).states;
		expect([await send(), await send()]).toEqual([['absent'], ['absent']]);
		const plain = await Peer.login(address, 'bob');
		expect([await send(), await send()]).toEqual([['sent'], ['sent']]);
		expect([await plain.line(), await plain.line()]).toEqual(['from alice: 3', 'from alice: 4']);
		await plain.leave();
		expect(await send()).toEqual(['absent']);
		const bob = await ExtendedPeer.join(address, 'bob');
		expect(await send()).toEqual(['queued']);
		expect((await bob.expect('msg')).text).toBe('6');
		// Who has left may be back soon.
		await bob.peer.leave();
		expect(await send()).toEqual(['queued']);
	});

	it('to nobody is kept nowhere and told', async () => {
		const {address} = await start();
		const alice = await ExtendedPeer.join(address, 'alice');
		expect((await alice.send('k1', ['nobody', 'alice'], 'hi')).states).toEqual(['absent', 'delivered']);
	});
});

describe('a message that is asked for again', () => {
	it('was absent for whoever came later under that name', async () => {
		const {address} = await start();
		const alice = await ExtendedPeer.join(address, 'alice');
		expect((await alice.send('k1', ['bob'], 'one')).states).toEqual(['absent']);
		await ExtendedPeer.join(address, 'bob');
		expect((await alice.send('k1', ['bob'], 'one')).states).toEqual(['absent']);
	});

	it('was sent to a plain peer, whoever has its name now, and however it is written', async () => {
		const {address} = await start();
		const alice = await ExtendedPeer.join(address, 'alice');
		const plain = await Peer.login(address, 'bob');
		expect((await alice.send('k1', ['bob'], 'one')).states).toEqual(['sent']);
		await plain.leave();
		expect((await alice.send('k1', ['BOB'], 'one')).states).toEqual(['sent']);
		await ExtendedPeer.join(address, 'bob');
		expect((await alice.send('k1', ['bob'], 'one')).states).toEqual(['sent']);
	});
});

describe('beside plain peers', () => {
	it('nobody notices anything: they get and send lines as ever', async () => {
		const {address} = await start();
		const alice = await ExtendedPeer.join(address, 'alice');
		const bob = await Peer.login(address, 'bob');
		expect((await alice.send('k1', ['bob'], '  hi  ')).states).toEqual(['sent']);
		expect(await bob.line()).toBe('from alice:   hi  ');
		alice.say({type: 'send', key: 'k2', to: ['bob'], ml: true, text: 'one%0A50 %25'});
		expect(await bob.take(2)).toEqual(['from alice: one', 'from alice: 50 %']);
		alice.say({type: 'send', key: 'k3', to: ['bob'], act: true, text: 'waves'});
		expect(await bob.line()).toBe('from alice: * waves');
		await alice.until('ack');
		bob.send('alice, bob: hello \u001B[2J');
		expect(await bob.line()).toBe('from bob: hello \uFFFD[2J');
		const lines = await alice.until('msg');
		expect(lines.at(-1)).toMatchObject({from: 'bob', to: ['alice', 'bob'], text: 'hello \uFFFD[2J'});
	});

	it('the order of one sender stays, whoever it writes to', async () => {
		const {address} = await start();
		const alice = await ExtendedPeer.join(address, 'alice');
		const carol = await Peer.login(address, 'carol');
		const bob = await Peer.login(address, 'bob');
		const count = 500;
		for (let i = 0; i < count; i++) bob.send(`alice, carol: ${i}`, `carol: only ${i}`);
		const expected = Array.from({length: count}, (_, i) => [`from bob: ${i}`, `from bob: only ${i}`]).flat();
		expect(await carol.take(2 * count)).toEqual(expected);
		for (let i = 0; i < count; i++) expect((await alice.expect('msg')).text).toBe(String(i));
	});

	it('a full mailbox keeps a plain line from nobody else', async () => {
		const {address} = await start();
		const key = new TestKey();
		await (await ExtendedPeer.join(address, 'alice', {key})).peer.leave();
		const carol = await Peer.login(address, 'carol');
		const bob = await Peer.login(address, 'bob');
		for (let i = 0; i < 510; i++) bob.send(`alice, carol: ${i}`);
		expect((await carol.take(510)).at(-1)).toBe('from bob: 509');
		const back = await ExtendedPeer.hello(address, 'alice', {pub: key.pub});
		const {nonce, srv} = await back.expect('challenge');
		back.say({type: 'auth', sig: key.sign(srv, nonce, 'alice')});
		expect((await back.until('live')).filter(({type}) => type === 'msg')).toHaveLength(500);
	});

	it('destinations that are no names are nobody, and the others get a line that can be read', async () => {
		const {address} = await start();
		const alice = await ExtendedPeer.join(address, 'alice');
		const bob = await Peer.login(address, 'bob');
		bob.send('alice, b\u0007b, a b, \u202Ex, , nobody: hi');
		expect(await alice.expect('msg')).toMatchObject({to: ['alice', 'nobody'], text: 'hi'});
	});

	it('a line of the plain dialect may be sent as well', async () => {
		const {address} = await start();
		const alice = await ExtendedPeer.join(address, 'alice');
		const bob = await Peer.login(address, 'bob');
		alice.peer.send('bob: hi');
		expect(await bob.line()).toBe('from alice: hi');
		expect(await alice.expect('ack')).not.toHaveProperty('key');
	});
});

describe('whatever somebody writes', () => {
	it('a control in a plain line of an a-chat/1 client is shown as one', async () => {
		const {address} = await start();
		const alice = await ExtendedPeer.join(address, 'alice');
		const bob = await ExtendedPeer.join(address, 'bob');
		alice.peer.send('bob: a\u0007\u001B[2J\u0085b');
		expect((await bob.expect('msg')).text).toBe('a\uFFFD\uFFFD[2J\uFFFDb');
	});

	it('a line that grows by its controls is cut, and fits what a client takes', async () => {
		const {address} = await start();
		const alice = await ExtendedPeer.join(address, 'alice');
		const nc = await Peer.login(address, 'nc');
		const dave = await Peer.login(address, 'dave');
		nc.send(`alice, dave: ${'\u0001'.repeat(65_000)}`);
		const {text} = await alice.expect('msg');
		expect(text).toMatch(/^\uFFFD{21845}$/u);
		expect(Buffer.byteLength(await dave.line())).toBeLessThan(73_728);
	});

	it('many short lines in one message come as so many, whatever that adds up to', async () => {
		const {address} = await start();
		const login = 'ß'.repeat(32);
		const alice = await ExtendedPeer.join(address, login);
		const nc = await Peer.login(address, 'nc');
		alice.say({type: 'send', key: 'k1', to: ['nc'], ml: true, text: '%0A'.repeat(1365)});
		expect(new Set(await nc.take(1366))).toEqual(new Set([`from ${login}: `]));
	});

	it('what is posted right behind something that was just done is done too', async () => {
		const {address} = await start();
		const alice = await ExtendedPeer.join(address, 'alice');
		const lines = Array.from({length: 256}, (_, i) => `@send key=k${i} to=#x :hi`);
		alice.peer.send('@room-join room=#x', ...lines, '@who req=w', '@send key=last to=#x :hi');
		let key: string | undefined;
		while (key !== 'last') {
			const line = await alice.next();
			if (line.type === 'ack') key = line.key;
		}
		expect(key).toBe('last');
	});
});

describe('what is refused', () => {
	it.each([
		['too many recipients', {to: Array.from({length: 21}, (_, i) => `p${i}`)}, {code: 'TOO_MANY_DESTS'}],
		['a text too long', {text: 'é'.repeat(2049)}, {code: 'TEXT_TOO_LONG'}],
		['a name that is none', {to: ['bob', 'a b']}, {code: 'BAD_NAME', to: 'a b'}],
		['a room that is not there', {to: ['#dev']}, {code: 'NO_SUCH_ROOM', to: '#dev'}],
	])('%s, with its key, and nobody gets it', async (_, change, fault) => {
		const {address} = await start();
		const alice = await ExtendedPeer.join(address, 'alice');
		const bob = await Peer.login(address, 'bob');
		alice.say({type: 'send', key: 'k1', to: ['bob'], text: 'hi', ...change});
		expect(await alice.expect('fail')).toMatchObject({key: 'k1', ...fault});
		await alice.send('k2', ['bob'], 'next');
		expect(await bob.line()).toBe('from alice: next');
	});
});
