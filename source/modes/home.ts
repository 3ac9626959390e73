import path from 'node:path';

/** The folders of the program: what the person set, what was said, and what can be made anew. */
export type HomeFolders = {readonly config: string; readonly data: string; readonly cache: string};

// Looks for the home folder while it is loaded, and throws where there is none: a user id without an entry in the user
// database, as in many containers.
const systemFolders = await import('env-paths').then(
	({default: envPaths}) => envPaths('a-chat-tui', {suffix: ''}),
	() => undefined,
);

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
	// With an empty $HOME they would lie wherever the program is started, also where others may write.
	if (!systemFolders || !path.isAbsolute(systemFolders.cache)) return undefined;
	return systemFolders;
}
