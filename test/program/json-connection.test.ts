import {once} from 'node:events';
import {describe, expect, test} from 'vitest';
import {temporaryFolder} from '../support/environment.ts';
import {expectOneSentence} from '../support/expectations.ts';
import {closedPort, startForeignServer} from '../support/foreign-server.ts';
import {JsonBot} from '../support/json-bot.ts';
import {Peer} from '../support/peer.ts';
import {runProgram, startHost, startProgram} from '../support/program.ts';
import {pump} from '../support/pump.ts';

const at = (port: number) => ({host: '127.0.0.1', port});

/** More than the kernel keeps between two processes that do not read: a socket's two buffers, a pipe's one. */
const kernelBytes = 16 * 1024 * 1024;
const offered = 48 * 1024 * 1024;

describe('--json', () => {
	test('where nobody hosts it says so each time and tries on, until somebody does', async () => {
		const port = await closedPort();
		const bot = new JsonBot(port, 'bot');
		for (let time = 0; time < 2; time++) {
			const {code, at, retryAt} = await bot.until('disconnected');
			expect(code).toBe('REFUSED');
			expect(Date.parse(String(retryAt))).toBeGreaterThan(Date.parse(String(at)));
		}
		bot.say({type: 'send', to: ['bob'], text: 'said early', key: 'k'});
		bot.say({type: 'who', req: 1});
		expect(await bot.until('error')).toMatchObject({code: 'LOST', req: 1});

		await startHost([], {port});
		const bob = await Peer.login(at(port), 'bob');
		await bot.until('connected');
		expect(await bot.until('accepted')).toMatchObject({key: 'k'});
		expect(await bob.line()).toBe('from bot: said early');
		expect(bot.program.stderr).toBe('');
	});

	test('where nobody hosts and there is nothing more to do it ends with a sentence, and never hosts by itself', async () => {
		const bot = new JsonBot(await closedPort(), 'bot');
		await bot.until('disconnected');
		const {code, stderr, rest} = await bot.end();

		expect(code).toBe(1);
		expectOneSentence(stderr);
		expect(rest.at(-1)).toEqual({type: 'ended', waiting: 0, kept: true});
	});

	test('a name that is taken, and one that another program of this machine uses, are exit code 1', async () => {
		const {port} = await startHost();
		await Peer.login(at(port), 'bot');
		const late = new JsonBot(port, 'bot');
		const {code, stderr} = await late.program.waitForExit();
		expect(code).toBe(1);
		expectOneSentence(stderr);
		expect(late.rest()).toMatchObject([{type: 'disconnected', code: 'NAME_TAKEN'}]);

		const home = temporaryFolder();
		await JsonBot.join(port, 'other', {home});
		const second = await runProgram(['--name=other', `--join=127.0.0.1:${port}`, '--json'], {home});
		expect(second).toMatchObject({code: 1, stdout: ''});
		expect(second.stderr).toMatch(
			/^a-chat-tui: Another a-chat-tui on this machine is "other" there: [^\n]*\.\n$/,
		);
	});

	test.each([
		['SIGHUP', 129],
		['SIGINT', 130],
		['SIGTERM', 143],
	] as const)('%s ends it with %i, quietly', async (signal, code) => {
		const {port} = await startHost();
		const bot = await JsonBot.join(port, 'bot');
		bot.program.kill(signal);

		expect(await bot.program.waitForExit()).toMatchObject({code, signal: null, stderr: ''});
	});

	test('a reader that has gone is no error', async () => {
		const {port} = await startHost();
		const bot = await JsonBot.join(port, 'bot');
		bot.program.child.stdout.destroy();
		await once(bot.program.child.stdout, 'close');
		const bob = await Peer.login(at(port), 'bob');
		bob.send('bot: more', 'bot: more');

		expect(await bot.program.waitForExit()).toMatchObject({code: 0, signal: null, stderr: ''});
	});

	test('what was missed comes after a break and after another start, and nothing twice', async () => {
		const store = temporaryFolder();
		const home = temporaryFolder();
		const first = await startHost(['--store', store]);
		const {port} = first;
		const bot = await JsonBot.join(port, 'bot', {home});
		const bob = await Peer.login(at(port), 'bob');
		bob.send('bot: one');
		await bot.until('message', {text: 'one'});
		first.program.kill('SIGKILL');
		const lost = await bot.until('disconnected');
		expect(Date.parse(String(lost.retryAt))).toBeGreaterThan(Date.parse(String(lost.at)));
		bot.say({type: 'send', to: ['bob'], text: 'said meanwhile', key: 'k'});
		bot.say({type: 'who', req: 1});
		expect(await bot.until('error')).toMatchObject({code: 'LOST', req: 1});
		await startHost(['--store', store], {port});
		await bot.until('connected');
		expect(await bot.until('accepted')).toMatchObject({key: 'k'});
		await bot.end();

		const again = await Peer.login(at(port), 'bob');
		again.send('bot: two', 'bob: sent');
		await again.line();
		const later = new JsonBot(port, 'bot', {home});
		await later.until('earlier');
		expect(await later.until('message')).toMatchObject({text: 'two', from: 'bob'});
		expect(await later.until('live')).toEqual({type: 'live', missed: 1});
	});

	test('a program that was killed sends all again with the same keys, and each arrives once and in order', async () => {
		const {port} = await startHost();
		const bob = await Peer.login(at(port), 'bob');
		const home = temporaryFolder();
		const count = 1000;
		const commands = Array.from({length: count}, (_, index) =>
			JSON.stringify({type: 'send', to: ['bob'], text: String(index), key: `k${index}`}),
		).join('\n');
		const first = new JsonBot(port, 'ci', {home});
		first.program.write(`${commands}\n`);
		await first.until('accepted', {key: 'k99'});
		first.program.kill('SIGKILL');
		await first.program.waitForExit();
		const second = new JsonBot(port, 'ci', {home});
		second.program.write(commands);
		const {code, rest} = await second.end();

		expect({code, last: rest.at(-1)}).toEqual({code: 0, last: {type: 'ended', waiting: 0, kept: true}});
		expect(rest.some(({duplicate}) => duplicate === true)).toBe(true);
		expect(await bob.take(count)).toEqual(Array.from({length: count}, (_, index) => `from ci: ${index}`));
		await bob.leave();
		expect(bob.lines).toEqual([]);
	});

	test.each(['trust', 'distrust'])('another host gets what waits only if it is trusted: %s', async answer => {
		const first = await startHost(['--store', temporaryFolder()]);
		const {port} = first;
		const bot = await JsonBot.join(port, 'bot');
		first.program.kill('SIGKILL');
		await bot.until('disconnected');
		bot.say({type: 'send', to: ['bob'], text: 'waits', key: 'k'});
		await startHost(['--store', temporaryFolder()], {port});
		const bob = await Peer.login(at(port), 'bob');
		const {srv, wants, waiting} = await bot.until('stranger');
		expect({wants, waiting}).toEqual({wants: 'lines', waiting: 1});
		expect((await bot.until('connected')).srv).toBe(srv);
		bot.say({type: 'trust', srv: 'other'});
		expect(await bot.until('error')).toMatchObject({code: 'NO_STRANGER'});
		bot.say(answer === 'trust' ? {type: 'trust', srv} : {type: 'distrust'});
		if (answer === 'trust') {
			await bot.until('accepted', {key: 'k'});
			expect(await bob.line()).toBe('from bot: waits');
		} else {
			expect(await bot.until('refused')).toMatchObject({key: 'k', code: 'STRANGER'});
			bot.say({type: 'send', to: ['bob'], text: 'for the second'});
			expect(await bob.line()).toBe('from bot: for the second');
		}
	});

	test('nothing is signed for another host until it is trusted, and at the end of the input it never is', async () => {
		const home = temporaryFolder();
		const store = temporaryFolder();
		const second = await startHost(['--store', store]);
		// Here the name is bound to the key.
		expect((await (await JsonBot.join(second.port, 'bot', {home})).end()).code).toBe(0);
		second.program.kill('SIGKILL');
		await second.program.waitForExit();
		const first = await startHost();
		const {port} = first;
		expect((await (await JsonBot.join(port, 'bot', {home})).end()).code).toBe(0);
		first.program.kill('SIGKILL');
		await first.program.waitForExit();
		await startHost(['--store', store], {port});

		const silent = new JsonBot(port, 'bot', {home});
		await silent.until('stranger', {wants: 'signature'});
		const {code, stderr} = await silent.end();
		expect(code).toBe(1);
		expectOneSentence(stderr);
		const bot = new JsonBot(port, 'bot', {home});
		const {srv} = await bot.until('stranger', {wants: 'signature'});
		bot.say({type: 'who', req: 1});
		expect(await bot.until('error')).toMatchObject({code: 'LOST', req: 1});
		bot.say({type: 'trust', srv});
		expect(await bot.until('connected')).toMatchObject({srv, login: 'bot'});
	});

	test('with --host it is in the chat that it hosts, and a signal ends both', async () => {
		const host = startProgram(['--name=bot', '--host', '--listen=0', '--json']);
		await host.waitFor('"live"');
		const port = Number(/"host":"127\.0\.0\.1:(\d+)"/.exec(host.stdout)?.[1]);
		const bob = await Peer.login(at(port), 'bob');
		bob.send('bot: hi');
		await host.waitFor('"text":"hi"');
		host.kill('SIGTERM');

		expect(await host.waitForExit()).toMatchObject({code: 0, signal: null});
	});

	test('a slow reader of our output makes us stop reading, and gets everything', async () => {
		const server = await startForeignServer();
		const bot = new JsonBot(server.port, 'bot');
		bot.program.child.stdout.pause();
		const socket = await server.accept();
		const chunk = Buffer.from(`from bob: ${'x'.repeat(1013)}\n`.repeat(64));
		const flood = pump(socket, chunk, offered);
		await flood.standstill();
		expect(flood.taken()).toBeLessThan(kernelBytes);

		bot.program.child.stdout.resume();
		await flood.done;
		await expect.poll(() => bot.program.stdout.split('"message"').length - 1).toBe(offered / 1024);
	});

	test('input is read no faster than the host takes it', async () => {
		const server = await startForeignServer();
		const bot = new JsonBot(server.port, 'bot');
		const socket = await server.accept();
		socket.write(
			'@welcome a-chat=1 srv=x you=bot caps=ack n=0 ts=0 stored=disk text=4096 line=8192 dests=20 rate=0 ping=30 keys=60\n@live\n',
		);
		await bot.until('live');
		const command = `${JSON.stringify({type: 'send', to: ['bob'], text: 'x'.repeat(900)})}\n`;
		const input = pump(bot.program.child.stdin, Buffer.from(command.repeat(64)), offered);
		await input.standstill();

		expect(input.taken()).toBeLessThan(2 * 1024 * 1024);
	});
});
