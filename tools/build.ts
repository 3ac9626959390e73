// Makes dist/: the program as few small files (each mode is loaded only when it is used), the library with its types,
// and the licences of what is bundled.
import {execFileSync} from 'node:child_process';
import {chmodSync, copyFileSync, renameSync, rmSync, writeFileSync} from 'node:fs';
import path from 'node:path';
import {parseArgs} from 'node:util';
import {build} from 'esbuild';
import {collectLicenses} from './licenses.ts';
import {builtinsByRequire, lazyStringWidth} from './quick-start.ts';

const root = path.resolve(import.meta.dirname, '..');
const dist = path.join(root, 'dist');
// Built beside it and put in its place at the end: a failed build leaves the last one as it was.
const fresh = path.join(root, 'dist.new');

// `--quiet` is `npm start`: nothing but the program itself may write to the terminal, and nobody needs types there.
const {values} = parseArgs({options: {quiet: {type: 'boolean', default: false}}});

rmSync(fresh, {recursive: true, force: true});

const result = await build({
	absWorkingDir: root,
	entryPoints: {
		start: 'source/start.ts',
		index: 'source/index.ts',
		'store-worker': 'source/broker/store/sqlite/worker.ts',
		'session-worker': 'source/session/store/worker.ts',
	},
	outdir: fresh,
	bundle: true,
	splitting: true,
	minify: true,
	platform: 'node',
	format: 'esm',
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
	plugins: [builtinsByRequire, lazyStringWidth],
	banner: {
		// CommonJS packages in an ESM bundle still call `require` for Node's own modules.
		js: "import{createRequire as $createRequire}from'node:module';const require=$createRequire(import.meta.url),$require=require;",
	},
});

copyFileSync(path.join(root, 'source/bin.cjs'), path.join(fresh, 'bin.cjs'));
chmodSync(path.join(fresh, 'bin.cjs'), 0o755);
writeFileSync(path.join(fresh, 'licenses.txt'), collectLicenses(root, Object.keys(result.metafile.inputs)));

if (!values.quiet) {
	const tsc = path.join(root, 'node_modules/.bin/tsc');
	const settings = path.join(root, 'tools/tsconfig.types.json');
	execFileSync(tsc, ['-p', settings, '--outDir', path.join(fresh, 'types')], {stdio: 'inherit'});
}

rmSync(dist, {recursive: true, force: true});
renameSync(fresh, dist);

if (!values.quiet) {
	for (const [file, {bytes}] of Object.entries(result.metafile.outputs)) {
		console.log(`${String(Math.ceil(bytes / 1024)).padStart(5)} KiB  ${path.basename(file)}`);
	}
}
