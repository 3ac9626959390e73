import {existsSync, mkdirSync, readdirSync, statSync, writeFileSync} from 'node:fs';
import path from 'node:path';
import {describe, expect, test} from 'vitest';
import {programCommand} from '../support/dist.ts';
import {temporaryFolder} from '../support/environment.ts';
import {expectFailure} from '../support/expectations.ts';
import {closedPort} from '../support/foreign-server.ts';
import {type ProgramOptions, type ProgramResult, runProgram} from '../support/program.ts';

/** Runs the program behind the words of another. */
const runBehind = (
	words: readonly [string, ...string[]],
	args: readonly string[],
	options?: ProgramOptions,
): Promise<ProgramResult> =>
	runProgram([], {...options, command: [...words, ...programCommand(args)] as [string, ...string[]]});

const inShell = (script: string): [string, ...string[]] => ['sh', '-c', `${script}; exec "$0" "$@"`];

describe.skipIf(process.getuid?.() !== 0)('a user id that the system does not know', () => {
	const env = {HOME: undefined, A_CHAT_HOME: undefined};
	const runAsNobody = (...args: string[]): Promise<ProgramResult> =>
		runBehind(['setpriv', '--reuid=54321', '--clear-groups'], args, {env});

	test('needs no home folder', async () => {
		expect(await runAsNobody('--version')).toMatchObject({code: 0, stderr: ''});
		expectFailure(await runAsNobody('--plain', '--name=alice', `--join=127.0.0.1:${await closedPort()}`), {
			code: 1,
			says: /Nobody hosts/,
		});
	});

	test('needs a name', async () => {
		expectFailure(await runAsNobody('--plain'), {code: 2, says: /--name/});
	});
});

test('a home folder that cannot be used changes nothing', async () => {
	const folder = temporaryFolder();
	const file = path.join(folder, 'file');
	writeFileSync(file, '');

	expect(await runProgram(['--version'], {env: {A_CHAT_HOME: file}})).toMatchObject({code: 0, stderr: ''});
});

test.skipIf(process.platform !== 'linux')(
	'a home folder in which nothing can be made is told in a sentence',
	async () => {
		const env = {A_CHAT_HOME: '/proc'};
		const [send, host] = await Promise.all([
			runProgram(['--name=alice', '--to=bob', '--join=127.0.0.1:1', 'hi'], {env}),
			runProgram(['--host', '--headless', `--listen=${await closedPort()}`], {env}),
		]);
		for (const result of [send, host])
			expectFailure(result, {code: 1, says: /\/proc\/data.* cannot be used/});
	},
);

test('with an empty $HOME nothing is kept where the program is started', async () => {
	const folder = temporaryFolder();
	const env = {HOME: '', A_CHAT_HOME: undefined};
	const result = await runBehind(inShell(`cd '${folder}'`), ['--version'], {env});

	expect(result).toMatchObject({code: 0, stderr: ''});
	expect(readdirSync(folder)).toEqual([]);
});

test('the compile cache is closed to others, whatever the umask', async () => {
	const home = path.join(temporaryFolder(), 'home');
	mkdirSync(home);
	const result = await runBehind(inShell('umask 000'), ['--version'], {home});

	expect(result.code).toBe(0);
	expect(existsSync(path.join(home, 'cache'))).toBe(true);
	expect(statSync(path.join(home, 'cache')).mode & 0o777).toBe(0o700);
});
