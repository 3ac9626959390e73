import {mkdtempSync, rmSync} from 'node:fs';
import {tmpdir, userInfo} from 'node:os';
import path from 'node:path';
import process from 'node:process';
import {type Lifetime, onCleanup} from './cleanup.ts';

/** Variables for a program; `undefined` takes one away that would be there otherwise. */
export type Environment = Readonly<Record<string, string | undefined>>;

/** Makes an empty folder that is removed with everything in it at the end of the test or the file. */
export const temporaryFolder = (lifetime: Lifetime = 'test'): string => {
	const folder = mkdtempSync(path.join(tmpdir(), 'a-chat-test-'));
	onCleanup(lifetime, () => rmSync(folder, {recursive: true, force: true, maxRetries: 5}));
	return folder;
};

/**
 * The environment that a program under test gets. It is built up from nothing, not taken over: no `CI`, `NO_COLOR`,
 * `COLUMNS` or `A_CHAT_NAME` of the machine leaks in, and `HOME` and `A_CHAT_HOME` are a folder of its own.
 */
export const programEnvironment = (home: string, extra: Environment = {}): Record<string, string> => {
	const environment: Environment = {
		PATH: process.env.PATH,
		TMPDIR: process.env.TMPDIR,
		USER: userInfo().username,
		HOME: home,
		A_CHAT_HOME: home,
		LANG: 'C.UTF-8',
		LC_ALL: 'C.UTF-8',
		TERM: 'xterm-256color',
		...extra,
	};

	return Object.fromEntries(
		Object.entries(environment).filter((entry): entry is [string, string] => entry[1] !== undefined),
	);
};
