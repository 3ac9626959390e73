// `npm run abuse`: what a hostile or broken world does to the built program, see docs/abuse.md.
import {writeFileSync} from 'node:fs';
import {cpus, loadavg} from 'node:os';
import {createProgress} from '../../bench/progress.ts';
import {type Options, readOptions} from './options.ts';
import {type Outcome, perform} from './perform.ts';
import {report} from './report.ts';

/** Lines about the same case come at most so often where they do not overwrite each other. */
const lineEveryMs = 15_000;

async function abuse(options: Options): Promise<boolean> {
	const {cases, command, isQuick, minutes, outFile} = options;
	console.log(
		`Node ${process.version}, ${cpus().length} × ${cpus()[0]?.model}, load before ${loadavg()[0]?.toFixed(2)}`,
	);
	const progress = createProgress();
	const outcomes: Outcome[] = [];
	for (const one of cases) {
		let last = Number.NEGATIVE_INFINITY;
		const tell = (what: string) => {
			if (!process.stderr.isTTY && performance.now() - last < lineEveryMs) return;
			last = performance.now();
			progress.tell(what);
		};
		const outcome = await perform(one, {command, isQuick, minutes, judgesDelay: true, tell});
		outcomes.push(outcome);
	}
	progress.end();
	console.log(`\n${report(outcomes)}`);
	if (outFile !== undefined)
		writeFileSync(outFile, `${JSON.stringify({command, isQuick, minutes, outcomes}, undefined, '\t')}\n`);
	return outcomes.every(({problems}) => problems.length === 0);
}

try {
	const options = readOptions(process.argv.slice(2));
	if (options !== undefined && !(await abuse(options))) process.exitCode = 1;
} catch (error) {
	console.error(`abuse: ${(error as Error).message}`);
	process.exitCode = 2;
}
