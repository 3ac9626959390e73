// What the build does so that the program starts quickly, with the same behaviour.
import path from 'node:path';
import type {Plugin} from 'esbuild';

/** Packages with one function as their default export that takes longer to load than what it is needed for. */
const slowPackages = /^(?:string-width|env-paths)$/;

/**
 * Loads such a package when its function is first called. string-width makes an `Intl.Segmenter` and sets of characters,
 * which takes as long as the rest of the first frame, and that one has nothing to ask it. env-paths throws while it is
 * loaded where there is no home folder, and is not needed where `$A_CHAT_HOME` is set.
 */
export const lazyPackages: Plugin = {
	name: 'lazy-packages',
	setup(build) {
		build.onResolve({filter: slowPackages}, ({path, kind, resolveDir}) =>
			kind === 'require-call' ? undefined : {path, pluginData: resolveDir, namespace: 'lazy'},
		);
		build.onLoad({filter: /./, namespace: 'lazy'}, ({path, pluginData}) => ({
			contents: `export default (...args) => require(${JSON.stringify(path)}).default(...args);`,
			resolveDir: pluginData,
		}));
	},
};

/**
 * Leaves what is loaded on demand out of a bundle, as a file beside it by the name of its source, except for `inlined`
 * files. `found` gets those files: what to build them from, by their names.
 */
export function separateLazy(inlined: readonly string[], found: Map<string, string>): Plugin {
	return {
		name: 'separate-lazy',
		setup(build) {
			build.onResolve({filter: /^\./}, ({path: asked, kind, resolveDir}) => {
				const file = path.resolve(resolveDir, asked);
				if (kind !== 'dynamic-import' || inlined.includes(file)) return undefined;
				const {name} = path.parse(file);
				found.set(name, file);
				return {path: `./${name}.js`, external: true};
			});
		},
	};
}
