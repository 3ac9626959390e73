import {expect, it} from 'vitest';
import type {LogEntry} from '../../source/broker/index.ts';
import {LogGate} from '../../source/broker/log-gate.ts';
import {Peer} from '../support/peer.ts';
import {start} from './start.ts';

const addressOf = ({socket}: Peer): string => `127.0.0.1:${socket.localPort}`;

it('tells from where the peer comes that an entry is about', async () => {
	const broker = await start({});
	const logged = new Promise<LogEntry>(resolve => broker.once('log', resolve));
	const joined = new Promise(resolve => broker.once('join', (...args) => resolve(args)));
	const left = new Promise(resolve => broker.once('leave', (login, {address}) => resolve({login, address})));
	const alice = await Peer.login(broker.address, 'alice');
	const address = addressOf(alice);
	expect(await joined).toEqual(['alice', expect.objectContaining({address})]);

	const stranger = await Peer.connect(broker.address);
	stranger.send('ALICE', '');
	expect(await logged).toEqual({
		level: 'info',
		code: 'NAME_TAKEN',
		text: 'A connection was refused: the name "ALICE" is taken',
		address: addressOf(stranger),
	});

	await alice.leave();
	expect(await left).toEqual({login: 'alice', address});
});

it('writes an address of IPv6 in brackets, and one of IPv4 as such', async () => {
	const broker = await start({host: '::'});
	for (const [host, address] of [
		['::1', '[::1]'],
		['127.0.0.1', '127.0.0.1'],
	] as const) {
		const joined = new Promise(resolve => broker.once('join', (_, remote) => resolve(remote.address)));
		const peer = await Peer.login({host, port: broker.address.port}, 'alice');
		expect(await joined).toBe(`${address}:${peer.socket.localPort}`);
		await peer.leave();
	}
});

it('counts what it leaves out of each code, and asks for no address then', async () => {
	const written: LogEntry<'A' | 'B'>[] = [];
	const gate = new LogGate<'A' | 'B'>(50, entry => written.push(entry));
	let asked = 0;
	const remote = {
		get address() {
			asked++;
			return '127.0.0.1:1';
		},
	};
	for (let round = 0; round < 100; round++) gate.log('info', 'A', 'a', remote);
	gate.log('warning', 'B', 'b');
	await expect
		.poll(() => {
			gate.log('info', 'A', 'again', remote);
			return written.length;
		})
		.toBe(3);

	expect(asked).toBe(2);
	const {leftOut = 0, text} = written[2] ?? {};
	expect(leftOut).toBeGreaterThanOrEqual(99);
	expect(text).toBe(`again (and ${leftOut} more like this)`);
	expect(written.slice(0, 2)).toEqual([
		{level: 'info', code: 'A', text: 'a', address: '127.0.0.1:1'},
		{level: 'warning', code: 'B', text: 'b'},
	]);
});
