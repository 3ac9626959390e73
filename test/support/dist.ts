import path from 'node:path';
import process from 'node:process';

const root = path.resolve(import.meta.dirname, '../..');

/** The variable in which `build.ts` tells the workers why there is nothing to test. */
export const buildErrorVariable = 'A_CHAT_TUI_BUILD_ERROR';

/** Node and the built program in front of `args`, as one command line. Throws if the build failed. */
export const programCommand = (args: readonly string[]): [file: string, ...args: string[]] => {
	const error = process.env[buildErrorVariable];
	if (error !== undefined) {
		throw new Error(`There is no program to test, the build failed:\n${error}`);
	}

	return [process.execPath, path.join(root, 'dist/bin.cjs'), ...args];
};
