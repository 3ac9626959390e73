import {once} from 'node:events';
import {describe, expect, test} from 'vitest';
import {startForeignServer, withoutHello} from '../support/foreign-server.ts';
import {Peer} from '../support/peer.ts';
import {startHost, startProgram} from '../support/program.ts';

const endings = [
	['SIGHUP', 129],
	['SIGINT', 130],
	['SIGTERM', 143],
] as const;

const at = (port: number): string => `--join=127.0.0.1:${port}`;

describe.each(endings)('%s', (signal, code) => {
	test(`ends a --plain client with ${code}, quietly`, async () => {
		const server = await startForeignServer();
		const client = startProgram(['--plain', '--name=alice', at(server.port)]);
		const socket = await server.accept();
		await once(socket, 'data');
		client.kill(signal);

		expect(await client.waitForExit()).toEqual({code, signal: null, stdout: '', stderr: ''});
	});

	test(`ends a --to client with ${code}, quietly`, async () => {
		const server = await startForeignServer();
		const client = startProgram(['--name=ci', '--to=bob', at(server.port)]);
		client.write('one\n');
		await server.accept();
		await expect.poll(() => withoutHello(server.received())).toBe('ci\nbob: one\n');
		client.kill(signal);

		expect(await client.waitForExit()).toEqual({code, signal: null, stdout: '', stderr: ''});
	});

	test(`ends a --to client that still looks for a host with ${code}`, async () => {
		const server = await startForeignServer();
		const client = startProgram(['--name=ci', '--to=bob', at(server.port), 'hi']);
		const socket = await server.accept();
		socket.end('from server: full\n');
		await server.accept();
		client.kill(signal);

		expect(await client.waitForExit()).toMatchObject({code, signal: null, stdout: ''});
	});
});

describe.each(['SIGINT', 'SIGTERM'] as const)('%s to a host', signal => {
	test('delivers everything that was accepted, says FIN, and is 0', async () => {
		const {program, port} = await startHost();
		const address = {host: '127.0.0.1', port};
		const bob = await Peer.login(address, 'bob');
		const alice = await Peer.login(address, 'alice');
		const texts = Array.from({length: 2000}, (_, index) => `${index} ${'x'.repeat(200)}`);
		alice.send(...texts.map(text => `bob: ${text}`), 'alice: all read');
		expect(await alice.line()).toBe('from alice: all read');
		program.kill(signal);

		expect(await program.waitForExit()).toMatchObject({
			code: 0,
			signal: null,
			stdout: `listening on 127.0.0.1:${port}\n`,
		});
		expect(await bob.ended).toBe('FIN');
		expect(bob.lines.slice(0, texts.length)).toEqual(texts.map(text => `from alice: ${text}`));
		// What else a peer hears at the end is the host's one last line.
		expect(bob.lines.slice(texts.length).every(line => line.startsWith('from server: '))).toBe(true);
	});

	test('the port is free again at once', async () => {
		const {program, port} = await startHost();
		await Peer.login({host: '127.0.0.1', port}, 'bob');
		program.kill(signal);
		await program.waitForExit();

		const next = startProgram(['--host', '--headless', `--listen=${port}`]);
		await next.waitFor(`listening on 127.0.0.1:${port}\n`);
	});

	test('a second one does not wait for a peer that does not read', async () => {
		const {program, port} = await startHost();
		const address = {host: '127.0.0.1', port};
		const bob = await Peer.login(address, 'bob');
		const alice = await Peer.login(address, 'alice');
		bob.socket.pause();
		// More than the kernel takes for bob, so that some of it waits in the host.
		const line = `bob: ${'x'.repeat(60_000)}\n`;
		for (let round = 0; round < 400 && !alice.socket.writableNeedDrain; round += 1) {
			alice.write(line);
			await new Promise(resolve => setImmediate(resolve));
		}

		alice.send('alice: all read');
		program.kill(signal);
		await expect.poll(() => isAccepting(port)).toBe(false);
		expect(program.hasExited).toBe(false);
		program.kill(signal);

		expect(await program.waitForExit({timeout: 2000})).toMatchObject({
			code: signal === 'SIGINT' ? 130 : 143,
			signal: null,
		});
		alice.socket.destroy();
		bob.socket.destroy();
	});
});

const isAccepting = async (port: number): Promise<boolean> => {
	try {
		const peer = await Peer.connect({host: '127.0.0.1', port});
		peer.socket.destroy();
		return true;
	} catch {
		return false;
	}
};

test('a host without a screen outlives the terminal that it was started in', async () => {
	const {program, port} = await startHost();
	program.kill('SIGHUP');
	const bob = await Peer.login({host: '127.0.0.1', port}, 'bob');
	bob.send('bob: still here');

	expect(await bob.line()).toBe('from bob: still here');
	program.kill('SIGTERM');
	expect((await program.waitForExit()).code).toBe(0);
});

test('SIGHUP ends a host that takes part, with 0', async () => {
	const host = startProgram(['--host', '--listen=0', '--plain', '--name=alice']);
	host.write('alice: hi\n');
	await host.waitFor('from alice: hi\n');
	host.kill('SIGHUP');

	expect(await host.waitForExit()).toMatchObject({code: 0, signal: null});
});

test('a host whose standard output was closed goes on', async () => {
	const {program, port} = await startHost();
	program.child.stdout.destroy();
	program.child.stderr.destroy();
	const bob = await Peer.login({host: '127.0.0.1', port}, 'bob');

	expect(bob.lines).toEqual([]);
	program.kill('SIGTERM');
	expect((await program.waitForExit()).code).toBe(0);
});
