// `npm run bench:report`: puts what `npm run bench -- --out` has written into docs/performance.md, as tables and plots.
import {parseArgs} from 'node:util';
import {writeReport} from './document/write.ts';

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
	else console.log(writeReport(positionals, values.document, values.plots).join('\n'));
} catch (error) {
	console.error(`bench:report: ${(error as Error).message}`);
	process.exitCode = 2;
}
