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

async function profile(args: readonly string[]): Promise<string> {
	const {stdout} = await run(process.execPath, ['bench/profile.ts', ...args], {cwd: root});
	return stdout;
}

/** A short profile in which that is; on a busy machine there may be next to nothing in it, and a longer one is taken. */
async function profileWith(wanted: RegExp, args: readonly string[]): Promise<string> {
	let printed = '';
	for (const seconds of ['0.3', '3', '10']) {
		printed = await profile(['--warm-up', '0.1', '--seconds', seconds, '--top', '1000', ...args]);
		if (wanted.test(printed)) break;
	}
	expect(printed).toMatch(wanted);
	return printed;
}

test.concurrent('a profile shows the functions of our host by file and line, and can be kept', async () => {
	const folder = await mkdtemp(path.join(tmpdir(), 'a-chat-profile-'));
	const ours = /^\S+ +source\/broker\/\S+\.ts:\d+ +[\d.]+ %/m;
	const printed = await profileWith(ours, ['--scenario', 'pairs-100-32', '--out', folder]);
	expect(printed).toMatch(/^pairs, 100 clients, 32 bytes: CPU time .* messages\/s delivered$/m);
	const [file = ''] = await readdir(folder);
	expect(file).toBe('pairs-100-32.cpuprofile');
	expect(JSON.parse(await readFile(path.join(folder, file), 'utf8'))).toHaveProperty('samples');
	await rm(folder, {recursive: true});
});

test.concurrent('the threads of a host that keeps what is said are profiled one by one', async () => {
	const writers = /^thread writer$[\s\S]*^\S+ +source\/broker\/store\/\S+\.ts:\d+ +[\d.]+ %/m;
	const printed = await profileWith(writers, ['--scenario', 'acks-100']);
	expect(printed).toMatch(/^thread main$/m);
});

test.concurrent('a profile of allocations shows those of any Node server, per message', async () => {
	const server = 'node bench/reference/plain.ts --listen {port}';
	const theirs = /^\S+ +bench\/reference\/plain\.ts:\d+ +[\d.]+ % +[\d.]+ +[\d.]+$/m;
	await profileWith(theirs, ['--scenario', 'ping-pong-100', '--allocations', '--server', server]);
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
