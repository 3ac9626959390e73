import path from 'node:path';
import process from 'node:process';

const root = path.resolve(import.meta.dirname, '../..');

/** The variable in which `build.ts` tells the workers why there is nothing to test. */
export const buildErrorVariable = 'A_CHAT_TUI_BUILD_ERROR';

/** Names another `bin.cjs` to be tested in place of the built one, such as that of an installed package. */
export const programVariable = 'A_CHAT_TUI_PROGRAM';

/** Node and the built program in front of `args`, as one command line. Throws if the build failed. */
export const programCommand = (args: readonly string[]): [file: string, ...args: string[]] => {
	const error = process.env[buildErrorVariable];
	if (error !== undefined) {
		throw new Error(`There is no program to test, the build failed:\n${error}`);
	}

	return [process.execPath, process.env[programVariable] ?? path.join(root, 'dist/bin.cjs'), ...args];
};
