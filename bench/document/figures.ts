import {readFileSync} from 'node:fs';
import type {Machine} from '../machine.ts';
import type {Options} from '../options.ts';
import type {StartUp} from '../start-up/measure.ts';
import type {Row} from '../summary.ts';

/** What one or more runs of the bench measured. */
export type Figures = {
	/** One for each run that something is taken from, without repetition. */
	readonly runs: readonly Pick<Run, 'machine' | 'options'>[];
	/** In the order of the first run that has them. */
	readonly servers: readonly string[];
	readonly base: string;
	readonly rows: readonly Row[];
	readonly startUps: readonly StartUp[];
};

/** What `npm run bench -- --out` writes, as far as it is needed here. */
type Run = {
	readonly machine: Machine;
	readonly options: Pick<Options, 'rounds' | 'base' | 'servers'> & Partial<Pick<Options, 'hosts'>>;
	readonly rows: readonly Row[];
	readonly startUps: readonly StartUp[];
};

/**
 * Reads files that `npm run bench -- --out` has written. A scenario that stands in several is taken from the last of
 * them, with all of its servers, as only those took turns.
 *
 * @throws {Error} with a sentence about a file that cannot be read or holds something else
 */
export function readFigures(files: readonly string[]): Figures {
	const runs = files.map(readRun);
	const ofScenario = new Map(runs.flatMap(run => run.rows.map(({scenario}) => [scenario, run] as const)));
	const rows = [...ofScenario].flatMap(([name, run]) => run.rows.filter(({scenario}) => scenario === name));
	const withStartUps = runs.findLast(({startUps}) => startUps.length > 0);
	const used = runs.filter(run => run === withStartUps || [...ofScenario.values()].includes(run));
	const bases = new Set(used.map(({options}) => options.base));
	if (bases.size > 1)
		throw new Error(`the ratios of these files are to different servers: ${[...bases].join(', ')}`);
	return {
		runs: used.map(({machine, options}) => ({machine, options})),
		servers: [...new Set(rows.map(({server}) => server))],
		base: [...bases][0] ?? '',
		rows,
		startUps: withStartUps?.startUps ?? [],
	};
}

function readRun(file: string): Run {
	let text: string;
	try {
		text = readFileSync(file, 'utf8');
	} catch (error) {
		const {code} = error as NodeJS.ErrnoException;
		throw new Error(code === 'ENOENT' ? `there is no file ${file}` : `cannot read ${file}: ${code}`);
	}
	let value: unknown;
	try {
		value = JSON.parse(text);
	} catch {
		throw new Error(`${file} is not JSON`);
	}
	if (!isRun(value)) throw new Error(`${file} is not what npm run bench -- --out writes`);
	return value;
}

function isRun(value: unknown): value is Run {
	const run = value as Partial<Run> | null;
	return (
		typeof run?.machine?.date === 'string' &&
		typeof run.options?.rounds === 'number' &&
		typeof run.options.base === 'string' &&
		Array.isArray(run.options.servers) &&
		Array.isArray(run.startUps) &&
		Array.isArray(run.rows) &&
		run.rows.every(isRow)
	);
}

function isRow(value: unknown): value is Row {
	const row = value as Partial<Row> | null;
	const texts = [row?.scenario, row?.title, row?.server, row?.unit];
	return texts.every(text => typeof text === 'string') && [row?.faults, row?.verdicts].every(Array.isArray);
}
