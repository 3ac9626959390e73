// `npm run bench:report`: puts what `npm run bench -- --out` has written into docs/performance.md, as tables and plots.
import {mkdirSync, readFileSync, rmSync, writeFileSync} from 'node:fs';
import path from 'node:path';
import {parseArgs} from 'node:util';
import {compose} from './document/compose.ts';
import {readFigures} from './document/figures.ts';
import {insertFigures} from './document/insert.ts';
import {drawPlots, plotFiles} from './document/plots.ts';

const help = `npm run bench:report -- FIGURES [FIGURES…]

  FIGURES          what npm run bench -- --out FIGURES has written; a scenario that stands in
                   several is taken from the last
  --document FILE  where the tables go, between its two markers (default: docs/performance.md)
  --plots FOLDER   where the plots go (default: docs/performance)`;

try {
	const {values, positionals} = parseArgs({
		allowPositionals: true,
		options: {
			document: {type: 'string', default: 'docs/performance.md'},
			plots: {type: 'string', default: 'docs/performance'},
			help: {type: 'boolean', default: false},
		},
	});
	if (values.help) console.log(help);
	else write(positionals, values.document, values.plots);
} catch (error) {
	console.error(`bench:report: ${(error as Error).message}`);
	process.exitCode = 2;
}

function write(files: readonly string[], document: string, plotFolder: string): void {
	if (files.length === 0) throw new Error('give what npm run bench -- --out has written, or --help');
	const figures = readFigures(files);
	const plots = drawPlots(figures);
	const folder = path.relative(path.dirname(document), plotFolder).split(path.sep).join('/');
	// Before anything is written: without its markers the document takes nothing.
	const text = insertFigures(readFileSync(document, 'utf8'), compose(figures, plots, folder));

	// What an earlier run could draw and this one cannot would be left over.
	for (const file of plotFiles) rmSync(path.join(plotFolder, file), {force: true});
	if (plots.length > 0) mkdirSync(plotFolder, {recursive: true});
	for (const {file, svg} of plots) writeFileSync(path.join(plotFolder, file), svg);
	writeFileSync(document, text);
	console.log([document, ...plots.map(({file}) => path.join(plotFolder, file))].join('\n'));
}
