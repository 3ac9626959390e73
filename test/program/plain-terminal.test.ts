import {once} from 'node:events';
import {expect, test} from 'vitest';
import {startForeignServer} from '../support/foreign-server.ts';
import {openTerminal} from '../support/terminal.ts';

const join = async (env = {}, ...mode: string[]) => {
	const server = await startForeignServer();
	const args = ['--name=alice', `--join=127.0.0.1:${server.port}`, ...mode];
	const screen = await openTerminal({args, env});
	return {screen, server, socket: await server.accept()};
};

test('with --plain nothing that others send steers the terminal', async () => {
	const {screen, socket} = await join({}, '--plain');
	socket.write('from bob: \u001B[31mred\u001B]0;title\u0007 \u202Eback \u009B2J \u001B[6n\n');
	socket.write(Buffer.from('from bob: \xFF\xFE done\nfrom bob: without an end \u001B[2J', 'latin1'));
	socket.end();
	await screen.waitForExit();

	expect(screen.text()).toContain('from bob: ');
	expect(screen.text()).toContain('done');
	expect(screen.text()).toContain('without an end');
	// The wrapper of the test announces the process with the one sequence that is there.
	expect(screen.raw.replace(/^.*?\u0007/s, '')).not.toMatch(/[\u001B\u0007\u009B\u202E]/);
});

test('a dumb terminal gets lines, and what is typed is sent when it ends', async () => {
	const {screen, server, socket} = await join({TERM: 'dumb'});
	screen.type('bob: hi\r');
	await expect.poll(() => server.received()).toBe('alice\nbob: hi\n');
	// Ctrl+D on an empty line is the end of input.
	screen.type('\u0004');
	await once(socket, 'end');
	socket.end('from bob: bye\n');

	expect((await screen.waitForExit()).code).toBe(0);
	expect(screen.text()).toContain('from bob: bye');
	expect(screen.isAlternate).toBe(false);
});
