import {describe, expect, it} from 'vitest';
import type {Broker, LogEntry} from '../../source/broker/index.ts';
import {Peer} from '../support/peer.ts';
import {happens, start} from './start.ts';

const mebibyte = 1_048_576;

const logOf = (broker: Broker): LogEntry[] => {
	const log: LogEntry[] = [];
	broker.on('log', entry => log.push(entry));
	return log;
};

/** Has a peer read at most so many bytes a second; returns how to stop. */
const readSlowly = (peer: Peer, bytesPerSecond: number): (() => void) => {
	let budget = 0;
	peer.socket.on('data', chunk => {
		budget -= chunk.length;
		if (budget <= 0) peer.socket.pause();
	});
	const timer = setInterval(() => {
		budget = Math.min(0, budget) + bytesPerSecond / 100;
		if (budget > 0) peer.socket.resume();
	}, 10);
	return () => clearInterval(timer);
};

describe('a peer that never reads', () => {
	it('is cut when too much waits for it, in the middle of a line at most', async () => {
		const broker = await start({restMs: 1});
		const log = logOf(broker);
		const [alice, bob] = [await Peer.login(broker.address, 'alice'), await Peer.login(broker.address, 'bob')];
		bob.socket.pause();
		const gone = happens(broker, 'leave', 'bob');
		const line = `bob: ${'x'.repeat(1000)}\n`;
		alice.write(line.repeat(30_000));
		await gone;
		bob.socket.resume();
		expect(await bob.ended).toBe('ECONNRESET');
		expect(new Set(bob.lines)).toEqual(new Set([`from alice: ${'x'.repeat(1000)}`]));
		expect(log).toMatchObject([
			{code: 'SLOW_READER', text: 'bob was too slow: more than 1048576 bytes waited for it'},
		]);
		alice.send('alice: unharmed');
		expect(await alice.line()).toBe('from alice: unharmed');
	});

	it('is cut sooner when too much waits for all together', async () => {
		const broker = await start({restMs: 1, outboxTotalBytes: 700_000});
		const log = logOf(broker);
		const alice = await Peer.login(broker.address, 'alice');
		const others = await Promise.all(
			['bob', 'carol', 'dave'].map(login => Peer.login(broker.address, login)),
		);
		for (const {socket} of others) socket.pause();
		const someGone = new Promise(resolve => broker.once('leave', resolve));
		alice.write(`bob, carol, dave: ${'x'.repeat(1000)}\n`.repeat(30_000));
		await someGone;
		alice.send('alice: unharmed');
		expect(await alice.line()).toBe('from alice: unharmed');
		const [, waited] =
			/^\w+ was too slow: (\d+) bytes waited for it, and 7\d{5} for all/.exec(log[0]?.text ?? '') ?? [];
		expect(Number(waited)).toBeGreaterThan(262_144);
		expect(Number(waited)).toBeLessThan(700_000);
	});

	it('is cut when it has taken nothing for long enough', async () => {
		const broker = await start({
			outboxRestBytes: 1e9,
			outboxCutBytes: 1e9,
			writeStallMs: 60,
			housekeepingMs: 20,
		});
		const log = logOf(broker);
		const [alice, bob] = [await Peer.login(broker.address, 'alice'), await Peer.login(broker.address, 'bob')];
		bob.socket.pause();
		const gone = happens(broker, 'leave', 'bob');
		alice.write(`bob: ${'x'.repeat(1000)}\n`.repeat(20_000));
		await gone;
		expect(log).toMatchObject([
			{code: 'SLOW_READER', text: 'bob took nothing of what was sent to it for 0.06 s'},
		]);
	});

	it('has its senders rested, and nobody else', async () => {
		const broker = await start({restMs: 1e6, housekeepingMs: 1e6});
		const [alice, bob, carol, dave] = [
			await Peer.login(broker.address, 'alice'),
			await Peer.login(broker.address, 'bob'),
			await Peer.login(broker.address, 'carol'),
			await Peer.login(broker.address, 'dave'),
		];
		bob.socket.pause();
		alice.write(`bob: ${'x'.repeat(1000)}\n`.repeat(30_000));
		// Alice rests from the moment on at which nothing of hers is taken any more.
		let taken = -1;
		while (taken !== alice.socket.writableLength) {
			taken = alice.socket.writableLength;
			for (let round = 0; round < 20; round++) {
				carol.send('dave: ping');
				expect(await dave.line()).toBe('from carol: ping');
				dave.send('carol: pong', 'bob: hello');
				expect(await carol.line()).toBe('from dave: pong');
			}
		}
		expect(taken).toBeGreaterThan(0);
		expect(broker.logins).toEqual(['alice', 'bob', 'carol', 'dave']);
		bob.socket.destroy();
	});
});

describe('a peer that reads slowly gets everything', () => {
	// As 20 MB at 2 MB/s with the default rest, four times as fast.
	const rate = 8 * mebibyte;
	const restMs = 50 / 4;

	it('also if it takes longer than nothing at all may be taken', async () => {
		const broker = await start({
			outboxRestBytes: 1e9,
			outboxCutBytes: 1e9,
			writeStallMs: 700,
			housekeepingMs: 20,
		});
		const [alice, bob] = [await Peer.login(broker.address, 'alice'), await Peer.login(broker.address, 'bob')];
		const stop = readSlowly(bob, rate);
		const count = 16_000;
		alice.write(`bob: ${'x'.repeat(1000)}\n`.repeat(count));
		await bob.take(count);
		stop();
		expect(broker.logins).toContain('bob');
	});

	it.each([
		['long lines', 'bob', 16 * mebibyte, 'x'.repeat(1500)],
		['lines that are 30 times as long when they arrive', 'b', 12 * mebibyte, ''],
	])('of one sender: %s', async (_, reader, total, text) => {
		const broker = await start({restMs});
		const sender = 'ä'.repeat(32);
		const [alice, bob] = [await Peer.login(broker.address, sender), await Peer.login(broker.address, reader)];
		const stop = readSlowly(bob, rate);
		const arriving = `from ${sender}: ${text}`;
		const count = Math.ceil(total / (Buffer.byteLength(arriving) + 1));
		alice.write(`${reader}:${text}\n`.repeat(count));
		const lines = await bob.take(count);
		stop();
		expect(lines.every(line => line === arriving)).toBe(true);
		expect(broker.logins).toContain(reader);
	});
});
