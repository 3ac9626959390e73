import {describe, expect, it} from 'vitest';
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

describe('what comes more often than it is told', () => {
	const collect = (everyMs?: number) => {
		const written: LogEntry<'A' | 'B'>[] = [];
		return {written, gate: new LogGate<'A' | 'B'>(entry => written.push(entry), everyMs)};
	};
	const texts = (written: readonly LogEntry<'A' | 'B'>[]) => written.map(({text}) => text);

	it('is told one by one as long as it is not many, of each code', () => {
		const {written, gate} = collect();
		for (let count = 1; count <= 20; count++) gate.log('info', 'A', `a${count}`);
		for (let count = 1; count <= 20; count++) gate.log('warning', 'B', `b${count}`);
		expect(written).toHaveLength(40);
		expect(written.at(-1)).toEqual({level: 'warning', code: 'B', text: 'b20'});
	});

	it('is told by itself afterwards: the newest, and how many more there were', async () => {
		const {written, gate} = collect(50);
		let asked = 0;
		const remote = {
			get address() {
				asked++;
				return '127.0.0.1:1';
			},
		};
		for (let count = 1; count <= 100; count++) gate.log('info', 'A', `a${count}`, remote);
		expect(texts(written)).toEqual(Array.from({length: 20}, (_, at) => `a${at + 1}`));

		await expect.poll(() => written.length).toBe(21);
		expect(written[20]).toEqual({
			level: 'info',
			code: 'A',
			text: 'a100 (and 79 more like this)',
			address: '127.0.0.1:1',
			leftOut: 79,
		});
		expect(asked).toBe(21);
	});

	it('is told once, and then how often it was, if it is the same', async () => {
		const {written, gate} = collect(50);
		for (let count = 1; count <= 5; count++) gate.log('info', 'A', 'full');
		expect(texts(written)).toEqual(['full']);
		await expect.poll(() => written.length).toBe(2);
		expect(texts(written)).toEqual(['full', 'full (and 3 more like this)']);
	});

	it('does not hold back anything else for being the same', () => {
		const {written, gate} = collect();
		for (const text of ['alice came', 'alice came', 'bob came']) gate.log('info', 'A', text);
		expect(texts(written)).toEqual(['alice came', 'alice came', 'bob came']);
	});

	it('is told at the end', () => {
		const {written, gate} = collect();
		for (let count = 1; count <= 23; count++) gate.log('info', 'A', `a${count}`);
		gate.flush();
		expect(texts(written).slice(20)).toEqual(['a23 (and 2 more like this)']);
		gate.flush();
		expect(written).toHaveLength(21);
	});

	it('is told of a broker before it is closed', async () => {
		const broker = await start({});
		const logged: string[] = [];
		broker.on('log', ({text}) => logged.push(text));
		for (let count = 0; count < 22; count++) {
			const peer = await Peer.connect(broker.address);
			peer.send('a:b', '');
			expect(await peer.ended).toBe('FIN');
			peer.socket.destroy();
		}
		await broker.close();
		const counts = logged.map(text => 1 + Number(/ \(and (\d+) more like this\)$/.exec(text)?.[1] ?? 0));
		expect(counts.reduce((sum, count) => sum + count, 0)).toBe(22);
		expect(counts.at(-1)).toBeGreaterThan(1);
	});
});
