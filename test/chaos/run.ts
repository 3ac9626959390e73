// `npm run chaos`: what becomes of what is said when programs are killed and connections break, see docs/reliability.md.
import {cpus, loadavg} from 'node:os';
import {createProgress} from '../../bench/progress.ts';
import {runCleanups} from '../support/cleanup.ts';
import {type Options, readOptions} from './options.ts';
import {type Outcome, perform} from './perform.ts';
import {report} from './report.ts';

async function chaos({cases, seed, isQuick, kills}: Options): Promise<boolean> {
	console.log(
		`Node ${process.version}, ${cpus().length} × ${cpus()[0]?.model}, load before ${loadavg()[0]?.toFixed(2)}, seed ${seed}`,
	);
	const progress = createProgress();
	const outcomes: Outcome[] = [];
	for (const one of cases) {
		const outcome = await perform(one, {seed, isQuick, kills, judgesTime: !isQuick, tell: progress.tell});
		outcomes.push(outcome);
		progress.tell(`${one.name}: ${outcome.problems[0] ?? 'held'}`);
	}
	progress.end();
	console.log(`\n${report(outcomes, seed)}`);
	return outcomes.every(({problems}) => problems.length === 0);
}

// Whoever gives up leaves no hosts and clients behind.
for (const signal of ['SIGINT', 'SIGTERM'] as const)
	process.once(signal, () => void runCleanups('test').finally(() => process.exit(1)));

try {
	const options = readOptions(process.argv.slice(2));
	if (options !== undefined && !(await chaos(options))) process.exitCode = 1;
} catch (error) {
	console.error(`chaos: ${(error as Error).message.split('. ')[0]}`);
	process.exitCode = 2;
}
