import {existsSync, readdirSync, readFileSync} from 'node:fs';
import path from 'node:path';

/**
 * The licence texts of every npm package that has a file among `inputs` (paths relative to `root`, as in esbuild's
 * metafile). A package without a licence file is named with the licence that its package.json states.
 */
export function collectLicenses(root: string, inputs: readonly string[]): string {
	const folders = new Set<string>();
	for (const input of inputs) {
		const match = /^(?:.*\/)?node_modules\/(?:@[^/]+\/)?[^/]+/.exec(input);
		if (match) folders.add(match[0]);
	}

	return [...folders]
		.sort()
		.map(folder => describePackage(path.join(root, folder)))
		.join(`\n${'-'.repeat(78)}\n\n`);
}

function describePackage(folder: string): string {
	const manifest = JSON.parse(readFileSync(path.join(folder, 'package.json'), 'utf8')) as {
		name: string;
		version: string;
		license?: string;
	};
	const file = existsSync(folder) ? readdirSync(folder).find(name => /^licen[cs]e/i.test(name)) : undefined;
	const text = file ? readFileSync(path.join(folder, file), 'utf8').trim() : `License: ${manifest.license}`;
	return `${manifest.name} ${manifest.version}\n\n${text}\n`;
}
