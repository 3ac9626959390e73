import {afterAll, beforeAll, describe, expect, it, onTestFinished} from 'vitest';
import {limits} from '../../source/protocol/limits.ts';
import {BrokerProcess, type Measures} from '../support/broker-process.ts';
import {Peer} from '../support/peer.ts';
import {happens, start} from './start.ts';

const tooLong = `from server: a line may have at most ${limits.plainLineBytes} bytes`;
const badUtf8 = 'from server: a line has to be UTF-8';
const mebibyte = 1_048_576;

describe('a line that is too long', () => {
	it('ends its sender, with a sentence, and what came before it is delivered', async () => {
		const {address} = await start();
		const [alice, bob] = [await Peer.login(address, 'alice'), await Peer.login(address, 'bob')];
		alice.send('bob: before', 'x'.repeat(limits.plainLineBytes + 1), 'bob: after');
		expect(await alice.line()).toBe(tooLong);
		expect(await alice.ended).toBe('FIN');
		bob.send('bob: end');
		expect(await bob.take(2)).toEqual(['from alice: before', 'from bob: end']);
	});

	it('ends its sender before its end has come, also as a login', async () => {
		const {address} = await start();
		const peer = await Peer.connect(address);
		peer.write('x'.repeat(limits.plainLineBytes + 1));
		expect(await peer.line()).toBe(tooLong);
		expect(await peer.ended).toBe('FIN');
	});
});

describe('a line that is not UTF-8', () => {
	it.each([
		['a byte that never occurs', [0xff]],
		['a character without its start', [0x80]],
		['a character without its end', [0xe2, 0x82]],
		['a character in more bytes than it needs', [0xc0, 0xaf]],
		['half of a surrogate pair', [0xed, 0xa0, 0x80]],
		['a code point beyond the last', [0xf4, 0x90, 0x80, 0x80]],
	])('ends its sender, wherever it is cut (%s)', async (_, bad) => {
		const {address} = await start();
		const bob = await Peer.login(address, 'bob');
		const line = Buffer.from([...Buffer.from('bob: '), ...bad, 0x0a]);
		for (let place = 0; place <= line.length; place++) {
			const alice = await Peer.login(address, 'alice');
			alice.write(line.subarray(0, place));
			await new Promise(resolve => setTimeout(resolve, 1));
			alice.write(line.subarray(place));
			expect(await alice.line()).toBe(badUtf8);
			expect(await alice.ended).toBe('FIN');
			alice.socket.destroy();
		}
		bob.send('bob: end');
		expect(await bob.line()).toBe('from bob: end');
	});

	it('may be the last one, without LF, or the login', async () => {
		const {address} = await start();
		const alice = await Peer.connect(address);
		alice.write(Buffer.from([...Buffer.from('alice\nalice: '), 0xc3]));
		alice.end();
		expect(await alice.line()).toBe(badUtf8);
		const hello = await Peer.connect(address);
		hello.write(Buffer.from([0x16, 0x03, 0x01, 0x02, 0x00, 0x01, 0x00, 0x01, 0xfc, 0x03, 0x03, 0x0a]));
		expect(await hello.line()).toBe(badUtf8);
		expect(await hello.ended).toBe('FIN');
	});
});

describe('a connection that says nothing', () => {
	it('is ended, with a sentence, while one that has logged in may be silent', async () => {
		const broker = await start({loginTimeoutMs: 40, housekeepingMs: 10});
		const [alice, silent, half] = [
			await Peer.login(broker.address, 'alice'),
			await Peer.connect(broker.address),
			await Peer.connect(broker.address),
		];
		half.write('bo');
		expect(await silent.line()).toBe('from server: no login came within 0.04 s');
		expect(await half.line()).toBe('from server: no login came within 0.04 s');
		expect(await silent.ended).toBe('FIN');
		alice.send('alice: still here');
		expect(await alice.line()).toBe('from alice: still here');
	});

	it('to a broker that stood still is not ended for that', async () => {
		const broker = await BrokerProcess.start({loginTimeoutMs: 1000, housekeepingMs: 20});
		onTestFinished(() => broker.stop());
		const alice = await Peer.connect(broker.address);
		broker.child.kill('SIGSTOP');
		await new Promise(resolve => setTimeout(resolve, 1500));
		broker.child.kill('SIGCONT');
		await broker.measure();
		alice.send('alice', 'alice: still here');
		expect(await alice.line()).toBe('from alice: still here');
	});

	it('and never closes its side is closed all the same', async () => {
		const broker = await start({lingerMs: 20, refusalWaitMs: 1});
		const peer = await Peer.connect(broker.address);
		peer.send('server');
		await peer.line();
		await peer.ended;
		while (broker.connections > 0) await new Promise(resolve => setTimeout(resolve, 5));
		expect(peer.socket.writableEnded).toBe(false);
	});
});

it('a peer that is refused may go on sending and still gets the sentence', async () => {
	const broker = await start({refusalWaitMs: 1, lingerBytes: 100_000, lingerMs: 50});
	const peer = await Peer.connect(broker.address);
	peer.send('a:b');
	peer.write(Buffer.alloc(30 * mebibyte, 'x\n'));
	expect(await peer.line()).toMatch(/^from server: the name "a:b" may only hold/);
	await peer.ended;
});

describe('memory and descriptors are as before', () => {
	let broker: BrokerProcess;
	beforeAll(async () => {
		// Without the look whether files can be opened, which opens one.
		const quick = {refusalWaitMs: 1, nameRetryMs: 1, lingerMs: 100, housekeepingMs: 1e6};
		broker = await BrokerProcess.start(quick);
		// What is made once is not what grows.
		await cycles(50);
	});
	afterAll(async () => broker.stop());

	/**
	 * Measures when everybody has gone, and again while it is more than `before`: what was just closed may be held for
	 * a moment, and a look at the kernel's table of connections may be under way. What stays is more for ever.
	 */
	const settle = async (before?: Measures) => {
		for (let tries = 0; ; tries++) {
			const now = await broker.measure();
			const isMore =
				before !== undefined && (now.heapUsed - before.heapUsed >= mebibyte || now.files > before.files);
			if (now.connections === 0 && (!isMore || tries > 50)) return now;
			await new Promise(resolve => setTimeout(resolve, 20));
		}
	};

	/** Peers that come, speak, and go in every way there is. */
	const cycles = async (count: number) => {
		for (let at = 0; at < count; at += 10) {
			await Promise.all(
				Array.from({length: 10}, async (_, index) => {
					const peer = await Peer.connect(broker.address);
					peer.send(`peer${index % 9}`, 'peer1, peer2: hello', `peer${index}: ${'x'.repeat(200)}`);
					if (index % 5 === 0) peer.reset();
					else if (index % 5 === 1) peer.socket.destroy();
					else if (index % 5 === 2) peer.write(Uint8Array.of(0xff, 0x0a));
					else peer.end();
					await peer.ended;
					peer.socket.destroy();
				}),
			);
		}
	};

	/** Where it starts from: a file that the broker opens for a moment, to see whether it still can, is none of it. */
	const start = async () => {
		const measures = [await settle(), await settle(), await settle()];
		return measures.reduce((least, other) => (other.files < least.files ? other : least));
	};

	it('after 100 MB without a newline', async () => {
		const before = await start();
		const peer = await Peer.connect(broker.address);
		peer.send('flood');
		peer.write(Buffer.alloc(100 * mebibyte, 'x'));
		expect(await peer.line()).toBe(tooLong);
		peer.socket.destroy();
		const after = await settle(before);
		expect(after.heapUsed - before.heapUsed).toBeLessThan(mebibyte);
		expect(after.external - before.external).toBeLessThan(mebibyte);
		expect(after.files).toBeLessThanOrEqual(before.files);
	});

	it('after 800 peers that spoke to each other and have left', async () => {
		const before = await settle();
		const peers = await Promise.all(
			Array.from({length: 800}, (_, index) => Peer.login(broker.address, `peer${index}`)),
		);
		for (const [index, peer] of peers.entries()) peer.send(`peer${(index + 1) % peers.length}: hello`);
		await Promise.all(peers.map(peer => peer.line()));
		for (const peer of peers) peer.reset();
		const after = await settle(before);
		expect(after.heapUsed - before.heapUsed).toBeLessThan(mebibyte);
		expect(after.files).toBeLessThanOrEqual(before.files);
	});

	it('nearly, with a peer that names ever other people', async () => {
		const peer = await Peer.login(broker.address, 'busy');
		const before = await broker.measure();
		peer.send(...Array.from({length: 4000}, (_, index) => `n${index}, ${'nobody, '.repeat(200)}: x`));
		peer.send('busy: done');
		expect(await peer.line()).toBe('from busy: done');
		const after = await broker.measure();
		expect(after.heapUsed + after.external - before.heapUsed - before.external).toBeLessThan(3 * mebibyte);
		await peer.leave();
	});

	it('after 500 peers that come and go, with resets and half-closes', async () => {
		const before = await start();
		await cycles(500);
		const after = await settle(before);
		expect(after.heapUsed - before.heapUsed).toBeLessThan(mebibyte);
		expect(after.files).toBeLessThanOrEqual(before.files);
	});
});

it('a reset in the middle of a line frees the name', async () => {
	const broker = await start();
	const alice = await Peer.login(broker.address, 'alice');
	const gone = happens(broker, 'leave', 'alice');
	alice.write('alice: half a li');
	alice.reset();
	await gone;
	expect(broker.logins).toEqual([]);
});
