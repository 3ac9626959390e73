import {execFileSync} from 'node:child_process';
import {mkdtemp, rm, stat, writeFile} from 'node:fs/promises';
import {tmpdir} from 'node:os';
import path from 'node:path';
import {expect, it, onTestFinished} from 'vitest';
import {isPublicKey, isSignature} from '../../source/broker/extended/challenge.ts';
import {loadIdentity} from '../../source/session/identity.ts';

const newFolder = async (): Promise<string> => {
	const folder = await mkdtemp(path.join(tmpdir(), 'a-chat-identity-'));
	onTestFinished(() => rm(folder, {recursive: true}));
	return path.join(folder, 'config');
};

it('a key is made once, for nobody else to read, and signs what a host accepts', async () => {
	const folder = await newFolder();
	const first = loadIdentity(folder);
	expect(isPublicKey(first.pub)).toBe(true);
	expect(loadIdentity(folder).pub).toBe(first.pub);
	expect((await stat(path.join(folder, 'identity.pem'))).mode & 0o777).toBe(0o600);
	const asked = {srv: 'srv', nonce: 'nonce', login: 'älice', pub: first.pub};
	const signature = loadIdentity(folder).sign('srv', 'nonce', 'älice');
	expect(isSignature(signature, asked)).toBe(true);
	expect(isSignature(signature, {...asked, login: 'bob'})).toBe(false);
});

it('of several programs that start for the first time at once, all have the same one', async () => {
	const folder = await newFolder();
	const module = path.resolve('source/session/identity.ts');
	const script = `
		const {loadIdentity} = await import(${JSON.stringify(module)});
		const wait = ${Date.now() + 700} - Date.now();
		Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, Math.max(wait, 0));
		console.log(loadIdentity(${JSON.stringify(folder)}).pub);
	`;
	const shell = `for i in 1 2 3 4; do node --input-type=module -e "$SCRIPT" & done; wait`;
	const keys = execFileSync('sh', ['-c', shell], {encoding: 'utf8', env: {...process.env, SCRIPT: script}})
		.trim()
		.split('\n');
	expect(keys).toHaveLength(4);
	expect(new Set(keys).size).toBe(1);
});

it.each([
	['something else', 'hello'],
	['a cut key', '-----BEGIN PRIVATE KEY-----\nMC4CAQAwBQYDK2VwBCIEIG'],
])('a file with %s is told, and left as it is', async (_, content) => {
	const folder = await newFolder();
	loadIdentity(folder);
	await writeFile(path.join(folder, 'identity.pem'), content);
	expect(() => loadIdentity(folder)).toThrow(/The key in .*identity\.pem cannot be used .*move it away/);
});
