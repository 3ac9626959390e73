import {describe, expect, it} from 'vitest';
import type {LogEntry} from '../../source/broker/index.ts';
import {RateLimit, RateLimits} from '../../source/broker/rate-limit.ts';
import type {ServerLine} from '../../source/protocol/extended/server-lines.ts';
import {ExtendedPeer} from '../support/extended-peer.ts';
import {Peer} from '../support/peer.ts';
import {happens, start} from './start.ts';

const numbered = (to: string, count: number): string =>
	Array.from({length: count}, (_, i) => `${to}: ${i}\n`).join('');

const expected = (from: string, count: number): string[] =>
	Array.from({length: count}, (_, i) => `from ${from}: ${i}`);

describe('a limit of lines a second', () => {
	it('delays who sends faster, and loses nothing', async () => {
		const broker = await start({rate: 100, rateBurst: 10});
		const log: LogEntry[] = [];
		broker.on('log', entry => log.push(entry));
		const [alice, bob] = [await Peer.login(broker.address, 'alice'), await Peer.login(broker.address, 'bob')];
		const began = performance.now();
		alice.write(numbered('bob', 60));
		expect(await bob.take(60)).toEqual(expected('alice', 60));
		// Ten at once, fifty at a hundred a second; timers may be a little early.
		expect(performance.now() - began).toBeGreaterThan(450);
		expect(log).toMatchObject([
			{level: 'info', code: 'RATE_LIMITED', text: 'alice sends more than 100 lines a second and is delayed'},
		]);
	});

	it('tells who speaks a-chat/1 that it is delayed, once, and acknowledges all', async () => {
		// It takes two seconds until as much as in the beginning may be sent: it is told of anew from then on.
		const {address} = await start({rate: 30, rateBurst: 60});
		const alice = await ExtendedPeer.join(address, 'alice');
		const count = 75;
		for (let i = 0; i < count; i++) alice.say({type: 'send', key: `k${i}`, to: ['nobody'], text: `${i}`});
		const lines: ServerLine[] = [];
		while (lines.filter(({type}) => type === 'status').length < count) lines.push(await alice.next());
		const told = lines.filter(line => line.type === 'slow');
		expect(told).toHaveLength(1);
		expect(told[0]?.wait).toBeGreaterThan(0);
		expect(lines.filter(({type}) => type === 'ack')).toHaveLength(count);
	});

	it('delays nobody else, and nobody who keeps to it', async () => {
		const broker = await start({rate: 2, rateBurst: 5});
		const log: LogEntry[] = [];
		broker.on('log', entry => log.push(entry));
		const [alice, bob] = [await Peer.login(broker.address, 'alice'), await Peer.login(broker.address, 'bob')];
		alice.write(numbered('nobody', 1000));
		for (let i = 0; i < 3; i++) {
			bob.send(`bob: ${i}`);
			expect(await bob.line()).toBe(`from bob: ${i}`);
		}
		expect(log.map(({text}) => text).filter(text => text.startsWith('bob'))).toEqual([]);
	});

	it('lets who has ended its side have said all', async () => {
		const broker = await start({rate: 200, rateBurst: 5});
		const [alice, bob] = [await Peer.login(broker.address, 'alice'), await Peer.login(broker.address, 'bob')];
		alice.write(`${numbered('bob', 20)}bob: end`);
		alice.socket.end();
		expect(await bob.take(21)).toEqual([...expected('alice', 20), 'from alice: end']);
		await alice.ended;
	});

	it('holds nothing back when the broker closes', async () => {
		const broker = await start({rate: 1, rateBurst: 1});
		const [alice, bob] = [await Peer.login(broker.address, 'alice'), await Peer.login(broker.address, 'bob')];
		alice.write(numbered('bob', 30));
		expect(await bob.line()).toBe('from alice: 0');
		await broker.close();
		await bob.ended;
		expect(bob.lines.filter(line => line.startsWith('from alice'))).toEqual(expected('alice', 30).slice(1));
	});

	it('goes on for who leaves and comes back', async () => {
		const broker = await start({rate: 10, rateBurst: 20});
		const bob = await Peer.login(broker.address, 'bob');
		for (const login of ['alice', 'mallory']) {
			const peer = await Peer.login(broker.address, login);
			const gone = happens(broker, 'leave', login);
			peer.write(numbered('bob', 19));
			peer.socket.end();
			await gone;
		}
		const began = performance.now();
		const carol = await Peer.login(broker.address, 'carol');
		carol.write(numbered('bob', 5));
		const lines = await bob.take(19 + 19 + 5);
		expect(lines.slice(-5)).toEqual(expected('carol', 5));
		expect(performance.now() - began).toBeGreaterThan(200);
	});

	it('does not hide that a peer is gone: the name is free before all it wrote is through', async () => {
		const broker = await start({rate: 5, rateBurst: 5, housekeepingMs: 20});
		const alice = await Peer.login(broker.address, 'alice');
		alice.write(numbered('bob', 100_000));
		// Held, with more behind it in the kernel.
		await new Promise(resolve => broker.once('log', resolve));
		const gone = happens(broker, 'leave', 'alice');
		alice.socket.resetAndDestroy();
		await gone;
		expect(broker.connections).toBe(0);
	});

	it('lets so many through at once, and then so many a second, several after each delay', () => {
		const limit = new RateLimit(200, 1000, 0, '', 0);
		const delays = [];
		for (let i = 0, now = 0; i < 1400; i++) {
			const ms = limit.take(now);
			now += ms;
			if (ms > 0) delays.push([i + 1, now]);
		}
		// Each is what the line of that number was followed by, and when it was over.
		expect(delays.slice(0, 3)).toEqual([
			[1000, 50],
			[1010, 100],
			[1020, 150],
		]);
		expect(delays.at(-1)).toEqual([1400, 2050]);
	});

	it('is never delayed for longer than it takes to have all lines left', () => {
		expect(new RateLimit(200, 1, 0, '', 0).take(0)).toBe(5);
		expect(new RateLimit(1, 5, 0, '', 0).take(0)).toBe(0);
		expect(new RateLimit(1, 1, 0, '', 0).take(0)).toBe(1000);
	});

	it('is told of once, until as much as in the beginning may be sent', async () => {
		// As much as in the beginning after a second: a busy machine is not to have it within a delay.
		const broker = await start({rate: 30, rateBurst: 30});
		const log: LogEntry[] = [];
		broker.on('log', entry => log.push(entry));
		const bob = await Peer.login(broker.address, 'bob');
		bob.write(numbered('bob', 45));
		await bob.take(45);
		expect(log).toHaveLength(1);
		await new Promise(resolve => setTimeout(resolve, 1100));
		bob.write(numbered('bob', 32));
		await bob.take(32);
		expect(log.map(({text}) => text)).toEqual(
			Array(2).fill('bob sends more than 30 lines a second and is delayed'),
		);
	});

	it('remembers ten thousand addresses at most', () => {
		const limits = new RateLimits(1, 10);
		const leave = (remoteAddress: string): void => {
			const limit = limits.open({remoteAddress});
			for (let i = 0; i < 10; i++) limit?.take(performance.now());
			if (limit !== undefined) limits.close(limit);
		};
		const isDelayed = (remoteAddress: string): boolean =>
			(limits.open({remoteAddress})?.take(performance.now()) ?? 0) > 0;
		for (let i = 0; i < 10_002; i++) leave(`address ${i}`);
		expect(isDelayed('address 10001')).toBe(true);
		expect(isDelayed('address 2')).toBe(true);
		expect(isDelayed('address 0')).toBe(false);
	});
});
