// What the build does so that the program starts quickly, with the same behaviour.
import {builtinModules} from 'node:module';
import type {Plugin} from 'esbuild';

/**
 * Node's own modules by `require`: for an `import` Node first makes a second face of each with all of its exports, which
 * loads what nobody asked for, as the streams of `node:fs`. None of them is exchanged while the program runs.
 */
export const builtinsByRequire: Plugin = {
	name: 'builtins-by-require',
	setup(build) {
		build.onResolve({filter: /^(?:node:)?[a-z_/]+$/}, ({path, namespace}) => {
			const name = path.replace(/^node:/, '');
			if (namespace === 'builtin' || !builtinModules.includes(name)) return undefined;
			return {path: `node:${name}`, namespace: 'builtin'};
		});
		build.onLoad({filter: /./, namespace: 'builtin'}, ({path}) => ({
			contents: `module.exports = $require(${JSON.stringify(path)});`,
		}));
	},
};

/**
 * string-width when it is first asked: it makes an `Intl.Segmenter` and several large sets of characters while it is
 * loaded, which takes as long as all that the first frame needs, and that one has nothing to ask.
 */
export const lazyStringWidth: Plugin = {
	name: 'lazy-string-width',
	setup(build) {
		build.onResolve({filter: /^string-width$/}, ({kind, resolveDir}) =>
			kind === 'require-call' ? undefined : {path: 'lazy', pluginData: resolveDir, namespace: 'string-width'},
		);
		build.onLoad({filter: /./, namespace: 'string-width'}, ({pluginData}) => ({
			contents: `export default (...args) => require('string-width').default(...args);`,
			resolveDir: pluginData,
		}));
	},
};
