// `npm test`: every check that a change has to pass, cheap ones first and side by side, each with what it took. Stops at the
// first that fails, with the output of that one only.
import {spawn} from 'node:child_process';
import path from 'node:path';
import {performance} from 'node:perf_hooks';
import {describeCoverage} from './coverage.ts';

const root = path.resolve(import.meta.dirname, '..');

type Check = {readonly name: string; readonly command: readonly string[]; readonly isLoud?: boolean};

/** Those of one row need nothing of each other. */
const checks: readonly (readonly Check[])[] = [
	[
		{name: 'types', command: ['tsc', '--noEmit']},
		{name: 'lint', command: ['biome', 'check', '--error-on-warnings', '.']},
		{name: 'unused code', command: ['knip', '--treat-config-hints-as-errors']},
	],
	[{name: 'build', command: ['node', 'tools/build.ts']}],
	[{name: 'package', command: ['publint', '--strict']}],
	[
		{
			name: 'tests',
			command: ['vitest', 'run', '--config', 'test/vitest.config.ts', '--coverage', ...process.argv.slice(2)],
			isLoud: true,
		},
	],
];

for (const row of checks) await Promise.all(row.map(pass));

console.log(`coverage by tests in one process\n${describeCoverage(root)}`);

/** Runs a check, and ends it all if that fails. */
async function pass({name, command, isLoud = false}: Check): Promise<void> {
	const startedAt = performance.now();
	if (isLoud) console.log(`… ${name}`);
	const {code, output} = await run(command, isLoud);
	const seconds = ((performance.now() - startedAt) / 1000).toFixed(1);
	console.log(`${code === 0 ? '✓' : '✗'} ${name} (${seconds} s)`);
	if (code !== 0) {
		process.stdout.write(output);
		process.exit(1);
	}
}

function run(
	[command = '', ...args]: readonly string[],
	isLoud: boolean,
): Promise<{readonly code: number; readonly output: string}> {
	return new Promise(resolve => {
		let output = '';
		const child = spawn(command, args, {
			cwd: root,
			stdio: ['ignore', isLoud ? 'inherit' : 'pipe', isLoud ? 'inherit' : 'pipe'],
			env: {
				...process.env,
				PATH: `${path.join(root, 'node_modules/.bin')}${path.delimiter}${process.env.PATH}`,
			},
		});
		const keep = (chunk: Buffer) => {
			output += chunk.toString();
		};
		child.stdout?.on('data', keep);
		child.stderr?.on('data', keep);
		child.on('error', error => resolve({code: 1, output: `${error.message}\n`}));
		child.on('close', code => resolve({code: code ?? 1, output}));
	});
}
