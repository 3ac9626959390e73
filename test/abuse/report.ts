import {table, wrapList} from '../../bench/table.ts';
import type {Outcome} from './perform.ts';

const head = ['case', 'tried', 'held', 'p99 ms', 'heap MiB', 'RSS MiB', 'descriptors', 'CPU s', 's'];
/** Code units in a line of the widest column. */
const triedWidth = 56;

/** What came of all cases, as text; what was wrong stands below the table. */
export const report = (outcomes: readonly Outcome[]): string => {
	const remarks = outcomes.flatMap(({id, problems, skipped}) => [
		...(skipped === undefined ? [] : [`${id}: skipped: ${skipped}`]),
		...problems.map(problem => `${id}: ${problem}`),
	]);
	return [table(head, outcomes.flatMap(rowsOf)), ...(remarks.length > 0 ? ['', ...remarks] : [])].join('\n');
};

const rowsOf = (outcome: Outcome): string[][] => {
	const {id, name, tried, problems, skipped, p99Ms, before, after, cpuSeconds, seconds} = outcome;
	const [first = '', ...more] = wrapList(tried, triedWidth);
	const held = problems.length === 0 ? 'yes' : 'NO';
	const row = [
		`${id} ${name}`,
		first,
		skipped === undefined ? held : 'skipped',
		p99Ms?.toFixed(1) ?? '',
		change(mebibytes(before?.heapBytes), mebibytes(after?.heapBytes)),
		change(mebibytes(before?.residentBytes), mebibytes(after?.residentBytes)),
		change(before?.files.toString(), after?.files.toString()),
		Number.isFinite(cpuSeconds) ? (cpuSeconds?.toFixed(1) ?? '') : '',
		seconds?.toFixed(0) ?? '',
	];
	return [row, ...more.map(line => ['', line])];
};

const mebibytes = (bytes: number | undefined): string | undefined =>
	bytes === undefined ? undefined : (bytes / 1_048_576).toFixed(1);

const change = (before: string | undefined, after: string | undefined): string =>
	before === undefined && after === undefined ? '' : `${before ?? '–'} → ${after ?? '–'}`;
