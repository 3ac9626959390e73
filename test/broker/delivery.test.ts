import {describe, expect, it, onTestFinished} from 'vitest';
import {limits} from '../../source/protocol/limits.ts';
import {Peer} from '../support/peer.ts';
import {start} from './start.ts';

describe('a line', () => {
	it('goes to everybody whom it names and who is here, and to nobody else', async () => {
		const {address} = await start();
		const [alice, bob, carol, dave] = await Promise.all(
			['alice', 'bob', 'carol', 'dave'].map(name => Peer.login(address, name)),
		);
		alice?.send('bob, carol: hello', 'nobody: lost', 'no colon', 'dave: done', 'bob,carol: done');
		expect(await bob?.take(2)).toEqual(['from alice: hello', 'from alice: done']);
		expect(await carol?.take(2)).toEqual(['from alice: hello', 'from alice: done']);
		expect(await dave?.take(1)).toEqual(['from alice: done']);
		expect(alice?.lines).toEqual([]);
	});

	it('goes once to a destination that is named twice, also in another case', async () => {
		const {address} = await start();
		const bob = await Peer.login(address, 'bob');
		bob.send('bob, BOB,bob : once', 'bob: end');
		expect(await bob.take(2)).toEqual(['from bob: once', 'from bob: end']);
	});

	it('finds a name by its folded form and shows it as it was given', async () => {
		const {address} = await start();
		const peer = await Peer.login(address, 'Straße');
		peer.send('STRASSE: hi');
		expect(await peer.line()).toBe('from Straße: hi');
	});

	it('goes to the right one of two names that the broker remembers by the same hash', async () => {
		const {address} = await start();
		const [one, other] = [await Peer.login(address, 'p126sh6u'), await Peer.login(address, 'p5loho0')];
		one.send('p126sh6u: mine', 'p5loho0: yours', 'p126sh6u: mine', 'p5loho0: yours');
		expect(await one.take(2)).toEqual(['from p126sh6u: mine', 'from p126sh6u: mine']);
		expect(await other.take(2)).toEqual(['from p126sh6u: yours', 'from p126sh6u: yours']);
	});

	it('reaches its first 20 destinations', async () => {
		const {address} = await start();
		const bob = await Peer.login(address, 'bob');
		const others = Array.from({length: limits.destinations}, (_, index) => `n${index}`);
		bob.send(
			`${others.slice(1)}, bob: twentieth`,
			`${others}, bob: too far`,
			`,,,${'x'.repeat(400)},bob: after empty ones`,
		);
		expect(await bob.take(2)).toEqual(['from bob: twentieth', 'from bob: after empty ones']);
	});

	it('is trimmed, may be empty, and keeps colons and TAB', async () => {
		const {address} = await start();
		const bob = await Peer.login(address, 'bob');
		bob.send('bob:', 'bob: \u0085 a:\tb \u3000', 'bob:\uFEFFx', 'bob: crlf\r');
		expect(await bob.take(4)).toEqual([
			'from bob: ',
			'from bob: a:\tb',
			'from bob: \uFEFFx',
			'from bob: crlf',
		]);
	});

	it('carries no control but TAB', async () => {
		const {address} = await start();
		const bob = await Peer.login(address, 'bob');
		bob.send('bob: \u001B[31mred\u0007 a\0b \u009B1m ÄÖÜ€😀 a\rb \u007F!');
		expect(await bob.line()).toBe('from bob: \uFFFD[31mred\uFFFD a\uFFFDb \uFFFD1m ÄÖÜ€😀 a\uFFFDb \uFFFD!');
	});

	it('may have 64 KiB', async () => {
		const {address} = await start();
		const bob = await Peer.login(address, 'bob');
		const text = 'x'.repeat(limits.plainLineBytes - 'bob:'.length);
		bob.send(`bob:${text}`);
		expect(await bob.line()).toBe(`from bob: ${text}`);
	});

	it('may come one byte at a time', async () => {
		const {address} = await start();
		const bob = await Peer.connect(address);
		for (const byte of Buffer.from('bob\nbob: grüße €\n')) {
			bob.write(Uint8Array.of(byte));
			await new Promise(resolve => setImmediate(resolve));
		}
		expect(await bob.line()).toBe('from bob: grüße €');
	});

	it('stays in order with the others from the same sender', async () => {
		const {address} = await start();
		const [alice, bob] = [await Peer.login(address, 'alice'), await Peer.login(address, 'bob')];
		const texts = Array.from({length: 5000}, (_, index) => `${index} ${'x'.repeat(index % 90)}`);
		for (const text of texts) alice.send(`bob: ${text}`);
		expect(await bob.take(5000)).toEqual(texts.map(text => `from alice: ${text.trim()}`));
	});

	it('does not wait until somebody who has much to say is done', async () => {
		const {address} = await start({outboxRestBytes: 1e9, outboxCutBytes: 1e9});
		const [alice, bob, carol] = [
			await Peer.login(address, 'alice'),
			await Peer.login(address, 'bob'),
			await Peer.login(address, 'carol'),
		];
		const count = 50_000;
		alice.write('bob:\n'.repeat(count));
		carol.send('bob: hello');
		const lines = await bob.take(count + 1);
		expect(lines.indexOf('from carol: hello')).toBeLessThan(count / 2);
	});

	it('goes to whoever has the name now, however often it was named before', async () => {
		const {address} = await start();
		const alice = await Peer.login(address, 'alice');
		alice.send('bob: nobody is here', 'alice: 1');
		await alice.line();
		for (let round = 0; round < 5; round++) {
			const bob = await Peer.login(address, 'bob');
			alice.send(`bob: ${round}`);
			expect(await bob.line()).toBe(`from alice: ${round}`);
			await bob.leave();
		}
	});
});

describe('a half-closed connection', () => {
	it('has all its lines delivered, the last without LF too, and gets its own before the end', async () => {
		const {address} = await start();
		const bob = await Peer.login(address, 'bob');
		const alice = await Peer.connect(address);
		alice.write('alice\nalice: to me\nbob: one\nbob: two');
		alice.end();
		expect(await bob.take(2)).toEqual(['from alice: one', 'from alice: two']);
		expect(await alice.ended).toBe('FIN');
		expect(alice.lines).toEqual(['from alice: to me']);
	});

	it('has its last line without LF delivered also when it rested as its end came', async () => {
		const {address} = await start({outboxRestBytes: 1, restBytes: 1000, restMs: 30});
		const [alice, bob] = [await Peer.login(address, 'alice'), await Peer.login(address, 'bob')];
		const line = `bob: ${'x'.repeat(600)}\n`;
		// Alice rests after two lines; the second half, and the end, are read ahead while she does.
		alice.write(line.repeat(3));
		await bob.take(1);
		alice.write(`${line.repeat(3)}bob: last`);
		alice.end();
		expect((await bob.take(6)).at(-1)).toBe('from alice: last');
	});

	it('may be a login without LF, or nothing at all', async () => {
		const broker = await start();
		const names: string[] = [];
		broker.on('join', login => names.push(`+${login}`));
		broker.on('leave', login => names.push(`-${login}`));
		const silent = await Peer.connect(broker.address);
		silent.end();
		expect(await silent.ended).toBe('FIN');
		const alice = await Peer.connect(broker.address);
		alice.write('alice');
		alice.end();
		expect(await alice.ended).toBe('FIN');
		expect(names).toEqual(['+alice', '-alice']);
	});
});

describe('the broker', () => {
	it('tells who is here', async () => {
		const broker = await start();
		const alice = await Peer.login(broker.address, 'alice');
		await Peer.login(broker.address, 'Bob');
		expect(broker.logins).toEqual(['alice', 'Bob']);
		expect(broker.connections).toBe(2);
		await alice.leave();
		expect(broker.logins).toEqual(['Bob']);
	});

	it('goes on when a listener throws', async () => {
		const broker = await start();
		const thrown: unknown[] = [];
		const others = process.listeners('uncaughtException');
		process.removeAllListeners('uncaughtException').on('uncaughtException', error => thrown.push(error));
		onTestFinished(() => {
			process.removeAllListeners('uncaughtException');
			for (const listener of others) process.on('uncaughtException', listener);
		});
		const fail = () => {
			throw new Error('planted');
		};
		broker.on('join', fail).on('leave', fail);
		const alice = await Peer.login(broker.address, 'alice');
		const [first, second] = [await Peer.connect(broker.address), await Peer.connect(broker.address)];
		first.send('bob', 'bob: first');
		await first.line();
		second.send('bob', 'bob: second');
		first.reset();
		expect(await second.line()).toBe('from bob: second');
		expect(broker.logins).toEqual(['alice', 'bob']);
		await alice.leave();
		await second.leave();
		expect(broker.connections).toBe(0);
		expect(thrown).toHaveLength(6);
	});
});
