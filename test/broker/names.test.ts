import {describe, expect, it} from 'vitest';
import {Peer} from '../support/peer.ts';
import {happens, start} from './start.ts';

describe('a name that is taken', () => {
	it.each(['alice', 'ALICE', 'ａlice'])('is refused, also as %s', async login => {
		const {address} = await start({nameRetryMs: 10, refusalWaitMs: 10});
		const alice = await Peer.login(address, 'alice');
		const other = await Peer.connect(address);
		other.send(login);
		expect(await other.line()).toBe(`from server: the name "${login}" is taken`);
		expect(await other.ended).toBe('FIN');
		alice.send('alice: unharmed');
		expect(await alice.line()).toBe('from alice: unharmed');
	});

	it('may have a byte order mark in front of it, and only there', async () => {
		const {address} = await start();
		const alice = await Peer.login(address, 'alice');
		const bob = await Peer.connect(address);
		bob.write(Buffer.from('efbbbf626f620a616c6963653a206869200a', 'hex'));
		expect(await alice.line()).toBe('from bob: hi');
		const carol = await Peer.connect(address);
		carol.send('car\uFEFFol', '');
		expect(await carol.line()).toMatch(/^from server: the name "car.*may only hold/);
	});

	it('is refused after the next line, and what comes behind the login counts for nothing', async () => {
		const {address} = await start({nameRetryMs: 10, refusalWaitMs: 1e6});
		const alice = await Peer.login(address, 'alice');
		const other = await Peer.connect(address);
		other.send('alice', 'alice: I am you');
		expect(await other.line()).toBe('from server: the name "alice" is taken');
		other.send('alice: still you');
		other.end();
		expect(await other.ended).toBe('FIN');
		alice.send('alice: end');
		expect(await alice.line()).toBe('from alice: end');
	});

	it('is refused with that sentence whatever the next line is', async () => {
		const {address} = await start({nameRetryMs: 10, refusalWaitMs: 1e6});
		await Peer.login(address, 'alice');
		const other = await Peer.connect(address);
		other.write(Buffer.from([...Buffer.from('alice\n'), 0xff, 0x0a]));
		expect(await other.line()).toBe('from server: the name "alice" is taken');
	});

	it('is refused at the end of the stream at the latest', async () => {
		const {address} = await start({nameRetryMs: 10, refusalWaitMs: 1e6});
		await Peer.login(address, 'alice');
		const other = await Peer.connect(address);
		other.write('alice');
		other.end();
		expect(await other.line()).toBe('from server: the name "alice" is taken');
		expect(await other.ended).toBe('FIN');
	});

	it('is given to the first who waits the moment it is free, with the lines behind the login', async () => {
		const broker = await start({nameRetryMs: 1e6});
		const old = await Peer.login(broker.address, 'alice');
		const [first, second] = [await Peer.connect(broker.address), await Peer.connect(broker.address)];
		first.send('alice', 'alice: first');
		await until(() => first.socket.bytesWritten > 0);
		await turns();
		second.send('alice', 'alice: second');
		await turns();
		old.reset();
		expect(await first.line()).toBe('from alice: first');
		expect(broker.logins).toEqual(['alice']);
		await first.leave();
		expect(await second.line()).toBe('from alice: second');
	});

	it('stays with its new owner when the old one leaves late', async () => {
		const broker = await start({nameRetryMs: 10, refusalWaitMs: 10});
		for (let round = 0; round < 20; round++) {
			const old = await Peer.login(broker.address, 'alice');
			const left = happens(broker, 'leave', 'alice');
			if (round % 2 === 0) old.reset();
			else old.end();
			await left;
			const next = await Peer.login(broker.address, 'alice');
			old.socket.destroy();
			next.send('alice: mine');
			expect(await next.line()).toBe('from alice: mine');
			const gone = happens(broker, 'leave', 'alice');
			next.reset();
			await gone;
		}
		expect(broker.logins).toEqual([]);
	});

	it('is left once, whichever side ends first', async () => {
		const broker = await start();
		const events: string[] = [];
		broker.on('join', login => events.push(`+${login}`));
		broker.on('leave', login => events.push(`-${login}`));
		const ends: ((peer: Peer) => void)[] = [
			peer => peer.reset(),
			peer => peer.end(),
			peer => peer.socket.destroy(),
			peer => {
				peer.send('bob: x'.repeat(20_000));
				peer.reset();
			},
			peer => {
				peer.write(Uint8Array.of(0xff, 0x0a));
				peer.reset();
			},
		];
		for (const [index, end] of ends.entries()) {
			const peer = await Peer.login(broker.address, `peer${index}`);
			const gone = happens(broker, 'leave', `peer${index}`);
			end(peer);
			await gone;
		}
		await broker.close();
		expect(events).toEqual(ends.flatMap((_, index) => [`+peer${index}`, `-peer${index}`]));
	});

	it('claimed by many at once has one owner', async () => {
		const {address} = await start({nameRetryMs: 10, refusalWaitMs: 10});
		const peers = await Promise.all(Array.from({length: 20}, () => Peer.connect(address)));
		for (const peer of peers) peer.send('alice', 'alice: it is me');
		const lines = await Promise.all(peers.map(peer => peer.line()));
		expect(lines.filter(line => line === 'from alice: it is me')).toHaveLength(1);
		expect(lines.filter(line => line === 'from server: the name "alice" is taken')).toHaveLength(19);
	});
});

describe('a name that is none', () => {
	it.each([
		['', 'the name is empty'],
		['x'.repeat(33), `the name "${'x'.repeat(32)}…" is longer than 32 characters`],
		['root: x', 'the name "root: x" may only hold letters, digits, ".", "_" and "-"'],
		['\u001B]0;x\u0007', 'the name "\uFFFD]0;x\uFFFD" may only hold letters, digits, ".", "_" and "-"'],
		['SERVER', 'the name "SERVER" is kept for the server itself'],
		['GET / HTTP/1.1', 'the name "GET / HTTP/1.1" may only hold letters, digits, ".", "_" and "-"'],
	])('is refused: %j', async (login, problem) => {
		const {address} = await start({refusalWaitMs: 10});
		const peer = await Peer.connect(address);
		peer.send(login);
		expect(await peer.line()).toBe(`from server: ${problem}`);
		expect(await peer.ended).toBe('FIN');
	});
});

/** Lets what was written get to the broker, which lives in this very process. */
const turns = async (): Promise<void> => {
	for (let turn = 0; turn < 20; turn++) await new Promise(resolve => setImmediate(resolve));
};

const until = async (isDone: () => boolean): Promise<void> => {
	while (!isDone()) await new Promise(resolve => setImmediate(resolve));
};
