import {describe, expect, it} from 'vitest';
import {temporaryFolder} from '../../support/environment.ts';
import {ExtendedPeer, TestKey} from '../../support/extended-peer.ts';
import {Peer} from '../../support/peer.ts';
import {happens, start} from '../start.ts';

describe('the hello', () => {
	it('is answered with what the host offers', async () => {
		const {address} = await start();
		const {welcome} = await ExtendedPeer.join(address, 'Alice');
		expect(welcome).toMatchObject({
			'a-chat': 1,
			you: 'Alice',
			n: 0,
			stored: 'memory',
			text: 4096,
			line: 8192,
			dests: 20,
		});
	});

	it('of a version that there is not leaves the peer a plain one', async () => {
		const {address} = await start();
		const peer = await Peer.connect(address);
		peer.send('alice', '@hello a-chat=2', 'alice: still plain');
		expect(await peer.line()).toBe('from alice: still plain');
	});

	it('counts only right behind the login', async () => {
		const {address} = await start();
		const peer = await Peer.login(address, 'alice');
		peer.send('@hello a-chat=1', 'alice: still plain');
		expect(await peer.line()).toBe('from alice: still plain');
	});

	it.each([
		'@hello a-chat=',
		'@hello a-chat=1 a-chat=1',
		'@hello a-chat=1 pub=short',
		'@hello a-chat=1 seen=x',
	])('that is none is refused: %s', async line => {
		const {address} = await start();
		const peer = await Peer.connect(address);
		peer.send('alice', line);
		expect(await peer.line()).toMatch(/^@fail code=BAD_SYNTAX verb=hello :/);
		expect(await peer.line()).toMatch(/^@bye code=BAD_SYNTAX :/);
		expect(await peer.ended).toBe('FIN');
	});

	it('with a name that is taken is refused in its own dialect, a plain peer in the plain one', async () => {
		const {address} = await start();
		await ExtendedPeer.join(address, 'alice');
		const other = await ExtendedPeer.hello(address, 'ALICE');
		expect(await other.next()).toMatchObject({type: 'fail', code: 'NAME_TAKEN'});
		expect(await other.next()).toMatchObject({type: 'bye', code: 'NAME_TAKEN'});
		const plain = await Peer.connect(address);
		plain.send('alice');
		expect(await plain.line()).toBe('from server: the name "alice" is taken');
	});
});

describe('a line', () => {
	it('of more than 8 KiB ends the connection', async () => {
		const {address} = await start();
		const alice = await ExtendedPeer.join(address, 'alice');
		alice.peer.send(`@send key=k to=bob :${'x'.repeat(8192)}`);
		expect(await alice.next()).toMatchObject({type: 'bye', code: 'LINE_TOO_LONG'});
	});

	it('that is cut by the end of the stream is not executed', async () => {
		const {address} = await start();
		const bob = await Peer.login(address, 'bob');
		const alice = await ExtendedPeer.join(address, 'alice');
		alice.peer.write('@send key=k1 to=bob :whole\n@send key=k2 to=bob :cu');
		alice.peer.end();
		expect(await bob.line()).toBe('from alice: whole');
		await alice.peer.ended;
		expect(bob.lines).toEqual([]);
		// What was sent before the end is answered.
		expect(alice.peer.lines.map(line => line.split(' ')[0])).toEqual(['@ack', '@status']);
	});

	it('that nobody understands is refused, and the connection goes on', async () => {
		const {address} = await start();
		const alice = await ExtendedPeer.join(address, 'alice');
		alice.peer.send(
			'@fetch req=r1',
			'@got n=5',
			'@send key=k1 to=bob',
			'@hello a-chat=1',
			'@send key=k2 to=bob :a\u0007',
		);
		const codes = [];
		for (let i = 0; i < 5; i++) codes.push((await alice.expect('fail')).code);
		expect(codes).toEqual(['UNKNOWN_VERB', 'BAD_SYNTAX', 'BAD_SYNTAX', 'BAD_SYNTAX', 'BAD_TEXT']);
	});
});

describe('a name that is bound to a key', () => {
	it('is let in with the key only', async () => {
		const {address} = await start();
		const key = new TestKey();
		const alice = await ExtendedPeer.join(address, 'alice', {key});
		await alice.peer.leave();

		const guest = await ExtendedPeer.hello(address, 'alice');
		expect(await guest.next()).toMatchObject({type: 'fail', code: 'AUTH_REQUIRED'});
		const other = await ExtendedPeer.hello(address, 'Alice', {pub: new TestKey().pub});
		expect(await other.next()).toMatchObject({type: 'fail', code: 'NAME_TAKEN'});
		const plain = await Peer.connect(address);
		plain.send('alice');
		expect(await plain.line()).toBe('from server: the name "alice" is taken');
		await ExtendedPeer.join(address, 'alice', {key});
	});

	it('is one of so many an hour from one address, which keeps out nobody who has one or wants none', async () => {
		const {address} = await start({namesAnHour: 2});
		const [alice, bob] = [new TestKey(), new TestKey()];
		const first = await ExtendedPeer.join(address, 'alice', {key: alice});
		await ExtendedPeer.join(address, 'bob', {key: bob});
		const carol = await ExtendedPeer.hello(address, 'carol', {pub: new TestKey().pub});
		const fail = await carol.expect('fail');
		expect(fail).toMatchObject({code: 'RATE_LIMITED', verb: 'hello'});
		// A name is free again each half an hour.
		expect(fail.retry).toBeGreaterThan(1700);
		expect(fail.retry).toBeLessThanOrEqual(1800);
		expect(await carol.expect('bye')).toMatchObject({code: 'RATE_LIMITED'});
		expect(await carol.peer.ended).toBe('FIN');
		await first.peer.leave();
		await ExtendedPeer.join(address, 'alice', {key: alice});
		await ExtendedPeer.join(address, 'carol');
		await ExtendedPeer.join(address, 'dora', {role: 'send', pub: new TestKey().pub});
	});

	it('is not got by somebody plain who waited for it while it was bound', async () => {
		const {address} = await start({nameRetryMs: 5000});
		const first = await Peer.connect(address);
		first.send('alice');
		const waiting = await Peer.connect(address);
		const asked = await Peer.login(address, 'bob');
		waiting.send('alice', 'bob: I am alice');
		await asked.leave();
		await Peer.login(address, 'bob');
		const key = new TestKey();
		first.send(`@hello a-chat=1 pub=${key.pub}`);
		expect(await first.line()).toMatch(/^@welcome /);
		first.reset();
		expect(await waiting.line()).toBe('from server: the name "alice" is taken');
		await ExtendedPeer.join(address, 'alice', {key});
	});

	it('is not let in with a signature of another key, nonce, host, or name, nor with an old one', async () => {
		const {address} = await start();
		const key = new TestKey();
		const alice = await ExtendedPeer.join(address, 'alice', {key});
		const srv = alice.welcome?.srv ?? '';
		const attempts = [
			(nonce: string) => new TestKey().sign(srv, nonce, 'alice'),
			(nonce: string) => key.sign('elsewhere', nonce, 'alice'),
			(nonce: string) => key.sign(srv, nonce, 'bob'),
			(nonce: string) => key.sign(srv, `${nonce}A`, 'alice'),
			() => 'AAAA',
		];
		for (const attempt of attempts) {
			const one = await ExtendedPeer.hello(address, 'alice', {pub: key.pub});
			const {nonce} = await one.expect('challenge');
			one.say({type: 'auth', sig: attempt(nonce)});
			expect(await one.next()).toMatchObject({type: 'fail', code: 'AUTH_FAILED'});
		}
		alice.say({type: 'ping', n: 1});
		expect(await alice.next()).toEqual({type: 'pong', n: 1});
	});

	it('nothing is done for whoever has not answered the challenge', async () => {
		const {address} = await start();
		const key = new TestKey();
		await ExtendedPeer.join(address, 'alice', {key});
		const bob = await Peer.login(address, 'bob');
		const thief = await ExtendedPeer.hello(address, 'alice', {pub: key.pub});
		await thief.expect('challenge');
		thief.say({type: 'send', key: 'k1', to: ['bob'], text: 'I am alice'});
		expect(await thief.next()).toMatchObject({type: 'fail', code: 'AUTH_REQUIRED'});
		bob.send('bob: mark');
		expect(await bob.line()).toBe('from bob: mark');
	});

	it('goes to its newer session, and what the older one sent comes first', async () => {
		const {address} = await start();
		const key = new TestKey();
		const bob = await Peer.login(address, 'bob');
		const first = await ExtendedPeer.join(address, 'alice', {key});
		first.say({type: 'send', key: 'k1', to: ['bob'], text: 'from the first'});
		const second = await ExtendedPeer.hello(address, 'alice', {pub: key.pub});
		const {nonce, srv} = await second.expect('challenge');
		second.say({type: 'auth', sig: key.sign(srv, nonce, 'alice')});
		second.say({type: 'send', key: 'k2', to: ['bob'], text: 'from the second'});
		expect((await first.until('bye')).at(-1)).toMatchObject({code: 'TAKEN_OVER'});
		await second.until('live');
		expect(await bob.take(2)).toEqual(['from alice: from the first', 'from alice: from the second']);
	});
});

describe('who was away', () => {
	it('gets what was kept meanwhile, in order and once, then what is live', async () => {
		const {address} = await start();
		const key = new TestKey();
		const carol = await ExtendedPeer.join(address, 'carol');
		const alice = await ExtendedPeer.join(address, 'alice', {key});
		const srv = alice.welcome?.srv ?? '';
		await carol.send('k0', ['alice'], 'zero');
		expect((await alice.expect('msg')).n).toBe(1);
		await alice.peer.leave();
		const nc = await Peer.login(address, 'nc');
		nc.send('alice: plain');
		for (let i = 1; i <= 240; i++) carol.say({type: 'send', key: `k${i}`, to: ['alice'], text: `${i}`});
		await carol.expect('ack');
		for (let i = 1; i < 240; i++) await carol.until('ack');
		await carol.expect('status');

		const back = await ExtendedPeer.hello(address, 'alice', {pub: key.pub, srv, seen: 1});
		const {nonce} = await back.expect('challenge');
		back.say({type: 'auth', sig: key.sign(srv, nonce, 'alice')});
		await back.expect('welcome');
		const lines = await back.until('live');
		const messages = lines.filter(line => line.type === 'msg');
		expect(messages.map(({text}) => text).filter(text => text !== 'plain')).toEqual(
			Array.from({length: 240}, (_, i) => `${i + 1}`),
		);
		expect(messages.map(({text}) => text)).toContain('plain');
		let last = 1;
		for (const {n, prev} of messages) {
			expect(prev).toBe(last);
			last = n ?? 0;
		}
		// That the first one was stored was told by the cursor only.
		expect(await carol.expect('status')).toMatchObject({to: 'alice', state: 'delivered'});
		await carol.send('live', ['alice'], 'now');
		expect(await back.expect('msg')).toMatchObject({text: 'now', prev: last});
	});

	it('is told again what went out before the connection ended, unless it has answered since', async () => {
		const {address} = await start({pingMs: 300});
		const key = new TestKey();
		const alice = await ExtendedPeer.join(address, 'alice', {key});
		const bob = await ExtendedPeer.join(address, 'bob');
		const {ack} = await alice.send('k1', ['bob'], 'hi');
		await bob.expect('msg');
		bob.say({type: 'got', n: ack.n ?? 0});
		await alice.expect('status');
		await alice.peer.leave();

		const rejoin = async () => {
			const hello = {pub: key.pub, srv: alice.welcome?.srv, seen: ack.n};
			const back = await ExtendedPeer.hello(address, 'alice', hello);
			const {nonce, srv} = await back.expect('challenge');
			back.say({type: 'auth', sig: key.sign(srv, nonce, 'alice')});
			return back;
		};
		const back = await rejoin();
		expect(await back.until('live')).toMatchObject([
			{type: 'welcome'},
			{type: 'status', id: ack.id, to: 'bob', state: 'delivered'},
			{type: 'live'},
		]);
		await back.expect('ping');
		back.say({type: 'pong', n: 0});
		back.say({type: 'ping', n: 1});
		await back.until('pong');
		await back.peer.leave();
		expect(await (await rejoin()).until('live')).toMatchObject([{type: 'welcome'}, {type: 'live'}]);
	});

	it.each([
		{logins: 1, how: 'until it answers', answers: true},
		{logins: 3, how: 'at three logins without an answer', answers: false},
	])('is told what was confirmed meanwhile $how', async ({logins, answers}) => {
		const broker = await start();
		const key = new TestKey();
		const alice = await ExtendedPeer.join(broker.address, 'alice', {key});
		const bob = await ExtendedPeer.join(broker.address, 'bob');
		const {ack} = await alice.send('k1', ['bob'], 'hi');
		const leave = async (peer: ExtendedPeer) => {
			const left = happens(broker, 'leave', 'alice');
			await peer.peer.leave();
			await left;
		};
		const rejoin = async () => {
			const hello = {pub: key.pub, srv: alice.welcome?.srv, seen: ack.n};
			const back = await ExtendedPeer.hello(broker.address, 'alice', hello);
			const {nonce, srv} = await back.expect('challenge');
			back.say({type: 'auth', sig: key.sign(srv, nonce, 'alice')});
			await back.expect('welcome');
			return back;
		};
		await leave(alice);
		await bob.expect('msg');
		bob.say({type: 'got', n: ack.n ?? 0});
		bob.say({type: 'ping', n: 1});
		await bob.expect('pong');
		for (let login = 0; login < logins; login++) {
			const back = await rejoin();
			expect(await back.next()).toEqual({type: 'status', id: ack.id, to: 'bob', state: 'delivered'});
			expect(await back.next()).toEqual({type: 'live'});
			if (answers) {
				await back.expect('ping');
				back.say({type: 'pong', n: 0});
				back.say({type: 'ping', n: 1});
				await back.expect('pong');
			}
			await leave(back);
		}
		expect(await (await rejoin()).next()).toEqual({type: 'live'});
	});

	it.each([
		['from another store', {srv: 'other', seen: 1}],
		['from the future', {seen: 99}],
	])('with a cursor %s gets what it has not confirmed, and is told of the gap', async (_, cursor) => {
		const {address} = await start();
		const key = new TestKey();
		const carol = await ExtendedPeer.join(address, 'carol');
		const alice = await ExtendedPeer.join(address, 'alice', {key});
		await carol.send('k1', ['alice'], 'one');
		await carol.send('k2', ['alice'], 'two');
		await alice.expect('msg');
		alice.say({type: 'got', n: 1});
		await carol.expect('status');
		const {srv} = alice.welcome ?? {srv: ''};
		const back = await ExtendedPeer.hello(address, 'alice', {pub: key.pub, srv, ...cursor});
		const {nonce} = await back.expect('challenge');
		back.say({type: 'auth', sig: key.sign(srv, nonce, 'alice')});
		await back.expect('welcome');
		expect(await back.expect('gap')).toMatchObject({code: 'CURSOR', to: 1});
		expect(await back.expect('msg')).toMatchObject({n: 2, prev: 1, text: 'two'});
		await back.expect('live');
	});

	it('has a mailbox that one sender cannot fill', async () => {
		const {address} = await start();
		const key = new TestKey();
		const alice = await ExtendedPeer.join(address, 'alice', {key});
		await alice.peer.leave();
		const carol = await ExtendedPeer.join(address, 'carol');
		const dave = await ExtendedPeer.join(address, 'dave');
		for (let i = 0; i < 251; i++) carol.say({type: 'send', key: `k${i}`, to: ['alice'], text: `${i}`});
		for (let i = 0; i < 250; i++) await carol.until('status');
		expect(await carol.next()).toMatchObject({type: 'fail', code: 'MAILBOX_FULL', key: 'k250', to: 'alice'});
		expect((await dave.send('k', ['alice'], 'hi')).states).toEqual(['queued']);
	});
});

describe('a client that is silent', () => {
	it('is asked whether it lives, and ended if it does not answer', async () => {
		const {address} = await start({pingMs: 200, housekeepingMs: 20});
		const alice = await ExtendedPeer.join(address, 'alice');
		const bob = await ExtendedPeer.join(address, 'bob');
		for (let i = 0; i < 3; i++) {
			alice.say({type: 'pong', n: (await alice.expect('ping')).n});
			if (i === 0) await bob.expect('ping');
		}
		expect(await bob.next()).toMatchObject({type: 'bye', code: 'PING_TIMEOUT'});
		alice.say({type: 'ping', n: 5});
		expect((await alice.until('pong')).at(-1)).toEqual({type: 'pong', n: 5});
	});
});

describe('a session only to send', () => {
	it('disturbs nobody who sits there, who sees what it sent', async () => {
		const {address} = await start();
		const key = new TestKey();
		const alice = await ExtendedPeer.join(address, 'alice', {key});
		const bob = await Peer.login(address, 'bob');
		const beside = await ExtendedPeer.join(address, 'alice', {key, role: 'send'});
		await beside.send('k1', ['bob'], 'built');
		expect(await bob.line()).toBe('from alice: built');
		expect(await alice.expect('msg')).toMatchObject({from: 'alice', to: ['bob'], text: 'built'});
		await beside.peer.leave();
		bob.send('alice: still there?');
		expect(await alice.expect('msg')).toMatchObject({text: 'still there?'});
	});

	it('takes no place, if a key tells whose it is; a guest keeps its own, so that nobody else has its name', async () => {
		const {address} = await start();
		const key = new TestKey();
		await (await ExtendedPeer.join(address, 'ci', {key})).peer.leave();
		await ExtendedPeer.join(address, 'ci', {key, role: 'send'});
		await ExtendedPeer.join(address, 'ci', {key});
		// What is sent once from one machine binds no name for all others.
		await ExtendedPeer.join(address, 'guest', {role: 'send', key: new TestKey()});
		const other = await ExtendedPeer.hello(address, 'guest');
		expect(await other.next()).toMatchObject({type: 'fail', code: 'NAME_TAKEN'});
	});
});

describe('a guest', () => {
	it('is not told what an earlier one of that name has said, and gets what waited', async () => {
		const {address} = await start();
		const bob = await ExtendedPeer.join(address, 'bob');
		const first = await ExtendedPeer.join(address, 'alice');
		await first.send('k1', ['bob'], 'between us');
		await first.peer.leave();
		await bob.expect('msg');
		await bob.send('k', ['alice'], 'see you');
		const second = await ExtendedPeer.hello(address, 'alice');
		await second.expect('welcome');
		expect(await second.expect('msg')).toMatchObject({n: 2, prev: 0, text: 'see you'});
		await second.expect('live');
		// Who has its keys is the same person, and its numbers go on.
		expect((await second.send('k1', ['bob'], 'between us')).ack).toMatchObject({n: 1, dup: true});
		second.say({type: 'got', n: 2});
		await bob.expect('status');
		await bob.send('k3', ['alice'], 'there you are');
		expect(await second.expect('msg')).toMatchObject({n: 3, prev: 2});
	});

	it('whose acknowledgement was lost goes on without a hole', async () => {
		const {address} = await start();
		const bob = await ExtendedPeer.join(address, 'bob');
		const first = await ExtendedPeer.join(address, 'alice');
		await first.send('k1', ['bob'], 'one');
		const {srv} = first.welcome ?? {};
		await first.peer.leave();
		await bob.expect('msg');
		const second = await ExtendedPeer.join(address, 'alice', {srv, seen: 0});
		expect((await second.send('k1', ['bob'], 'one')).ack).toMatchObject({n: 1, dup: true});
		second.say({type: 'got', n: 1});
		await bob.send('k', ['alice'], 'two');
		expect(await second.expect('msg')).toMatchObject({n: 2, prev: 1});
	});

	it('that is on its way in gets what is sent to it meanwhile as one who was away', async () => {
		const {address} = await start({store: temporaryFolder()});
		const alice = await ExtendedPeer.join(address, 'alice');
		let {peer} = await ExtendedPeer.join(address, 'bob');
		for (let round = 0; round < 10; round++) {
			await peer.leave();
			// So much that some is being kept when the hello is read, and more comes before the welcome.
			for (let at = 0; at < 30; at++)
				setTimeout(
					() => alice.say({type: 'send', key: `k${round}-${at}`, to: ['bob'], text: `${at}`}),
					at / 4,
				);
			const bob = await ExtendedPeer.hello(address, 'bob');
			({peer} = bob);
			await bob.expect('welcome');
			const texts: string[] = [];
			while (texts.length < 30) {
				const line = await bob.next();
				if (line.type !== 'msg') continue;
				texts.push(line.text);
				bob.say({type: 'got', n: line.n ?? 0});
			}
			expect(texts).toEqual(Array.from({length: 30}, (_, at) => `${at}`));
		}
	});
});
