import {spawn, spawnSync} from 'node:child_process';
import {chmodSync, cpSync, mkdirSync, readdirSync, readFileSync, symlinkSync, writeFileSync} from 'node:fs';
import path from 'node:path';
import process from 'node:process';
import {beforeAll, describe, expect, test} from 'vitest';
import {onCleanup} from './support/cleanup.ts';
import {programCommand} from './support/dist.ts';
import {programEnvironment, temporaryFolder} from './support/environment.ts';
import {Peer} from './support/peer.ts';
import {startHost} from './support/program.ts';
import {openTerminal} from './support/terminal.ts';

const root = path.resolve(import.meta.dirname, '..');
const readme = readFileSync(path.join(root, 'readme.md'), 'utf8');
const blocks = [...readme.matchAll(/^```(?:sh|bash)\n(.*?)^```$/gms)].map(([, text]) => text as string);

/** The blocks that a test has run, so that a new one without a test is noticed. */
const covered = new Set<string>();

/** The one block that holds these words. */
function block(words: string): string {
	const found = blocks.filter(text => text.includes(words));
	expect(found, `blocks of the readme with "${words}"`).toHaveLength(1);
	const [text = ''] = found;
	covered.add(text);
	return text;
}

/** Puts a port and an address of this machine in place of those that stand in the readme. */
const here = (text: string, port: number) =>
	text.replaceAll('192.168.1.20', '127.0.0.1').replaceAll('8080', String(port));

/** A folder with the program by the name that the readme uses. `defaultPort` replaces the one that nobody wrote down. */
function folderWithProgram(defaultPort?: number): string {
	const folder = temporaryFolder();
	const program = programCommand([]).map(part => `'${part}'`);
	const join = defaultPort === undefined ? '' : ` --join 127.0.0.1:${defaultPort}`;
	writeFileSync(path.join(folder, 'a-chat-tui'), `#!/bin/sh\nexec ${program.join(' ')}${join} "$@"\n`);
	chmodSync(path.join(folder, 'a-chat-tui'), 0o755);
	return folder;
}

type Ending = {readonly code: number | null; readonly stdout: string; readonly stderr: string};

/** Runs a block with bash, as a person would paste it. */
function runBlock(text: string, folder = temporaryFolder()) {
	const home = temporaryFolder();
	const environment = programEnvironment(home, {PATH: `${folder}${path.delimiter}${process.env.PATH}`});
	const child = spawn('bash', ['-c', text], {
		cwd: folder,
		env: environment,
		stdio: ['ignore', 'pipe', 'pipe'],
	});
	onCleanup('test', () => void child.kill('SIGKILL'));
	const ended = new Promise<Ending>(resolve => {
		let stdout = '';
		let stderr = '';
		child.stdout.on('data', chunk => {
			stdout += chunk;
		});
		child.stderr.on('data', chunk => {
			stderr += chunk;
		});
		child.on('close', code => resolve({code, stdout, stderr}));
	});
	return {child, ended, environment};
}

const has = (tool: string) => spawnSync('sh', ['-c', `command -v ${tool}`]).status === 0;

describe('from a clone', () => {
	let clone = '';

	beforeAll(() => {
		clone = temporaryFolder('file');
		const left = new Set(['node_modules', 'dist', 'coverage', '.git']);
		for (const name of readdirSync(root)) {
			if (!left.has(name)) cpSync(path.join(root, name), path.join(clone, name), {recursive: true});
		}
		symlinkSync(path.join(root, 'node_modules'), path.join(clone, 'node_modules'));
	});

	test('the lock file has what "npm ci" asks for', () => {
		expect(block('npm start -- --name alice').split('\n')[0]).toBe('npm ci');
		const {status, stderr} = spawnSync('npm', ['ci', '--dry-run', '--ignore-scripts'], {
			cwd: clone,
			encoding: 'utf8',
		});

		expect({status, stderr: status === 0 ? '' : stderr}).toEqual({status: 0, stderr: ''});
	}, 60_000);

	test('"npm start" draws the chat', async () => {
		const {port} = await startHost();
		for (const name of ['alice', 'bob']) {
			const command = block(`npm start -- --name ${name}`).trim().split('\n').at(-1) ?? '';
			const screen = await openTerminal({
				command: ['sh', '-c', `cd '${clone}' && ${command} --join 127.0.0.1:${port}`],
			});
			await screen.waitFor(({isAlternate}) => isAlternate, {timeout: 30_000});
			await screen.waitFor(`127.0.0.1:${port} · ${name}`);
			screen.press('ctrl+d', 'enter');
			expect(await screen.waitForExit()).toEqual({code: 0});
		}
	}, 60_000);

	test('the tests are run by the command that continuous integration calls', () => {
		// Running them from within themselves would never end.
		const commands = block('npm test').trim().split('\n');
		const calls = readFileSync(path.join(root, '.ci/run'), 'utf8').trim().split('\n').slice(-2);

		expect(commands).toEqual(['npm ci', 'npm test']);
		expect(calls).toEqual(commands);
	});

	test('the packed file is the one that npm makes', () => {
		const [pack, run = ''] = block('npm pack').trim().split('\n');
		const manifest = JSON.parse(readFileSync(path.join(root, 'package.json'), 'utf8')) as {
			name: string;
			version: string;
		};

		expect(pack).toBe('npm pack');
		// That it runs is shown in test/package/.
		expect(run).toBe(`npx ./${manifest.name}-${manifest.version}.tgz --name alice`);
	});
});

describe('with the program', () => {
	test('one hosts on every address and sees what others have to type; another one joins', async () => {
		const folder = folderWithProgram();
		const host = await openTerminal({
			command: ['bash', '-c', `PATH='${folder}':$PATH; ${here(block('--listen 0.0.0.0:8080'), 0)}`],
		});
		await host.waitFor(/whoever reaches this port[\s│]+can join/);
		const port = Number(/hosting 0\.0\.0\.0:(\d+)/.exec(host.text())?.[1]);

		const bob = await openTerminal({
			command: ['bash', '-c', `PATH='${folder}':$PATH; ${here(block('--join 192.168.1.20:8080'), port)}`],
		});
		await bob.waitFor(`127.0.0.1:${port} · bob`);
		bob.type('alice: here I am\r');
		await host.waitFor('bob: here I am');
	});

	test('a host without a screen says where it listens', async () => {
		const {child, ended} = runBlock(
			block('--host --headless').replace('--headless', '--headless --listen 0'),
			folderWithProgram(),
		);
		await new Promise(resolve => child.stdout.once('data', resolve));
		child.kill('SIGTERM');
		const {stdout} = await ended;

		expect(stdout).toMatch(/^listening on 127\.0\.0\.1:\d+\n$/);
	});

	test('lines of a pipe, a text and a plain client arrive', async () => {
		const {port} = await startHost();
		const bob = await Peer.login({host: '127.0.0.1', port}, 'bob');
		const carol = await Peer.login({host: '127.0.0.1', port}, 'carol');
		const folder = folderWithProgram(port);
		mkdirSync(path.join(folder, 'made'));
		writeFileSync(path.join(folder, 'Makefile'), 'all:\n\t@echo one\n\t@echo two >&2\n');

		expect(await runBlock(block('make 2>&1'), folder).ended).toMatchObject({code: 0, stdout: '', stderr: ''});
		expect(await bob.take(2)).toEqual(['from ci: one', 'from ci: two']);
		expect(await runBlock(block('build is green'), folder).ended).toMatchObject({
			code: 0,
			stdout: '',
			stderr: '',
		});
		expect([await bob.line(), await carol.line()]).toEqual(Array(2).fill('from ci: build is green'));
		expect(await runBlock(block('the disk is full'), folder).ended).toMatchObject({
			code: 0,
			stdout: '',
			stderr: '',
		});
		expect(await bob.line()).toBe('from backup: the disk is full');
	});
});

describe('with no program of ours', () => {
	test.skipIf(!has('nc'))('nc takes part (skipped where there is no nc)', async () => {
		const {port} = await startHost();
		const bob = await Peer.login({host: '127.0.0.1', port}, 'bob');

		expect(await runBlock(here(block('nc -N'), port)).ended).toMatchObject({code: 0, stderr: ''});
		expect(await bob.line()).toBe('from carol: hello from nc');
	});

	test('five lines of bash are a bot', async () => {
		const {port} = await startHost();
		const bob = await Peer.login({host: '127.0.0.1', port}, 'bob');
		const text = block('exec 3<>');
		runBlock(here(text, port));
		const answer = (async () => {
			for (;;) {
				bob.send('clock: what time is it?', 'bob: again');
				if ((await bob.line()) !== 'from bob: again') return;
			}
		})();
		await answer;

		expect(text.trim().split('\n')).toHaveLength(5);
	});
});

test('every block of commands in the readme has been run', () => {
	expect(blocks.filter(text => !covered.has(text))).toEqual([]);
});
