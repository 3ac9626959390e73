import {spawnSync} from 'node:child_process';
import {once} from 'node:events';
import {describe, expect, it, onTestFinished} from 'vitest';
import {connectionLimit, openFiles, openFilesLimit} from '../../source/broker/files.ts';
import type {BrokerOptions} from '../../source/broker/index.ts';
import {BrokerProcess} from '../support/broker-process.ts';
import {Peer} from '../support/peer.ts';
import {start} from './start.ts';

const withFiles = (count: number) => ['sh', '-c', `ulimit -n ${count} && exec "$@"`, 'sh'];

const canTrace = spawnSync('strace', ['-qq', '-o', '/dev/null', 'true']).status === 0;

const startProcess = async (options: BrokerOptions, wrapper: readonly string[]): Promise<BrokerProcess> => {
	const broker = await BrokerProcess.start(options, wrapper);
	onTestFinished(() => broker.stop());
	return broker;
};

/** Logs in, again and again until it works. */
const loginAtLast = async (broker: BrokerProcess, login: string): Promise<Peer> =>
	Peer.login(broker.address, login).catch(() => loginAtLast(broker, login));

describe('a broker that is full', () => {
	it('says so and ends, and takes newcomers again when somebody has left', async () => {
		const broker = await start({maxConnections: 8, refusalSlots: 1});
		const logged: string[] = [];
		broker.on('log', ({code, text}) => logged.push(`${code} ${text}`));
		const peers = await Promise.all(
			Array.from({length: 8}, (_, index) => Peer.login(broker.address, `p${index}`)),
		);
		for (let round = 0; round < 20; round++) {
			const refused = await Peer.connect(broker.address);
			expect(await refused.line()).toBe('from server: this server is full, it takes 8 connections');
			expect(await refused.ended).toBe('FIN');
			refused.socket.destroy();
		}
		expect(logged).toEqual([
			'FULL All 8 connections are in use, newcomers are refused; raise the limit of connections to take more',
		]);
		await peers[0]?.leave();
		while (broker.connections === 8) await new Promise(resolve => setImmediate(resolve));
		await Peer.login(broker.address, 'late');
	});

	it('lets those whom it refuses end in peace, as far as it has slots for them', async () => {
		const {address} = await start({maxConnections: 0, refusalSlots: 1});
		const peer = await Peer.connect(address);
		expect(await peer.ended).toBe('FIN');
		peer.write('x'.repeat(1_000_000));
		peer.end();
		expect(await once(peer.socket, 'close')).toEqual([false]);
	});

	it('refuses newcomers that have said something already', async () => {
		const {address} = await start({maxConnections: 0});
		const peer = await Peer.connect(address);
		peer.send('alice', 'alice: hi');
		expect(await peer.line()).toBe('from server: this server is full, it takes 0 connections');
	});
});

describe.skipIf(process.platform === 'win32')('with few files', () => {
	it.each([64, 100])(
		'at "ulimit -n %d" a thousand peers are taken or refused, and the broker lives on',
		async files => {
			const broker = await startProcess({}, withFiles(files));
			expect(broker.limit).toBeLessThan(files - 16);
			expect(broker.limit).toBeGreaterThanOrEqual(8);
			const peers: Peer[] = [];
			for (let at = 0; at < 1000; at += 50) {
				peers.push(...(await Promise.all(Array.from({length: 50}, () => Peer.connect(broker.address)))));
			}
			const full = `from server: this server is full, it takes ${broker.limit} connections`;
			await Promise.all(peers.slice(broker.limit).map(peer => peer.ended));
			expect(new Set(peers.slice(broker.limit).flatMap(peer => peer.lines))).toEqual(new Set([full]));
			expect(peers.slice(0, broker.limit).flatMap(peer => peer.lines)).toEqual([]);

			// Full and idle: no loop of accepts that fail.
			const idle = await broker.measure();
			expect(files - idle.files).toBeGreaterThanOrEqual(8);
			await new Promise(resolve => setTimeout(resolve, 300));
			const later = await broker.measure();
			expect(later.cpuMs - idle.cpuMs).toBeLessThan(0.2 * 300);
			const kinds = new Set(broker.log.map(entry => entry.code));
			expect([...kinds]).toEqual(['FULL']);
			expect(broker.log[0]?.text).toContain('raise "ulimit -n"');
			expect(broker.log.length).toBeLessThan(10);

			for (const peer of peers) peer.reset();
			while ((await broker.measure()).connections > 0);
			await Promise.all(
				Array.from({length: broker.limit}, (_, index) => Peer.login(broker.address, `p${index}`)),
			);
			for (const peer of peers) peer.socket.destroy();
		},
	);

	it('too few to serve anybody, it does not start and says how to get more', async () => {
		await expect(startProcess({}, withFiles(36))).rejects.toThrow(
			/^Too few files may be open for a broker; raise the limit with "ulimit -n \d+" and start again$/,
		);
	});

	it('it knows the limit and what is open', () => {
		expect(openFilesLimit()).toBeGreaterThan(8);
		expect(openFiles()).toBeGreaterThan(2);
		expect(openFiles()).toBeLessThan(openFilesLimit());
		expect(connectionLimit(10, 16)).toBe(10);
		expect(() => connectionLimit(10, Number.MAX_SAFE_INTEGER)).toThrow('Too few files');
	});
});

describe.skipIf(!canTrace)('when accepting fails (needs strace, and leave to trace)', () => {
	it('the broker stays up and takes those who come afterwards', async () => {
		const fault = ['-e', 'trace=accept4', '-e', 'inject=accept4:error=EMFILE:when=3..5'];
		const broker = await startProcess({}, ['strace', '-f', '-qq', '-o', '/dev/null', ...fault]);
		// What was waiting while accepting failed may be gone; it is the next ones that count.
		const attempts = await Promise.allSettled(
			Array.from({length: 10}, (_, index) => Peer.login(broker.address, `early${index}`)),
		);
		expect(attempts.filter(({status}) => status === 'fulfilled').length).toBeGreaterThan(0);
		const [alice, bob] = [await loginAtLast(broker, 'alice'), await loginAtLast(broker, 'bob')];
		alice.send('bob: still here');
		expect(await bob.line()).toBe('from alice: still here');
	});

	it('and files cannot be opened, newcomers are closed and it is logged, until they can', async () => {
		const fault = ['-e', 'trace=openat', '-P', '/dev/null', '-e', 'inject=openat:error=EMFILE:when=2..3'];
		const broker = await startProcess({housekeepingMs: 100}, [
			'strace',
			'-f',
			'-qq',
			'-o',
			'/dev/null',
			...fault,
		]);
		while (broker.log.length === 0) await new Promise(resolve => setTimeout(resolve, 5));
		const newcomer = await Peer.connect(broker.address);
		newcomer.send('alice', 'alice: hello');
		await newcomer.ended;
		expect(newcomer.lines).toEqual([]);
		await loginAtLast(broker, 'alice');
		expect(broker.log).toMatchObject([
			{code: 'NO_FILES', text: 'No file can be opened (EMFILE); newcomers are closed'},
		]);
	});
});
