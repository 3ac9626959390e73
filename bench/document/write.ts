import {mkdirSync, readFileSync, rmSync, writeFileSync} from 'node:fs';
import path from 'node:path';
import {compose} from './compose.ts';
import {readFigures} from './figures.ts';
import {insertFigures} from './insert.ts';
import {drawPlots, plotFiles} from './plots.ts';

/**
 * Puts what is in `files`, which `npm run bench -- --out` has written, between the markers of `document` and into
 * `plotFolder`.
 *
 * @returns the paths of what it wrote
 * @throws {Error} with a sentence, before anything is written
 */
export function writeReport(files: readonly string[], document: string, plotFolder: string): string[] {
	if (files.length === 0) throw new Error('give what npm run bench -- --out has written, or --help');
	const figures = readFigures(files);
	const plots = drawPlots(figures);
	const folder = path.relative(path.dirname(document), plotFolder).split(path.sep).join('/');
	const text = insertFigures(readFileSync(document, 'utf8'), compose(figures, plots, folder));

	// What an earlier run could draw and this one cannot would be left over.
	for (const file of plotFiles) rmSync(path.join(plotFolder, file), {force: true});
	if (plots.length > 0) mkdirSync(plotFolder, {recursive: true});
	for (const {file, svg} of plots) writeFileSync(path.join(plotFolder, file), svg);
	writeFileSync(document, text);
	return [document, ...plots.map(({file}) => path.join(plotFolder, file))];
}
