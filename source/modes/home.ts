import path from 'node:path';
import envPaths from 'env-paths';

/** Where the program keeps its files: the usual folders of the system, or all in `$A_CHAT_HOME`. */
export function homeFolders(environment: NodeJS.ProcessEnv): {
	readonly config: string;
	readonly cache: string;
} {
	const home = environment.A_CHAT_HOME;
	if (home) return {config: path.join(home, 'config'), cache: path.join(home, 'cache')};
	const {config, cache} = envPaths('a-chat-tui', {suffix: ''});
	return {config, cache};
}
