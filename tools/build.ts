// Makes dist/: the program as few small files (each mode is loaded only when it is used), the library with its types,
// and the licences of what is bundled.
import {execFileSync} from 'node:child_process';
import {chmodSync, copyFileSync, existsSync, renameSync, rmSync, utimesSync, writeFileSync} from 'node:fs';
import path from 'node:path';
import {parseArgs} from 'node:util';
import {type BuildOptions, build} from 'esbuild';
import {collectLicenses} from './licenses.ts';
import {isBuilt, whileNobodyBuilds} from './one-build.ts';
import {lazyPackages, separateLazy} from './quick-start.ts';

const root = path.resolve(import.meta.dirname, '..');
const dist = path.join(root, 'dist');
// Built beside it and put in its place at the end: a failed build leaves the last one as it was.
const fresh = path.join(root, 'dist.new');
const old = path.join(root, 'dist.old');

// `--quiet` is `npm start`: nothing but the program itself may write to the terminal, and nobody needs types there.
const {values} = parseArgs({options: {quiet: {type: 'boolean', default: false}}});

const common = {
	absWorkingDir: root,
	outdir: fresh,
	bundle: true,
	minify: true,
	platform: 'node',
	target: 'node22.13',
	metafile: true,
	logLevel: 'warning',
	legalComments: 'none',
	define: {
		// React's development build is several times slower and would be what everybody runs.
		'process.env.NODE_ENV': '"production"',
		// Ink looks for React DevTools under DEV=true; they are not in the bundle.
		'process.env.DEV': '"false"',
		// Yoga asks for `fetch` to load its WebAssembly from a data URL, which boots all of undici; without it, it
		// decodes the same bytes itself.
		fetch: 'undefined',
	},
	external: ['react-devtools-core'],
} as const satisfies BuildOptions;

/** What is loaded on demand: its sources, by the names of the files. */
const lazy = new Map<string, string>();

await whileNobodyBuilds(async () => {
	if (values.quiet && isBuilt('bin.cjs')) return;
	const isWatched = values.quiet && process.stderr.isTTY;
	if (isWatched) process.stderr.write('building …');
	await make();
	if (isWatched) process.stderr.write('\r\u001B[K');
});

async function make(): Promise<void> {
	const startedAt = new Date();
	rmSync(fresh, {recursive: true, force: true});
	// The way to the first frame is one CommonJS file: as modules, it would be two dozen shared pieces that Node finds, links
	// and gives second faces of its own modules to, which takes a third of the time until that frame.
	const start = await build({
		...common,
		entryPoints: {start: 'source/start.ts', main: 'cli.tsx'},
		format: 'cjs',
		outExtension: {'.js': '.cjs'},
		plugins: [
			lazyPackages,
			separateLazy(
				['source/modes/run.ts', 'source/modes/tui.tsx'].map(file => path.join(root, file)),
				lazy,
			),
		],
	});

	const rest = await build({
		...common,
		entryPoints: {
			index: 'source/index.ts',
			'store-worker': 'source/broker/store/sqlite/worker.ts',
			'session-worker': 'source/session/store/worker.ts',
			...Object.fromEntries(lazy),
		},
		format: 'esm',
		splitting: true,
		plugins: [lazyPackages],
		banner: {
			// CommonJS packages in an ESM bundle still call `require` for Node's own modules.
			js: "import{createRequire as $require}from'node:module';const require=$require(import.meta.url);",
		},
	});

	const inputs = [start, rest].flatMap(({metafile}) => Object.keys(metafile.inputs));

	copyFileSync(path.join(root, 'source/bin.cjs'), path.join(fresh, 'bin.cjs'));
	chmodSync(path.join(fresh, 'bin.cjs'), 0o755);
	// What is changed while this runs is not in it.
	utimesSync(path.join(fresh, 'bin.cjs'), startedAt, startedAt);
	writeFileSync(path.join(fresh, 'licenses.txt'), collectLicenses(root, inputs));

	if (!values.quiet) {
		const tsc = path.join(root, 'node_modules/.bin/tsc');
		const settings = path.join(root, 'tools/tsconfig.types.json');
		execFileSync(tsc, ['-p', settings, '--outDir', path.join(fresh, 'types')], {stdio: 'inherit'});
	}

	// Somebody may be starting the program: there is no moment in which much of it is missing.
	rmSync(old, {recursive: true, force: true});
	if (existsSync(dist)) renameSync(dist, old);
	renameSync(fresh, dist);
	rmSync(old, {recursive: true, force: true});

	if (!values.quiet) {
		for (const [file, {bytes}] of Object.entries({...start.metafile.outputs, ...rest.metafile.outputs})) {
			console.log(`${String(Math.ceil(bytes / 1024)).padStart(5)} KiB  ${path.basename(file)}`);
		}
	}
}
