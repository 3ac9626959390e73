import {spawn} from 'node:child_process';
import {once} from 'node:events';
import {mkdirSync, readFileSync, symlinkSync, writeFileSync} from 'node:fs';
import path from 'node:path';
import process from 'node:process';
import {expect, test} from 'vitest';
import {startBroker} from '../../source/index.ts';
import {onCleanup} from '../support/cleanup.ts';
import {temporaryFolder} from '../support/environment.ts';
import {Peer} from '../support/peer.ts';

const root = path.resolve(import.meta.dirname, '../..');
const examples = [
	...readFileSync(path.join(root, 'docs/library.md'), 'utf8').matchAll(/^```js\n(.*?)^```$/gms),
].map(([, code]) => code as string);

/** Runs a text of the document as a program of its own, with the built package installed beside it. */
function runExample(code: string, args: readonly string[] = []) {
	const folder = temporaryFolder();
	mkdirSync(path.join(folder, 'node_modules'));
	symlinkSync(root, path.join(folder, 'node_modules/a-chat-tui'));
	writeFileSync(path.join(folder, 'example.mjs'), code);
	const child = spawn(process.execPath, ['example.mjs', ...args], {
		cwd: folder,
		stdio: ['ignore', 'pipe', 'pipe'],
	});
	onCleanup('test', () => void child.kill('SIGKILL'));
	const output = {text: ''};
	child.stdout.on('data', chunk => {
		output.text += chunk;
	});
	child.stderr.on('data', chunk => {
		output.text += chunk;
	});
	return {child, output};
}

test('the bot of the document answers, and leaves when it is told to', async () => {
	const broker = await startBroker({port: 0});
	onCleanup('test', () => broker.close());
	const bob = await Peer.login(broker.address, 'bob');
	const [code = ''] = examples;
	expect(code.trim().split('\n').length).toBeLessThanOrEqual(10);

	const {child, output} = runExample(code, [String(broker.address.port)]);
	await once(child.stdout, 'data');
	bob.send('echo: are you there?', 'echo: bye');

	expect(await bob.line()).toBe('from echo: you said: are you there?');
	expect(await once(child, 'exit')).toEqual([0, null]);
	expect(output.text).toBe('echo is in the chat\n');
});

test('two clients of the document see what a host of a-chat/1 can do', async () => {
	const {child, output} = runExample(examples[1] ?? '');

	expect(await once(child, 'exit')).toEqual([0, null]);
	const lines = output.text.trim().split('\n');
	expect(lines).toContain('bob: queued, carol: absent');
	expect(lines).toContain('alice to bob and carol: "hello\\nboth"');
	expect(lines).toContain("[ { room: '#dev', members: 1 } ] 1");
	expect(lines).toContain('1 false');
	expect(lines).toContain('bob queued');
});

test('the broker of the document starts, and closes', async () => {
	const {child, output} = runExample(examples[2] ?? '');

	expect(await once(child, 'exit')).toEqual([0, null]);
	expect(output.text).toMatch(/^listening on port \d+\n$/);
});

test('every example of the document is run here', () => {
	expect(examples).toHaveLength(3);
});
