// `npm run bench`: measures servers and screens beside each other; see docs/performance.md.
import {writeFileSync} from 'node:fs';
import {lookAtMachine} from './machine.ts';
import {measure} from './measure.ts';
import {type Options, readOptions, startUpName} from './options.ts';
import {createProgress} from './progress.ts';
import {report} from './report.ts';
import {scenarios} from './scenarios.ts';
import {describeStalls} from './stalls.ts';
import {measureStartUp, reportStartUp} from './start-up/measure.ts';
import {summarize} from './summary.ts';

async function bench(options: Options): Promise<boolean> {
	const {only, all} = options;
	const isWanted = (name: string) => only.length === 0 || only.some(part => name.includes(part));
	const wanted = scenarios.filter(
		({name, isExtra}) => isWanted(name) && (!isExtra || all || only.length > 0),
	);
	const wantsStartUp = isWanted(startUpName);
	if (wanted.length === 0 && !wantsStartUp)
		throw new Error(`--only ${only.join(',')}: there is no such scenario`);

	const machine = lookAtMachine();
	const progress = createProgress();
	const measurements = await measure(wanted, options, progress.tell);
	const startUps = wantsStartUp ? await measureStartUp(options, progress.tell) : [];
	progress.end();

	const rows = summarize(measurements, wanted, options);
	console.log(
		`Node ${machine.node}, ${machine.cores} × ${machine.processor}, load before ${machine.loadAverage}; ${describeStalls(machine.stalls)}`,
	);
	if (rows.length > 0) console.log(`\n${report(rows)}`);
	if (startUps.length > 0) console.log(`\n${reportStartUp(startUps)}`);
	if (options.outFile !== undefined) {
		const everything = {machine, options, rows, startUps, measurements};
		writeFileSync(options.outFile, `${JSON.stringify(everything, undefined, '\t')}\n`);
	}
	return rows.every(({faults}) => faults.length === 0) && startUps.every(({faults}) => faults.length === 0);
}

try {
	const options = readOptions(process.argv.slice(2));
	// A missed target is a figure; a lost message is an error.
	if (options !== undefined && !(await bench(options))) process.exitCode = 1;
} catch (error) {
	console.error(`bench: ${(error as Error).message}`);
	process.exitCode = 2;
}
