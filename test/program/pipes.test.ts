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

describe('--to', () => {
	const login = async (port: number, ...names: string[]): Promise<Peer[]> =>
		Promise.all(names.map(name => Peer.login({host: '127.0.0.1', port}, name)));

	test('a text to several people, each once', async () => {
		const {port} = await startHost();
		const [bob, carol] = await login(port, 'bob', 'carol');
		const result = await runProgram(['--name=ci', '--to=bob, carol,BOB', at(port), 'build', 'is: green']);

		expect(result).toEqual({code: 0, signal: null, stdout: '', stderr: ''});
		expect(await bob?.line()).toBe('from ci: build is: green');
		expect(await carol?.line()).toBe('from ci: build is: green');
		await Promise.all([bob?.leave(), carol?.leave()]);
		expect([bob?.lines, carol?.lines]).toEqual([[], []]);
	});

	test('each line of standard input, in order, also the last without an end', async () => {
		const {port} = await startHost();
		const [bob] = await login(port, 'bob');
		const input = `${Array.from({length: 5000}, (_, index) => `line ${index}`).join('\n')}\n\nlast`;
		const result = await runProgram(['--name=ci', '--to=bob', at(port)], {input});

		expect(result).toEqual({code: 0, signal: null, stdout: '', stderr: ''});
		const lines = await bob?.take(5002);
		expect(lines?.[4999]).toBe('from ci: line 4999');
		expect(lines?.slice(5000)).toEqual(['from ci: ', 'from ci: last']);
		bob?.socket.destroy();
	});

	test('a line that looks like a post is only text', async () => {
		const {port} = await startHost();
		const [bob, carol] = await login(port, 'bob', 'carol');
		await runProgram(['--name=ci', '--to=bob', at(port)], {input: 'carol: hi\n'});

		expect(await bob?.line()).toBe('from ci: carol: hi');
		await carol?.leave();
		expect(carol?.lines).toEqual([]);
		bob?.socket.destroy();
	});

	test('lines go out while more are still to come', async () => {
		const {port} = await startHost();
		const [bob] = await login(port, 'bob');
		const sender = startProgram(['--name=ci', '--to=bob', at(port)]);
		sender.write('compiling\n');

		expect(await bob?.line()).toBe('from ci: compiling');
		sender.write('done\n');
		expect(await bob?.line()).toBe('from ci: done');
		sender.end();
		expect((await sender.waitForExit()).code).toBe(0);
		bob?.socket.destroy();
	});

	test('leaves when the FIN of a plain server confirms that all was read, not before', async () => {
		const server = await startForeignServer();
		const sender = startProgram(['--name=ci', '--to=bob,carol', at(server.port), 'green']);
		const socket = await server.accept();
		await once(socket, 'end');

		expect(server.received()).toBe('ci\nbob, carol: green\n');
		socket.write('from server: still busy\n');
		await new Promise(resolve => setTimeout(resolve, 200));
		expect(sender.hasExited).toBe(false);
		socket.end();
		expect(await sender.waitForExit()).toEqual({code: 0, signal: null, stdout: '', stderr: ''});
	});

	test('no line of standard input is no error', async () => {
		const {port} = await startHost();

		expect(await runProgram(['--name=ci', '--to=bob', at(port)])).toMatchObject({code: 0, stderr: ''});
	});

	test('a person who is not here is no error on a plain server', async () => {
		const {port} = await startHost();
		const result = await runProgram(['--name=ci', '--to=nobody', at(port), 'hello']);

		expect(result).toMatchObject({code: 0, stdout: '', stderr: ''});
	});

	test('input is read no faster than the server takes it', async () => {
		const server = await startForeignServer();
		const sender = startProgram(['--name=ci', '--to=bob', at(server.port)]);
		const socket = await server.accept();
		sender.write('first\n');
		await expect.poll(() => server.received()).toBe('ci\nbob: first\n');
		socket.pause();
		const input = pump(sender.child.stdin, chunk, offered);
		await input.standstill();

		expect(input.taken()).toBeLessThan(kernelBytes);
		sender.kill('SIGKILL');
		await sender.waitForExit();
	});
});
