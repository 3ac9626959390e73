import {once} from 'node:events';
import {writeFileSync} from 'node:fs';
import path from 'node:path';
import {expect, test} from 'vitest';
import {addressOf} from '../support/chat-screen.ts';
import {programCommand} from '../support/dist.ts';
import {temporaryFolder} from '../support/environment.ts';
import {expectFailure, expectOneSentence} from '../support/expectations.ts';
import {startForeignServer} from '../support/foreign-server.ts';
import {Peer} from '../support/peer.ts';
import {type Program, runProgram, startHost, startProgram} from '../support/program.ts';
import {openTerminal} from '../support/terminal.ts';

const at = (port: number): string => `--join=127.0.0.1:${port}`;

/** The program as `"$@"` of a shell script, which decides about its streams. */
const inShell = (script: string, args: readonly string[]): {command: [string, ...string[]]} => ({
	command: ['sh', '-c', script, 'sh', ...programCommand(args)],
});

test.each([
	['--plain', ['--plain']],
	['--to', ['--to=bob']],
])('a standard input that cannot be read, with %s', async (_, mode) => {
	const {port} = await startHost();
	const file = path.join(temporaryFolder(), 'file');
	const args = [...mode, '--name=alice', at(port)];

	expectFailure(await runProgram([], inShell(`exec "$@" 0>'${file}'`, args)), {
		code: 1,
		says: /Standard input/,
	});
});

test('a standard output that cannot be written', async () => {
	const {port} = await startHost();
	const args = ['--plain', '--name=alice', at(port)];
	const result = await runProgram([], {...inShell('exec "$@" >/dev/full', args), input: 'alice: hi\n'});

	expectFailure(result, {code: 1, says: /Standard output/});
});

test('what a slow reader of our output has not taken yet is not lost with the connection', async () => {
	const server = await startForeignServer();
	const go = path.join(temporaryFolder(), 'go');
	const script = `"$@" | { until [ -e '${go}' ]; do sleep 0.05; done; cat; }`;
	const client = startProgram([], inShell(script, ['--plain', '--name=alice', at(server.port)]));
	const socket = await server.accept();
	// A pipe takes 64 KiB; what is beyond it waits in the program.
	const sent = `from bob: ${'x'.repeat(89)}\n`.repeat(720);
	socket.end(sent);
	await once(socket, 'end');
	writeFileSync(go, '');

	const {stdout, stderr} = await client.waitForExit();
	expect(stdout.length).toBe(sent.length);
	expectOneSentence(stderr);
});

/** A host that takes part without a screen, and the port that it tells. */
const startPlainHost = async (): Promise<{host: Program; port: number}> => {
	const host = startProgram(['--host', '--plain', '--listen=0', '--name=alice']);
	await host.waitFor(/--listen 0\.0\.0\.0:\d+\n/, {stream: 'stderr'});
	expect(host.stderr).toMatch(
		/^Others join with: a-chat-tui --join 127\.0\.0\.1:\d+\nOnly this machine can; /,
	);
	return {host, port: Number(/:(\d+)\n/.exec(host.stderr)?.[1])};
};

test('a host that takes part says how to join, and closes well when the reader of its output is gone', async () => {
	const {host, port} = await startPlainHost();
	const bob = await Peer.login({host: '127.0.0.1', port}, 'bob');
	host.child.stdout.destroy();
	await once(host.child.stdout, 'close');
	// Again and again, as nobody tells when alice is in; what is for her before that is gone.
	const talk = setInterval(() => bob.send('alice: hi'), 20);

	expect(await bob.ended).toBe('FIN');
	clearInterval(talk);
	expect(bob.lines).toEqual(['from server: this server is shutting down']);
	bob.socket.destroy();
	expect((await host.waitForExit()).code).toBe(0);
});

test.each([
	['--headless', ['--headless']],
	['--plain', ['--plain', '--name=alice']],
])('a terminal that is halted with Ctrl+S does not halt its host, with %s', async (_, mode) => {
	const screen = await openTerminal({args: ['--host', '--listen=0', ...mode]});
	await screen.waitFor('Only this machine');
	const address = addressOf(Number(/:(\d+)/.exec(screen.text())?.[1]));
	const bob = await Peer.login(address, 'bob');
	screen.type('\u0013');
	// The host has something to say about the one, and something to show of the other.
	const mallory = await Peer.connect(address);
	mallory.send('a:b', '');
	bob.send('alice: hi', 'bob: still here');

	expect(await mallory.ended).toBe('FIN');
	expect(await bob.line()).toBe('from bob: still here');
	mallory.socket.destroy();
	await bob.leave();
});

test('what a server says cannot steer the terminal', async () => {
	const server = await startForeignServer();
	const client = startProgram(['--name=ci', '--to=bob', at(server.port), 'hi']);
	(await server.accept()).end('from server: \u001B[31mred\u202E\u0007\n');
	(await server.accept()).end('from server: \u001B[31mred\u202E\u0007\n');
	await client.waitFor('red', {stream: 'stderr'});

	expectOneSentence(client.stderr);
});

test('a fault of the program is one sentence too', async () => {
	const {port} = await startHost();
	const fault = 'setTimeout(() => { throw new Error("planted"); }, 300)';
	const env = {NODE_OPTIONS: `--import=data:text/javascript,${encodeURIComponent(fault)}`};
	const client = startProgram(['--plain', '--name=alice', at(port)], {env});

	expectFailure(await client.waitForExit(), {code: 1, says: /planted/});
});
