// `npm run bench:screen`: measures the screen as somebody before it sees it, beside others; see docs/performance.md.
import {writeFileSync} from 'node:fs';
import {lookAtMachine} from '../machine.ts';
import {createProgress} from '../progress.ts';
import {endServers} from '../server.ts';
import {describeStalls} from '../stalls.ts';
import {turn} from '../turns.ts';
import {Findings} from './findings.ts';
import {type Options, readOptions} from './options.ts';
import {report, summarize} from './report.ts';
import {playScenes, startName} from './scenes.ts';
import {measureStarts} from './steps/starts.ts';

async function bench(options: Options): Promise<boolean> {
	const {screens, rounds, only} = options;
	const machine = lookAtMachine();
	const progress = createProgress();
	const findings = new Findings();
	const isWanted = (name: string) => only.length === 0 || only.some(part => name.includes(part));
	for (let round = 1; round <= rounds; round++) {
		const where = `round ${round} of ${rounds}`;
		if (isWanted(startName))
			await measureStarts(screens, findings, options.starts, what => progress.tell(`${where}: ${what}`));
		for (const screen of turn(screens, round)) {
			const tell = (what: string) => progress.tell(`${where}: ${screen.name}: ${what}`);
			await playScenes(screen, findings, options, {isWanted, isFirst: round === 1, tell});
		}
	}
	progress.end();

	const names = screens.map(({name}) => name);
	const rows = summarize(findings, names);
	console.log(
		`Node ${machine.node}, ${machine.cores} × ${machine.processor}, load before ${machine.loadAverage}; ${describeStalls(machine.stalls)}`,
	);
	console.log(`\n${report(rows, names, findings)}`);
	if (options.missing.length > 0)
		console.log(
			`not installed, and so left out: ${options.missing.join(', ')} (Debian: irssi, weechat-curses)`,
		);
	if (options.outFile !== undefined) {
		const values = Object.fromEntries(
			[...findings.values].map(([figure, byScreen]) => [figure, Object.fromEntries(byScreen)]),
		);
		const {faults, notes} = findings;
		writeFileSync(
			options.outFile,
			`${JSON.stringify({machine, options, rows, faults, notes, values}, undefined, '\t')}\n`,
		);
	}
	// What others do wrong is worth knowing, and not this project's fault.
	return !findings.faults.some(({screen}) => screens.some(({name, isIrc}) => name === screen && !isIrc));
}

// The screens end with their terminals; servers lead groups of their own.
for (const signal of ['SIGINT', 'SIGTERM'] as const)
	process.once(signal, () => {
		endServers();
		process.exit(2);
	});

try {
	const options = readOptions(process.argv.slice(2));
	// A missed target is a figure; a lost message is an error.
	if (options !== undefined && !(await bench(options))) process.exitCode = 1;
} catch (error) {
	console.error(`bench:screen: ${(error as Error).message}`);
	process.exitCode = 2;
}
