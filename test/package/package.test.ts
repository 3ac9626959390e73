import {execFile} from 'node:child_process';
import {
	copyFileSync,
	cpSync,
	existsSync,
	mkdirSync,
	readdirSync,
	readFileSync,
	statSync,
	symlinkSync,
	utimesSync,
	writeFileSync,
} from 'node:fs';
import path from 'node:path';
import process from 'node:process';
import {promisify} from 'node:util';
import {beforeAll, describe, expect, test} from 'vitest';
import {temporaryFolder} from '../support/environment.ts';

const run = promisify(execFile);
const root = path.resolve(import.meta.dirname, '../..');

type Packed = {
	readonly filename: string;
	readonly size: number;
	readonly files: readonly {readonly path: string}[];
};

let folder = '';
let packed: Packed;

/** The environment of a stranger's shell: nothing of the npm that runs these tests. */
function strangersEnvironment(): NodeJS.ProcessEnv {
	const names = Object.keys(process.env).filter(name => !name.toLowerCase().startsWith('npm_'));
	return Object.fromEntries(names.map(name => [name, process.env[name]]));
}

beforeAll(async () => {
	folder = temporaryFolder('file');
	// Without its scripts: dist/ is built already, and other tests are using it.
	const {stdout} = await run('npm', ['pack', '--json', '--ignore-scripts', '--pack-destination', folder], {
		cwd: root,
		env: strangersEnvironment(),
	});
	const answer = JSON.parse(stdout) as readonly Packed[] | Record<string, Packed>;
	packed = Object.values(answer)[0] as Packed;
	const home = path.join(folder, 'node_modules/a-chat-tui');
	mkdirSync(home, {recursive: true});
	await run('tar', ['-xzf', path.join(folder, packed.filename), '--strip-components=1', '-C', home]);
});

const installed = (file: string) => path.join(folder, 'node_modules/a-chat-tui', file);

test('the package is small, holds dist and what npm adds, and needs nothing else', () => {
	const outside = packed.files.map(file => file.path).filter(file => !file.startsWith('dist/'));

	expect(outside.sort()).toEqual(
		['license', 'package.json', 'readme.md'].filter(file => existsSync(path.join(root, file))),
	);
	expect(packed.size).toBeLessThan(1_000_000);
	const manifest = JSON.parse(readFileSync(installed('package.json'), 'utf8')) as Record<string, unknown>;
	expect(manifest).not.toHaveProperty('dependencies');
});

test('in an empty folder npx runs the packed file', async () => {
	const empty = temporaryFolder();
	copyFileSync(path.join(folder, packed.filename), path.join(empty, packed.filename));
	const {stdout} = await run('npx', ['--yes', `./${packed.filename}`, '--version'], {
		cwd: empty,
		env: {...strangersEnvironment(), npm_config_cache: path.join(empty, '.npm')},
	});

	expect(stdout).toBe('0.1.0\n');
}, 60_000);

test('the licences of what is bundled are in it', () => {
	const licenses = readFileSync(installed('dist/licenses.txt'), 'utf8');

	for (const name of [
		'ink',
		'react',
		'react-reconciler',
		'yoga-layout',
		'meow',
		'ink-text-input',
		'env-paths',
	]) {
		expect(licenses).toMatch(new RegExp(`^${name} \\d+\\.\\d+\\.\\d+\\n\\n`, 'm'));
	}
	expect(licenses).toContain('Permission is hereby granted');
});

test('React is its production build', () => {
	const code = chunksOf('bin.cjs', 'all').map(file => readFileSync(file, 'utf8'));

	expect(code.some(text => text.includes('Minified React error'))).toBe(true);
	expect(code.some(text => text.includes('Warning: Each child in a list'))).toBe(false);
});

/** The files that a file of dist/ loads, itself included; `eager` leaves those out that it loads on demand. */
function chunksOf(file: string, which: 'eager' | 'all', found = new Set<string>()): string[] {
	const place = installed(path.join('dist', file));
	if (found.has(place)) return [];
	found.add(place);
	const text = readFileSync(place, 'utf8');
	const eager = text.matchAll(/(?:from|import)\s*"\.\/([\w.-]+\.js)"|require\('\.\/([\w.-]+\.cjs)'\)/g);
	const lazy = which === 'all' ? text.matchAll(/import\("\.\/([\w.-]+\.js)"\)/g) : [];
	for (const [, module, script] of [...eager, ...lazy]) chunksOf(module ?? script ?? '', which, found);
	return [...found];
}

const isScreen = (file: string) => readFileSync(file, 'utf8').includes('react.transitional.element');

test('neither the library nor the start of the program loads React', () => {
	expect(chunksOf('index.js', 'all').filter(isScreen)).toEqual([]);
	expect(chunksOf('bin.cjs', 'eager').filter(isScreen)).toEqual([]);
	expect(chunksOf('bin.cjs', 'all').filter(isScreen)).not.toEqual([]);
});

test('a program in TypeScript gets the types of the library', async () => {
	symlinkSync(path.join(root, 'node_modules/@types'), path.join(folder, 'node_modules/@types'));
	writeFileSync(path.join(folder, 'package.json'), '{"type": "module"}');
	writeFileSync(
		path.join(folder, 'bot.ts'),
		`import {type Broker, connect, startBroker} from 'a-chat-tui';
		const broker: Broker = await startBroker({port: 0, maxConnections: 10});
		const client = await connect({login: 'bot', port: broker.address.port});
		for await (const {from, text} of client) await client.send([from], text.toUpperCase());
		// @ts-expect-error a port is a number
		await startBroker({port: '8080'});
		await broker.close();`,
	);
	const args = [
		'--noEmit',
		'--strict',
		'--module',
		'nodenext',
		'--target',
		'es2024',
		'--types',
		'node',
		'bot.ts',
	];
	const {stdout} = await run(path.join(root, 'node_modules/.bin/tsc'), args, {cwd: folder}).catch(
		error => error,
	);

	expect(stdout).toBe('');
});

/** A Node of the machine, beside the one that the project brings, that is too old for the program. */
async function findOldNode(): Promise<string | undefined> {
	const places = ['/usr/bin/node', '/usr/local/bin/node', process.env.OLD_NODE ?? ''];
	for (const place of places.filter(file => file !== '' && existsSync(file) && statSync(file).isFile())) {
		const {stdout} = await run(place, ['--version']);
		if (/^v(?:\d|1\d|20|21)\./.test(stdout)) return place;
	}
	return undefined;
}

const oldNode = await findOldNode();

describe.skipIf(oldNode === undefined)('a Node that is too old (skipped where the machine has none)', () => {
	test.each(['dist/bin.cjs', 'tools/check-node.cjs'])('%s says so in one sentence', async file => {
		const failure = await run(oldNode as string, [path.join(root, file)]).catch(error => error);

		expect(failure).toMatchObject({code: 1, stdout: ''});
		expect(failure.stderr).toMatch(/^[^\n]*22\.13 or newer[^\n]*\n$/);
	});
});

test('nothing that only builds or tests the program is packed', () => {
	expect(readdirSync(installed('dist')).filter(file => /test|spec|map$/.test(file))).toEqual([]);
});

test("several who build and start in one moment do not get in each other's way", async () => {
	const clone = temporaryFolder();
	for (const name of [
		'source',
		'tools',
		'cli.tsx',
		'package.json',
		'package-lock.json',
		'tsconfig.json',
		'license',
	])
		cpSync(path.join(root, name), path.join(clone, name), {recursive: true});
	symlinkSync(path.join(root, 'node_modules'), path.join(clone, 'node_modules'));
	// Somebody's build was ended by force.
	writeFileSync(path.join(clone, 'dist.lock'), String(2 ** 22 + 1));
	const start = async () => {
		await run(process.execPath, ['tools/build.ts', '--quiet'], {cwd: clone});
		return run(process.execPath, ['dist/bin.cjs', '--version'], {cwd: clone});
	};
	const starts = await Promise.all([start(), start(), start()]);
	expect(new Set(starts.map(({stdout, stderr}) => stdout + stderr))).toEqual(
		new Set([`${JSON.parse(readFileSync(path.join(root, 'package.json'), 'utf8')).version}\n`]),
	);
	expect(readdirSync(clone).filter(name => name.startsWith('dist'))).toEqual(['dist']);
	const built = statSync(path.join(clone, 'dist')).ino;
	await start();
	expect(statSync(path.join(clone, 'dist')).ino).toBe(built);
	const later = new Date(Date.now() + 60_000);
	utimesSync(path.join(clone, 'source/start.ts'), later, later);
	await start();
	expect(statSync(path.join(clone, 'dist')).ino).not.toBe(built);
}, 60_000);
