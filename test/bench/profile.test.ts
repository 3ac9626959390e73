import {execFile} from 'node:child_process';
import {mkdtemp, readdir, readFile, rm} from 'node:fs/promises';
import {tmpdir} from 'node:os';
import path from 'node:path';
import {promisify} from 'node:util';
import {expect, test} from 'vitest';
import {summarizeAllocations} from '../../bench/profile/allocations.ts';
import {summarizeCpu} from '../../bench/profile/cpu.ts';

const run = promisify(execFile);
const root = path.resolve(import.meta.dirname, '../..');
// On a busy machine little of what is looked for is among the first.
const short = ['--warm-up', '0.1', '--seconds', '0.3', '--top', '1000'];

async function profile(args: readonly string[]): Promise<string> {
	const {stdout} = await run(process.execPath, ['bench/profile.ts', ...args], {cwd: root});
	return stdout;
}

test.concurrent('a profile shows the functions of our host by file and line, and can be kept', async () => {
	const folder = await mkdtemp(path.join(tmpdir(), 'a-chat-profile-'));
	const printed = await profile(['--scenario', 'pairs-100-32', ...short, '--out', folder]);
	expect(printed).toMatch(/^pairs, 100 clients, 32 bytes: CPU time .* messages\/s delivered$/m);
	expect(printed).toMatch(/^\S+ +source\/broker\/\S+\.ts:\d+ +[\d.]+ %/m);
	const [file = ''] = await readdir(folder);
	expect(file).toBe('pairs-100-32.cpuprofile');
	expect(JSON.parse(await readFile(path.join(folder, file), 'utf8'))).toHaveProperty('samples');
	await rm(folder, {recursive: true});
});

test.concurrent('the threads of a host that keeps what is said are profiled one by one', async () => {
	const printed = await profile(['--scenario', 'acks-100', ...short]);
	expect(printed).toMatch(/^thread main$/m);
	expect(printed.slice(printed.indexOf('thread writer'))).toMatch(
		/^\S+ +source\/broker\/store\/\S+\.ts:\d+ +[\d.]+ %/m,
	);
});

test.concurrent('a profile of allocations shows those of any Node server, per message', async () => {
	const server = 'node bench/reference/plain.ts --listen {port}';
	const printed = await profile([
		'--scenario',
		'ping-pong-100',
		...short,
		'--allocations',
		'--server',
		server,
	]);
	expect(printed).toMatch(/^\S+ +bench\/reference\/plain\.ts:\d+ +[\d.]+ % +[\d.]+ +[\d.]+$/m);
});

test.concurrent.for([
	[['--scenario', 'no-such'], /^profile: --scenario: there is no "no-such", only .*$/],
	[['--seconds', 'x'], /^profile: --seconds: "x" is not a number above 0$/],
	[['--server', 'echo no >&2; exit 3'], /^starting the server\nprofile: echo no >&2; exit 3: ended\nno$/],
] as const)('%j ends with a sentence and the code 2', async ([args, sentence]) => {
	const failure = await profile(args).catch(error => error);
	expect(failure.code).toBe(2);
	expect(failure.stderr.trim()).toMatch(sentence);
});

const place = (functionName: string, line = 0) => ({
	functionName,
	url: functionName.startsWith('(') || functionName === '' ? '' : `${import.meta.url}`,
	lineNumber: line,
	columnNumber: 0,
});

test('time is added up by function, once for one that calls itself, and a nameless native one goes by its caller', () => {
	const {functions, busyMs, idleMs} = summarizeCpu({
		nodes: [
			{id: 1, callFrame: place('(root)'), children: [2, 5]},
			{id: 2, callFrame: place('walk', 9), children: [3]},
			{id: 3, callFrame: place('walk', 9), children: [4]},
			{id: 4, callFrame: place('')},
			{id: 5, callFrame: place('(idle)')},
		],
		startTime: 0,
		endTime: 10_000,
		samples: [2, 3, 4, 5, 5],
		timeDeltas: [500, 1000, 2000, 3000, 4000],
	});
	const where = 'test/bench/profile.test.ts:10';
	expect(functions).toEqual([
		{name: 'native part of walk', where: 'native', file: 'native', selfMs: 3, totalMs: 3},
		{name: 'walk', where, file: 'test/bench/profile.test.ts', selfMs: 3, totalMs: 6},
	]);
	expect([busyMs, idleMs]).toEqual([6, 4]);
});

test('what functions have asked for is added up by function', () => {
	const leaf = {callFrame: place('make', 3), selfSize: 100, children: []};
	const other = {callFrame: place('(V8 API)'), selfSize: 30, children: [leaf]};
	const head = {callFrame: place('(root)'), selfSize: 0, children: [leaf, other]};
	expect(summarizeAllocations({head})).toEqual([
		{name: 'make', where: 'test/bench/profile.test.ts:4', bytes: 200},
		{name: '(V8 API)', where: 'native', bytes: 30},
	]);
});
