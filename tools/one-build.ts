// One build at a time, and none that changes nothing: two people who type `npm start` in one moment must not build over
// each other's files.
import {existsSync, globSync, readFileSync, rmSync, statSync, writeFileSync} from 'node:fs';
import path from 'node:path';
import {setTimeout as sleep} from 'node:timers/promises';

const root = path.resolve(import.meta.dirname, '..');
const lock = path.join(root, 'dist.lock');
const inputs = ['source/**/*.{ts,tsx,cjs,wat}', 'cli.tsx', 'tools/**', 'package.json', 'package-lock.json'];

/** Whether nothing of what `dist` is made from was touched since; `file` is the last one that a build writes. */
export const isBuilt = (file: string): boolean => {
	const built = path.join(root, 'dist', file);
	if (!existsSync(built)) return false;
	const touched = globSync(inputs, {cwd: root}).map(input => statSync(path.join(root, input)).mtimeMs);
	return Math.max(...touched) < statSync(built).mtimeMs;
};

/** Runs a build while no other one does; waits for one that does. A lock whose holder has died counts for nothing. */
export const whileNobodyBuilds = async (build: () => Promise<void>): Promise<void> => {
	while (!take()) await sleep(50);
	try {
		await build();
	} finally {
		rmSync(lock, {force: true});
	}
};

function take(): boolean {
	try {
		writeFileSync(lock, String(process.pid), {flag: 'wx'});
		return true;
	} catch (error) {
		if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw error;
		if (!isHeld()) rmSync(lock, {force: true});
		return false;
	}
}

function isHeld(): boolean {
	try {
		const pid = Number(readFileSync(lock, 'utf8'));
		// Made a moment ago, and its number is not written yet.
		if (pid === 0) return Date.now() - statSync(lock).mtimeMs < 1000;
		process.kill(pid, 0);
		return true;
	} catch (error) {
		return (error as NodeJS.ErrnoException).code === 'EPERM';
	}
}
