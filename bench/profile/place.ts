import path from 'node:path';
import {fileURLToPath} from 'node:url';

const root = path.resolve(import.meta.dirname, '../..');

/** Where a function stands, as the inspector says it: lines and columns from 0, no URL for what is native. */
export type Place = {
	readonly functionName: string;
	readonly url: string;
	readonly lineNumber: number;
	readonly columnNumber: number;
};

/** The same for people: files of the project by their path in it, lines from 1. */
export function describePlace({functionName, url, lineNumber}: Place): {
	readonly name: string;
	readonly where: string;
	readonly file: string;
} {
	const name = functionName || '(anonymous)';
	if (url === '') return {name, where: 'native', file: name.startsWith('(') ? name : 'native'};
	const file = url.startsWith('file:') ? path.relative(root, fileURLToPath(url)) : url;
	return {name, where: `${file}:${lineNumber + 1}`, file};
}
