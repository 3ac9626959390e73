import {execFile} from 'node:child_process';
import {existsSync} from 'node:fs';
import path from 'node:path';
import process from 'node:process';
import {promisify} from 'node:util';
import {isBuilt} from '../../tools/one-build.ts';
import {buildErrorVariable, programVariable} from './dist.ts';

const root = path.resolve(import.meta.dirname, '../..');
const isComplete = (): boolean => existsSync(path.join(root, 'dist/types/index.d.ts')) && isBuilt('bin.cjs');

/**
 * Builds `dist/` before the first test if a source is newer. A failing build does not stop the tests that need no
 * program: those that do fail with its message (`programCommand`).
 */
export default async function buildIfStale(): Promise<void> {
	delete process.env[buildErrorVariable];
	if (process.env[programVariable] !== undefined || isComplete()) {
		return;
	}

	try {
		await promisify(execFile)(process.execPath, ['tools/build.ts'], {cwd: root});
	} catch (error) {
		const message = String((error as {stderr?: string}).stderr || error);
		// The first of many say it; each test that fails by it repeats them.
		process.env[buildErrorVariable] = message.split('\n').slice(0, 12).join('\n');
	}
}
