import path from 'node:path';
import envPaths from 'env-paths';

/** The folders of the program: what the person set, what was said, and what can be made anew. */
export type HomeFolders = {readonly config: string; readonly data: string; readonly cache: string};

/** Undefined where there is no home folder: a user id without an entry in the user database, as in many containers. */
function findSystemFolders(): HomeFolders | undefined {
	try {
		return envPaths('a-chat-tui', {suffix: ''});
	} catch {
		return undefined;
	}
}

/**
 * Where the program keeps its files: the usual folders of the system, or all in `$A_CHAT_HOME`. Undefined where neither
 * is known; then nothing is kept.
 */
export function homeFolders(environment: NodeJS.ProcessEnv): HomeFolders | undefined {
	const home = environment.A_CHAT_HOME;
	if (home) {
		const [config = '', data = '', cache = ''] = ['config', 'data', 'cache'].map(name =>
			path.resolve(home, name),
		);
		return {config, data, cache};
	}
	const systemFolders = findSystemFolders();
	// With an empty $HOME they would lie wherever the program is started, also where others may write.
	if (!systemFolders || !path.isAbsolute(systemFolders.cache)) return undefined;
	return systemFolders;
}
