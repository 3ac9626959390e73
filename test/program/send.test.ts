import {once} from 'node:events';
import path from 'node:path';
import {DatabaseSync} from 'node:sqlite';
import {describe, expect, test} from 'vitest';
import {loadIdentity} from '../../source/session/identity.ts';
import {temporaryFolder} from '../support/environment.ts';
import {expectFailure} from '../support/expectations.ts';
import {ExtendedPeer, TestKey} from '../support/extended-peer.ts';
import {startForeignServer, withoutHello} from '../support/foreign-server.ts';
import {Peer} from '../support/peer.ts';
import {runProgram, startHost, startProgram} from '../support/program.ts';
import {pump} from '../support/pump.ts';

const at = (port: number): string => `--join=127.0.0.1:${port}`;

const chunk = Buffer.from(`${'x'.repeat(1023)}\n`.repeat(64));
const offered = 48 * 1024 * 1024;
/** More than the kernel keeps between two processes that do not read: a socket's two buffers, a pipe's one. */
const kernelBytes = 16 * 1024 * 1024;

/** How many messages a host keeps in a folder. */
const storedIn = (folder: string): number => {
	const database = new DatabaseSync(path.join(folder, 'messages.db'), {readOnly: true});
	const row = database.prepare('SELECT count(*) AS count FROM messages').get();
	database.close();
	return Number(row?.count);
};

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

	test('a line is as long as the wire allows with the names in front, and no longer', async () => {
		const {port} = await startHost();
		const [bob] = await login(port, 'bob');
		const args = ['--name=ci', '--to=bob', at(port)];
		const longest = 'x'.repeat(64 * 1024 - 'bob: '.length);
		// Such a host takes 4 KiB at once, so it comes as several messages.
		const whole = async () => {
			const lines = (await bob?.take(16)) ?? [];
			return lines.map(line => line.replace('from ci: ', '')).join('');
		};

		expect(await runProgram(args, {input: `${longest}\n`})).toMatchObject({code: 0, stderr: ''});
		expect(await whole()).toBe(longest);
		expect(await runProgram([...args, longest])).toMatchObject({code: 0, stderr: ''});
		expect(await whole()).toBe(longest);
		expectFailure(await runProgram(args, {input: `${longest}x\n`}), {code: 1, says: /64 KiB/});
		expectFailure(await runProgram([...args, `${longest}x`]), {code: 2, says: /too long/});
		await bob?.leave();
		expect(bob?.lines).toEqual([]);
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

		expect(withoutHello(server.received())).toBe('ci\nbob, carol: green\n');
		socket.write('from server: still busy\n');
		await new Promise(resolve => setTimeout(resolve, 200));
		expect(sender.hasExited).toBe(false);
		socket.end();
		expect(await sender.waitForExit()).toEqual({code: 0, signal: null, stdout: '', stderr: ''});
	});

	test('a name that a busy server says is taken only behind the text is no success', async () => {
		const server = await startForeignServer();
		const sender = startProgram(['--name=ci', '--to=bob', at(server.port), 'green']);
		const socket = await server.accept();
		await once(socket, 'end');

		socket.end('from server: the name "ci" is taken\n');
		const {code, stderr} = await sender.waitForExit();
		expect({code, stderr}).toEqual({code: 1, stderr: expect.stringContaining('did not confirm')});
	});

	test('no line of standard input is no error', async () => {
		const {port} = await startHost();

		expect(await runProgram(['--name=ci', '--to=bob', at(port)])).toMatchObject({code: 0, stderr: ''});
	});

	test('a person whom nobody knows is exit code 3, also when others got it', async () => {
		const {port} = await startHost();
		const [bob] = await login(port, 'bob');
		const result = await runProgram(['--name=ci', '--to=bob,nobody', at(port), 'hello']);

		expect(await bob?.line()).toBe('from ci: hello');
		expectFailure(result, {code: 3, says: /^a-chat-tui: Nobody by the name "nobody" is known there: /});
	});

	test('a person who is not here is no error on a plain server, which tells of nobody', async () => {
		const server = await startForeignServer();
		const running = runProgram(['--name=ci', '--to=nobody', at(server.port), 'hello']);
		const socket = await server.accept();
		await once(socket, 'end');
		socket.end();

		expect(await running).toEqual({code: 0, signal: null, stdout: '', stderr: ''});
	});

	test('the same name may be at a screen with the same key meanwhile, and is told of it', async () => {
		const {port} = await startHost();
		const home = temporaryFolder();
		const key = loadIdentity(path.join(home, 'data'));
		const alice = await ExtendedPeer.join({host: '127.0.0.1', port}, 'alice', {key});
		const [bob] = await login(port, 'bob');
		const send = () => runProgram(['--name=alice', '--to=bob', at(port), 'hi'], {home});

		expect(await send()).toEqual({code: 0, signal: null, stdout: '', stderr: ''});
		expect(await bob?.line()).toBe('from alice: hi');
		expect(await alice.expect('msg')).toMatchObject({from: 'alice', to: ['bob'], text: 'hi'});
	});

	test('what a host acknowledged before it was killed is there once, and the rest comes when it is back', async () => {
		const folder = temporaryFolder();
		const first = await startHost(['--store', folder]);
		const key = new TestKey();
		const bob = await ExtendedPeer.join({host: '127.0.0.1', port: first.port}, 'bob', {key});
		await bob.peer.leave();
		const input = Array.from({length: 3000}, (_, index) => `${index}\n`).join('');
		const sender = runProgram(['--name=ci', '--to=bob', at(first.port)], {input, timeout: 30_000});
		await expect.poll(() => storedIn(folder)).toBeGreaterThan(0);
		first.program.kill('SIGKILL');
		await first.program.waitForExit();
		await startHost(['--store', folder], {port: first.port});

		// It may also say that it tries on.
		expect(await sender).toMatchObject({
			code: 1,
			stderr: expect.stringContaining('so much waits there already'),
		});
		const back = await ExtendedPeer.hello({host: '127.0.0.1', port: first.port}, 'bob', {pub: key.pub});
		const {nonce, srv} = await back.expect('challenge');
		back.say({type: 'auth', sig: key.sign(srv, nonce, 'bob')});
		const lines = await back.until('live');
		const texts = lines.flatMap(line => (line.type === 'msg' ? [line.text] : []));
		expect(texts.length).toBeGreaterThan(0);
		expect(texts).toEqual(texts.map((_, index) => `${index}`));
	});

	test('input is read no faster than the server takes it', async () => {
		const server = await startForeignServer();
		const sender = startProgram(['--name=ci', '--to=bob', at(server.port)]);
		const socket = await server.accept();
		sender.write('first\n');
		await expect.poll(() => withoutHello(server.received())).toBe('ci\nbob: first\n');
		socket.pause();
		const input = pump(sender.child.stdin, chunk, offered);
		await input.standstill();

		expect(input.taken()).toBeLessThan(kernelBytes);
		sender.kill('SIGKILL');
		await sender.waitForExit();
	});
});
