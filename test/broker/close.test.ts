import {createServer} from 'node:net';
import {describe, expect, it, onTestFinished} from 'vitest';
import {startBroker} from '../../source/broker/index.ts';
import {Peer} from '../support/peer.ts';
import {start} from './start.ts';

const goodbye = 'from server: this server is shutting down';

describe('closing', () => {
	it('delivers what was read, tells everybody, and ends with FIN', async () => {
		const broker = await start();
		const [alice, bob] = [await Peer.login(broker.address, 'alice'), await Peer.login(broker.address, 'bob')];
		const silent = await Peer.connect(broker.address);
		for (let index = 0; index < 500; index++) alice.send(`bob: ${index}`);
		await bob.take(1);
		const closed = broker.close();
		expect(await bob.ended).toBe('FIN');
		expect(bob.lines.at(-1)).toBe(goodbye);
		bob.lines.slice(0, -1).forEach((line, index) => {
			expect(line).toBe(`from alice: ${index + 1}`);
		});
		expect(await alice.line()).toBe(goodbye);
		expect(await silent.line()).toBe(goodbye);
		await closed;
		expect(broker.connections).toBe(0);
		await expect(Peer.connect(broker.address)).rejects.toMatchObject({code: 'ECONNREFUSED'});
	});

	it('delivers what is held back from a sender that rests', async () => {
		const broker = await start({restMs: 1e6, restBytes: 1000, outboxRestBytes: 1});
		const [alice, bob] = [await Peer.login(broker.address, 'alice'), await Peer.login(broker.address, 'bob')];
		const line = 'x'.repeat(600);
		alice.send(...Array.from({length: 50}, (_, index) => `bob: ${index} ${line}`));
		await bob.take(1);
		await broker.close();
		expect(bob.lines.map(text => text.split(' ')[2])).toEqual([
			...Array.from({length: 49}, (_, index) => String(index + 1)),
			'this',
		]);
	});

	it('delivers what the socket of a sender that rests has read ahead', async () => {
		const broker = await start({restMs: 1e6, restBytes: 1000, outboxRestBytes: 1});
		const [alice, bob] = [await Peer.login(broker.address, 'alice'), await Peer.login(broker.address, 'bob')];
		const chunkBytes = 65_536;
		alice.write(`bob: ${'x'.repeat(1000)}\n`.repeat(300));
		// Its second chunk is read while it rests, and it is the end of that which is looked for below.
		while (alice.socket.writableLength > 0) await new Promise(resolve => setImmediate(resolve));
		await bob.take(1);
		for (let turn = 0; turn < 20; turn++) await new Promise(resolve => setImmediate(resolve));
		await broker.close();
		expect(bob.lines.at(-1)).toBe(goodbye);
		expect(bob.lines.join('\n').length).toBeGreaterThan(1.5 * chunkBytes);
	});

	it('cuts nobody for what was held back from others', async () => {
		const broker = await start({restMs: 1e6});
		const sender = 'ä'.repeat(32);
		const [alice, bob] = [await Peer.login(broker.address, sender), await Peer.login(broker.address, 'b')];
		// These lines are 35 times as long when they arrive: what one chunk holds is more than may wait for bob.
		alice.write('b:\n'.repeat(100_000));
		await bob.take(1);
		await broker.close();
		expect(await bob.ended).toBe('FIN');
		expect(bob.lines.pop()).toBe(goodbye);
		expect(new Set(bob.lines)).toEqual(new Set([`from ${sender}: `]));
		expect(await alice.line()).toBe(goodbye);
	});

	it('waits for one who still reads', async () => {
		const broker = await start({outboxCutBytes: 1e9, outboxRestBytes: 1e9});
		const [alice, bob] = [await Peer.login(broker.address, 'alice'), await Peer.login(broker.address, 'bob')];
		bob.socket.pause();
		const count = 12_000;
		alice.write(`bob: ${'x'.repeat(1000)}\n`.repeat(count));
		alice.send('alice: all read');
		await alice.line();
		const closed = broker.close();
		bob.socket.resume();
		await closed;
		await bob.ended;
		expect(bob.lines).toHaveLength(count + 1);
		expect(bob.lines.at(-1)).toBe(goodbye);
	});

	it('does not wait for ever for one who never reads', async () => {
		const broker = await start({outboxCutBytes: 1e9, outboxRestBytes: 1e9, drainMs: 50});
		const [alice, bob] = [await Peer.login(broker.address, 'alice'), await Peer.login(broker.address, 'bob')];
		bob.socket.pause();
		alice.write(`bob: ${'x'.repeat(1000)}\n`.repeat(20_000));
		alice.send('alice: all read');
		await alice.line();
		await broker.close();
		expect(broker.connections).toBe(0);
	});

	it('may be asked for by a listener, in the middle of a delivery', async () => {
		const broker = await start({outboxRestBytes: 1000, outboxCutBytes: 2000});
		const [alice, bob, carol] = [
			await Peer.login(broker.address, 'alice'),
			await Peer.login(broker.address, 'bob'),
			await Peer.login(broker.address, 'carol'),
		];
		const closed = new Promise<void>(resolve => broker.on('leave', () => resolve(broker.close())));
		// The second line cuts bob, and is for carol too.
		const line = 'x'.repeat(1200);
		alice.send(`bob: ${line}`, `bob, carol: ${line}`);
		await closed;
		expect(await bob.ended).toBe('ECONNRESET');
		expect(await carol.take(2)).toEqual([`from alice: ${line}`, goodbye]);
	});

	it('may be asked for twice, and with peers that are on their way out', async () => {
		const broker = await start({refusalWaitMs: 1, lingerMs: 1e6});
		const refused = await Peer.connect(broker.address);
		refused.send('server');
		await refused.ended;
		await Promise.all([broker.close(), broker.close()]);
		expect(broker.connections).toBe(0);
	});
});

describe('starting', () => {
	it('says what to do when the port is in use', async () => {
		const {address} = await start();
		await expect(startBroker({port: address.port})).rejects.toMatchObject({
			name: 'BrokerError',
			code: 'EADDRINUSE',
			message: `Something else already listens on 127.0.0.1:${address.port}; choose another port, or 0 for a free one`,
		});
	});

	it('says what is wrong with an address', async () => {
		await expect(startBroker({host: '192.0.2.1', port: 0})).rejects.toMatchObject({
			code: 'EADDRNOTAVAIL',
			message: 'This machine does not have the address 192.0.2.1; 0.0.0.0 stands for all it has',
		});
		await expect(startBroker({host: 'nowhere.invalid', port: 0})).rejects.toMatchObject({code: 'ENOTFOUND'});
		await expect(startBroker({port: 70_000})).rejects.toMatchObject({code: 'ERR_SOCKET_BAD_PORT'});
	});

	it('takes no limit that is none', async () => {
		await expect(startBroker({port: 0, maxConnections: Number.NaN})).rejects.toThrow(
			'maxConnections has to be a number of at least 0, not NaN',
		);
		await expect(startBroker({port: 0, restMs: -1})).rejects.toThrow(RangeError);
	});

	it('takes no empty host, which would be every address of this machine', async () => {
		for (const host of ['', null]) {
			await expect(startBroker({port: 0, host: host as string})).rejects.toThrow(
				'host has to be an address or a name',
			);
		}
	});

	it('takes Infinity for no limit', async () => {
		const [limit, ms] = [Number.POSITIVE_INFINITY, Number.POSITIVE_INFINITY];
		const {address} = await start({
			...{
				maxConnections: limit,
				outboxRestBytes: 1000,
				outboxCutBytes: limit,
				restBytes: 1000,
				maxRests: limit,
			},
			...{loginTimeoutMs: ms, restMs: ms, writeStallMs: ms, drainMs: ms, lingerMs: ms},
		});
		const [alice, bob] = [await Peer.login(address, 'alice'), await Peer.login(address, 'bob')];
		const line = 'x'.repeat(900);
		alice.send(...Array.from({length: 4}, () => `bob: ${line}`), 'alice: rests');
		expect(await bob.take(3)).toEqual(Array(3).fill(`from alice: ${line}`));
		for (let round = 0; round < 50; round++) {
			bob.send('alice: for ever');
			expect(await alice.line()).toBe('from bob: for ever');
		}
	});

	it('takes the port of a broker that has just closed', async () => {
		const {port} = (await start()).address;
		const other = createServer().listen(0, '127.0.0.1');
		onTestFinished(() => void other.close());
		const first = await startBroker({port: 0});
		await Peer.login(first.address, 'alice');
		await first.close();
		const second = await start({port: first.address.port});
		expect(second.address.port).toBe(first.address.port);
		expect(second.address.port).not.toBe(port);
	});
});
