import {describe, expect, test} from 'vitest';
import {startDeafServer} from '../support/deaf-server.ts';
import {temporaryFolder} from '../support/environment.ts';
import {expectFailure, expectOneSentence} from '../support/expectations.ts';
import {closedPort} from '../support/foreign-server.ts';
import {JsonBot} from '../support/json-bot.ts';
import {Peer} from '../support/peer.ts';
import {runProgram, startHost} from '../support/program.ts';

const send = (port: number, ...text: string[]): string[] => [
	'--name=ci',
	'--to=bob',
	`--join=127.0.0.1:${port}`,
	...text,
];
// The tests wait side by side, so what one started must outlive the end of another; those that wait longest come first.
const lifetime = 'file';
const timeout = 30_000;

/** Everything but the last line is a word about trying on. */
const lastSentence = (stderr: string): string => `${stderr.trimEnd().split('\n').at(-1)}\n`;

describe.concurrent('what is waited for 10 s', () => {
	test('a server that never answers the connection', async () => {
		const port = await startDeafServer(lifetime);
		const args = ['--plain', '--name=alice', `--join=127.0.0.1:${port}`];

		expectFailure(await runProgram(args, {lifetime, timeout}), {
			code: 1,
			says: new RegExp(`127\\.0\\.0\\.1:${port}`),
		});
	});

	test('--to where nobody is', async () => {
		const port = await closedPort();
		const startedAt = performance.now();
		const {code, stdout, stderr} = await runProgram(send(port, 'green'), {lifetime, timeout});

		expect({code, stdout}).toEqual({code: 1, stdout: ''});
		expectOneSentence(lastSentence(stderr));
		expect(performance.now() - startedAt).toBeGreaterThan(9000);
	});

	test('--to under a name that stays taken, whose owner is not disturbed', async () => {
		const {port} = await startHost([], {lifetime});
		const owner = await Peer.login({host: '127.0.0.1', port}, 'CI');
		const {code, stdout, stderr} = await runProgram(send(port, 'green'), {lifetime, timeout});

		expect({code, stdout}).toEqual({code: 1, stdout: ''});
		expectOneSentence(lastSentence(stderr));
		expect(lastSentence(stderr)).toMatch(/\bci\b.*taken/i);
		owner.send('CI: still here');
		expect(await owner.line()).toBe('from CI: still here');
		owner.socket.destroy();
	});

	test('--to a host that is slow to read, longer than that', async () => {
		const {port} = await startHost(['--rate=200'], {lifetime});
		const input = Array.from({length: 3200}, (_, index) => `${index}\n`).join('');
		const bob = await Peer.login({host: '127.0.0.1', port}, 'bob');
		const startedAt = performance.now();
		const result = await runProgram(send(port), {lifetime, timeout, input});

		expect(result).toMatchObject({code: 0, stdout: '', stderr: ''});
		expect(performance.now() - startedAt).toBeGreaterThan(10_500);
		expect((await bob.take(3200)).at(-1)).toBe('from ci: 3199');
		bob.socket.destroy();
	});

	test('--json with what is not acknowledged at the end of the input: it is said, kept, and sent with the next start', async () => {
		const store = temporaryFolder(lifetime);
		const home = temporaryFolder(lifetime);
		const first = await startHost(['--store', store], {lifetime});
		const {port} = first;
		const bot = await JsonBot.join(port, 'bot', {home, lifetime});
		first.program.kill('SIGKILL');
		await bot.until('disconnected');
		bot.say({type: 'send', to: ['bob'], text: 'later', key: 'k'});
		const {code, stderr, rest} = await bot.end();
		expect({code, stderr, last: rest.at(-1)}).toEqual({
			...{code: 0, stderr: ''},
			last: {type: 'ended', waiting: 1, kept: true},
		});
		await startHost(['--store', store], {port, lifetime});
		const bob = await Peer.login({host: '127.0.0.1', port}, 'bob');
		const next = new JsonBot(port, 'bot', {home, lifetime});
		expect(await next.until('accepted')).toMatchObject({key: 'k', to: ['bob']});
		expect(await bob.line()).toBe('from bot: later');
	});

	test('--to under a name that becomes free', async () => {
		const {port} = await startHost([], {lifetime});
		const address = {host: '127.0.0.1', port};
		const owner = await Peer.login(address, 'ci');
		const bob = await Peer.login(address, 'bob');
		const running = runProgram(send(port, 'green'), {lifetime, timeout});
		setTimeout(() => owner.leave(), 1500);

		expect(await bob.line()).toBe('from ci: green');
		expect(await running).toMatchObject({code: 0, stdout: ''});
		bob.socket.destroy();
	});

	test('--to a host that starts later', async () => {
		const port = await closedPort();
		const running = runProgram(send(port, 'green'), {lifetime, timeout});
		await new Promise(resolve => setTimeout(resolve, 1000));
		await startHost([], {port, lifetime});

		// That host knows nobody else yet.
		expect(await running).toMatchObject({code: 3, stdout: '', stderr: expect.stringContaining('"bob"')});
	});
});
