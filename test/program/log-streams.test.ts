import {readFileSync, truncateSync} from 'node:fs';
import path from 'node:path';
import {describe, expect, test} from 'vitest';
import {addressOf} from '../support/chat-screen.ts';
import {programCommand} from '../support/dist.ts';
import {temporaryFolder} from '../support/environment.ts';
import {beRefused, readLog} from '../support/host-log.ts';
import {Peer} from '../support/peer.ts';
import {type Host, startHost, startProgram} from '../support/program.ts';

describe('a host whose standard error', () => {
	/** Starts it with its standard error as a shell would be told to. */
	const startInShell = async (redirect: string, ...args: string[]): Promise<Host> => {
		const program = startProgram([], {
			command: [
				'sh',
				'-c',
				`${redirect}`,
				'sh',
				...programCommand(['--host', '--headless', '--listen=0', ...args]),
			],
		});
		await program.waitFor('\n');
		return {program, port: Number(/:(\d+)\n$/.exec(program.stdout)?.[1])};
	};

	/** Gives it something to log, sees that it still serves, and ends it. */
	const expectUnharmed = async ({program, port}: Host): Promise<void> => {
		for (const name of ['alice', 'bob', 'carol']) {
			await beRefused(port, 'a:b');
			await (await Peer.login(addressOf(port), name)).leave();
		}
		program.kill('SIGTERM');
		expect(await program.waitForExit()).toMatchObject({code: 0, signal: null});
		expect(program.stdout).toBe(`listening on 127.0.0.1:${port}\n`);
	};

	test.each([
		['is closed', 'exec "$@" 2>&-'],
		['is a full disk', 'exec "$@" 2>/dev/full'],
	])('%s is not harmed', async (_, redirect) => {
		await expectUnharmed(await startInShell(redirect));
	});

	test('loses its reader is not harmed', async () => {
		const host = await startHost();
		host.program.child.stderr.destroy();
		await expectUnharmed(host);
	});

	test('is a file that is emptied goes on in it', async () => {
		const file = path.join(temporaryFolder(), 'log');
		const host = await startInShell(`exec "$@" 2>>'${file}'`, '--log=json');
		await expect.poll(() => readFileSync(file, 'utf8')).toContain('for the LAN');
		truncateSync(file);
		const alice = await Peer.login(addressOf(host.port), 'alice');
		await expect.poll(() => readFileSync(file, 'utf8')).toContain('alice came');
		await alice.leave();
		await expectUnharmed(host);

		expect(readLog('json', readFileSync(file, 'utf8')).map(({code}) => code)).toEqual(
			expect.arrayContaining(['JOIN', 'SHUT_DOWN']),
		);
	});

	test('has no room for a while tells how many lines that has cost', async () => {
		const file = path.join(temporaryFolder(), 'log');
		// 512 bytes, or 1,024 in some shells.
		const host = await startInShell(`ulimit -f 1; exec "$@" 2>>'${file}'`, '--log=json', '--verbose');
		const alice = await Peer.login(addressOf(host.port), 'alice');
		await beRefused(host.port, 'a:b');
		await beRefused(host.port, 'ALICE');
		await alice.leave();
		truncateSync(file);
		const lost = /^\n\{.*"level":"WARN","message":"(\d+) lines? (?:was|were) left out here.*\}\n\{/;
		await expect
			.poll(async () => {
				await (await Peer.login(addressOf(host.port), 'bob')).leave();
				return readFileSync(file, 'utf8');
			})
			.toMatch(lost);

		expect(Number(lost.exec(readFileSync(file, 'utf8'))?.[1])).toBeGreaterThan(0);
		await expectUnharmed(host);
	});
});
