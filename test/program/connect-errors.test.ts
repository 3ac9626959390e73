import {once} from 'node:events';
import {chownSync} from 'node:fs';
import {createServer as createHttpServer} from 'node:http';
import type {AddressInfo} from 'node:net';
import {expect, test} from 'vitest';
import {onCleanup} from '../support/cleanup.ts';
import {temporaryFolder} from '../support/environment.ts';
import {expectFailure, expectOneSentence} from '../support/expectations.ts';
import {ExtendedPeer, TestKey} from '../support/extended-peer.ts';
import {closedPort, startForeignServer, withoutHello} from '../support/foreign-server.ts';
import {Peer} from '../support/peer.ts';
import {runProgram, startHost, startProgram} from '../support/program.ts';

const plain = (port: number): string[] => ['--plain', '--name=alice', `--join=127.0.0.1:${port}`];
const send = (port: number): string[] => ['--name=ci', '--to=bob', `--join=127.0.0.1:${port}`, 'green'];

const startHttpServer = async (): Promise<number> => {
	const server = createHttpServer().listen(0, '127.0.0.1');
	await once(server, 'listening');
	onCleanup('test', () => {
		server.close();
	});
	return (server.address() as AddressInfo).port;
};

test('a host whose port is taken by something else', async () => {
	const {port} = await startForeignServer();

	const result = await runProgram(['--host', '--headless', `--listen=${port}`]);
	expectFailure(result, {code: 1, says: new RegExp(String(port))});
});

test('a host whose port is taken by another host, which is not harmed', async () => {
	const {program, port} = await startHost();

	const result = await runProgram(['--host', '--headless', `--listen=0.0.0.0:${port}`]);
	expectFailure(result, {code: 1, says: new RegExp(`"a-chat-tui --join 127\\.0\\.0\\.1:${port}"`)});
	expect(program.hasExited).toBe(false);
});

test('a host on an address that this machine does not have', async () => {
	const result = await runProgram(['--host', '--headless', '--listen=192.0.2.1:0']);

	expectFailure(result, {code: 1, says: /192\.0\.2\.1/});
});

test('a host on a port that only root may have', async () => {
	if (process.getuid?.() === 0) {
		// Root may: the right is given up on the way to the program.
		const {programCommand} = await import('../support/dist.ts');
		const home = temporaryFolder('test');
		chownSync(home, 65_534, 65_534);
		const [file, ...args] = programCommand(['--host', '--headless', '--listen=1']);
		const command = ['setpriv', '--reuid=65534', '--clear-groups', '--bounding-set=-all', file, ...args];
		const result = await runProgram([], {command: command as [string, ...string[]], home});
		expectFailure(result, {code: 1, says: /\b1\b/});
		return;
	}

	expectFailure(await runProgram(['--host', '--headless', '--listen=1']), {code: 1, says: /\b1\b/});
});

test.each([
	['--plain', ['--plain']],
	['--to', ['--to=bob', 'green']],
])('a host name that nobody has, with %s', async (_, args) => {
	const result = await runProgram([...args, '--name=alice', '--join=nowhere.invalid:8080']);

	expectFailure(result, {code: 1, says: /nowhere\.invalid/});
});

test('nobody there', async () => {
	const port = await closedPort();

	expectFailure(await runProgram(plain(port)), {
		code: 1,
		says: new RegExp(`127\\.0\\.0\\.1:${port}: start one there with "a-chat-tui --host --listen ${port}"`),
	});
});

test.each([
	['--plain', plain],
	['--to', send],
])('a web server, with %s', async (_, args) => {
	const port = await startHttpServer();

	expectFailure(await runProgram(args(port)), {code: 1, says: /answers HTTP, not chat.*--listen/});
});

test('another port of a web server elsewhere is not proposed', async () => {
	const server = await startForeignServer({host: '::1'});
	server.accept().then(socket => socket.end('HTTP/1.1 400 Bad Request\r\n\r\n'));
	const result = await runProgram(['--plain', '--name=alice', `--join=[::1]:${server.port}`]);

	expectFailure(result, {code: 1, says: /answers HTTP, not chat/});
});

test('a server that resets the connection in mid-line', async () => {
	const server = await startForeignServer();
	const client = startProgram(plain(server.port));
	const socket = await server.accept();
	socket.write('from bob: all\nfrom bob: hal');
	await client.waitFor('hal');
	socket.resetAndDestroy();

	const {code, stdout, stderr} = await client.waitForExit();
	expect({code, stdout}).toEqual({code: 1, stdout: 'from bob: all\nfrom bob: hal'});
	expectOneSentence(stderr);
});

test('a server that ends before we do', async () => {
	const server = await startForeignServer();
	const client = startProgram(plain(server.port));
	const socket = await server.accept();
	socket.end('from server: this server is full\n');

	const {code, stdout, stderr} = await client.waitForExit();
	expect({code, stdout}).toEqual({code: 1, stdout: 'from server: this server is full\n'});
	expectOneSentence(stderr);
});

test('a server that ends in the middle of what might have been a refusal of the name', async () => {
	const server = await startForeignServer();
	const client = startProgram(plain(server.port));
	const socket = await server.accept();
	socket.end('from server: the name "al');

	expect(await client.waitForExit()).toMatchObject({code: 1, stdout: 'from server: the name "al'});
});

test.each(['--plain', '--json'])(
	'a name of somebody who is connected, or that is bound to a key, is refused in one sentence that says what to do: %s',
	async mode => {
		const {port} = await startHost();
		const address = {host: '127.0.0.1', port};
		await Peer.login(address, 'plain');
		(await ExtendedPeer.join(address, 'bound', {key: new TestKey()})).peer.socket.end();
		await Promise.all(
			['plain', 'bound'].map(async name => {
				const args = [`--name=${name}`, `--join=127.0.0.1:${port}`, mode];
				const {code, stdout, stderr} = await runProgram(args, {input: 'bob: lost\n'});
				expect({code, stderr}).toEqual({
					code: 1,
					stderr: `a-chat-tui: 127.0.0.1:${port} says: the name "${name}" is taken: choose another one with --name.\n`,
				});
				expect(stdout).not.toContain('from server');
			}),
		);
	},
);

test('a host that is killed', async () => {
	const {program, port} = await startHost();
	const client = startProgram(plain(port));
	client.write('alice: here\n');
	await client.waitFor('from alice: here');
	program.kill('SIGKILL');

	const {code, stderr} = await client.waitForExit();
	expect(code).toBe(1);
	expectOneSentence(stderr);
});

test('a server that breaks while --to writes confirms nothing', async () => {
	const server = await startForeignServer();
	const client = startProgram(['--name=ci', '--to=bob', `--join=127.0.0.1:${server.port}`]);
	client.write('one\n');
	const socket = await server.accept();
	await expect.poll(() => withoutHello(server.received())).toBe('ci\nbob: one\n');
	socket.resetAndDestroy();

	const result = await client.waitForExit();
	expectFailure(result, {code: 1});
});

test('a server that breaks after the text of --to confirms nothing', async () => {
	const server = await startForeignServer();
	const client = startProgram(send(server.port));
	const socket = await server.accept();
	await new Promise(resolve => socket.once('end', resolve));
	socket.resetAndDestroy();

	expectFailure(await client.waitForExit(), {code: 1});
	expect(withoutHello(server.received())).toBe('ci\nbob: green\n');
});
