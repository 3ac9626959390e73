import {once} from 'node:events';
import {describe, expect, test} from 'vitest';
import {startForeignServer} from '../support/foreign-server.ts';
import {Peer} from '../support/peer.ts';
import {type Program, runProgram, startHost, startProgram} from '../support/program.ts';
import {pump} from '../support/pump.ts';

const at = (port: number): string => `--join=127.0.0.1:${port}`;

/** A `--plain` client that is certainly logged in: it has heard from itself. */
const joinPlain = async (port: number, login: string): Promise<Program> => {
	const client = startProgram(['--plain', `--name=${login}`, at(port)]);
	client.write(`${login}: ready\n`);
	await client.waitFor(`from ${login}: ready\n`);
	return client;
};

const chunk = Buffer.from(`from bob: ${'x'.repeat(1013)}\n`.repeat(64));
const offered = 48 * 1024 * 1024;
/** More than the kernel keeps between two processes that do not read: a socket's two buffers, a pipe's one. */
const kernelBytes = 16 * 1024 * 1024;

describe('--plain', () => {
	test('lines go both ways at once, and nothing else does', async () => {
		const {port} = await startHost();
		const alice = await joinPlain(port, 'alice');
		const bob = await joinPlain(port, 'bob');
		alice.write('bob: one\nbob, alice: two\r\n');
		await bob.waitFor('from alice: two\n');
		bob.write('alice: three\n');
		await alice.waitFor('from bob: three\n');
		alice.end();
		bob.end();

		expect(await alice.waitForExit()).toEqual({
			code: 0,
			signal: null,
			stdout: 'from alice: ready\nfrom alice: two\nfrom bob: three\n',
			stderr: '',
		});
		expect(await bob.waitForExit()).toEqual({
			code: 0,
			signal: null,
			stdout: 'from bob: ready\nfrom alice: one\nfrom alice: two\n',
			stderr: '',
		});
	});

	test('a line that is for nobody is told of, once, and sent all the same', async () => {
		const server = await startForeignServer();
		const running = runProgram(['--plain', '--name=alice', at(server.port)], {
			input: 'bob: one\n\n@who\nthe disk is full\n: really\n',
		});
		const socket = await server.accept();
		await once(socket, 'end');
		socket.end();

		expect(server.received()).toContain('the disk is full\n: really\n');
		const {code, stderr} = await running;
		expect(code).toBe(0);
		expect(stderr).toMatch(/^a-chat-tui: A line names nobody, .*\n$/);
	});

	test('is chosen by itself where input or output is no terminal', async () => {
		const {port} = await startHost();
		const result = await runProgram(['--name=alice', at(port)], {input: 'alice: me\n'});

		expect(result).toMatchObject({code: 0, stdout: 'from alice: me\n', stderr: ''});
	});

	test('the server reads the login and the lines, byte by byte', async () => {
		const server = await startForeignServer();
		const running = runProgram(['--plain', '--name=alice', at(server.port)], {
			input: 'bob: ä 😀\n\nno colon\nbob: last without an end',
		});
		const socket = await server.accept();
		await once(socket, 'end');
		socket.end();

		expect((await running).code).toBe(0);
		expect(server.received()).toMatch(/^alice\nbob: ä 😀\n\nno colon\nbob: last without an end\n?$/);
	});

	test('after the end of input it prints what still comes, and leaves at the FIN', async () => {
		const server = await startForeignServer();
		const running = runProgram(['--plain', '--name=alice', at(server.port)], {input: 'bob: hi\n'});
		const socket = await server.accept();
		await once(socket, 'end');
		socket.write('from bob: late\n');
		socket.end('from bob: without an end');

		expect(await running).toEqual({
			code: 0,
			signal: null,
			stdout: 'from bob: late\nfrom bob: without an end',
			stderr: '',
		});
	});

	test('what was read before a half-close is delivered', async () => {
		const {port} = await startHost();
		const bob = await Peer.login({host: '127.0.0.1', port}, 'bob');
		const input = Array.from({length: 5000}, (_, index) => `bob: ${index}\n`).join('');
		await runProgram(['--plain', '--name=alice', at(port)], {input});

		expect(await bob.take(5000)).toEqual(Array.from({length: 5000}, (_, index) => `from alice: ${index}`));
		bob.socket.destroy();
	});

	test('a login from the environment and from the system are used', async () => {
		const server = await startForeignServer();
		const running = runProgram(['--plain', at(server.port)], {env: {A_CHAT_NAME: 'zoë'}});
		const socket = await server.accept();
		await once(socket, 'end');
		socket.end();
		await running;

		expect(server.received()).toBe('zoë\n');
	});

	test('a slow reader of our output makes us stop reading, not grow', async () => {
		const server = await startForeignServer();
		const client = startProgram(['--plain', '--name=alice', at(server.port)]);
		client.child.stdout.pause();
		const socket = await server.accept();
		const flood = pump(socket, chunk, offered);
		await flood.standstill();
		expect(flood.taken()).toBeLessThan(kernelBytes);

		client.child.stdout.resume();
		await flood.done;
		socket.end();
		client.end();
		const {code, stdout, stderr} = await client.waitForExit();
		expect({code, stderr}).toEqual({code: 0, stderr: ''});
		expect(stdout.length).toBe(offered);
	});

	test.each([
		['while lines come', 'from bob: more\n'.repeat(10_000)],
		['at the first line', 'from bob: more\n'],
	])('a closed pipe behind us is quiet and 0, %s', async (_, text) => {
		const server = await startForeignServer();
		const client = startProgram(['--plain', '--name=alice', at(server.port)]);
		const socket = await server.accept();
		client.child.stdout.destroy();
		await once(client.child.stdout, 'close');
		socket.write(text);

		expect(await client.waitForExit()).toMatchObject({code: 0, signal: null, stderr: ''});
	});

	test('a line that cannot be sent ends the sending, with a sentence', async () => {
		const {port} = await startHost();
		const bob = await Peer.login({host: '127.0.0.1', port}, 'bob');
		const input = `bob: before\nbob: ${'x'.repeat(64 * 1024)}\nbob: after\n`;
		const {code, stderr} = await runProgram(['--plain', '--name=alice', at(port)], {input});

		expect(code).toBe(1);
		expect(stderr).toMatch(/^a-chat-tui: [^\n]*64 KiB[^\n]*\n$/);
		expect(await bob.line()).toBe('from alice: before');
		bob.send('bob: next');
		expect(await bob.line()).toBe('from bob: next');
		bob.socket.destroy();
	});

	test('with --host it hosts and takes part', async () => {
		const host = startProgram(['--host', '--listen=0', '--plain', '--name=alice']);
		host.write('alice: hi\n');
		await host.waitFor('from alice: hi\n');
		host.end();

		expect(await host.waitForExit()).toMatchObject({code: 0, stdout: 'from alice: hi\n'});
	});
});
