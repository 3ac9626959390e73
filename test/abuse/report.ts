import {table} from '../../bench/table.ts';
import type {Outcome} from './perform.ts';

const head = ['case', 'tried', 'held', 'p99 ms', 'heap MiB', 'RSS MiB', 'descriptors', 'CPU s', 's'];

/** What came of all cases, as text; what was wrong stands below the table. */
export const report = (outcomes: readonly Outcome[]): string => {
	const rows = outcomes.map(outcome => {
		const {id, name, tried, problems, skipped, p99Ms, before, after, cpuSeconds, seconds} = outcome;
		return [
			`${id} ${name}`,
			tried,
			skipped !== undefined ? 'skipped' : problems.length === 0 ? 'yes' : 'NO',
			p99Ms?.toFixed(1) ?? '',
			change(mebibytes(before?.heapBytes), mebibytes(after?.heapBytes)),
			change(mebibytes(before?.residentBytes), mebibytes(after?.residentBytes)),
			change(before?.files.toString(), after?.files.toString()),
			Number.isFinite(cpuSeconds) ? (cpuSeconds?.toFixed(1) ?? '') : '',
			seconds?.toFixed(0) ?? '',
		];
	});
	const remarks = outcomes.flatMap(({id, problems, skipped}) => [
		...(skipped === undefined ? [] : [`${id}: skipped: ${skipped}`]),
		...problems.map(problem => `${id}: ${problem}`),
	]);
	return [table(head, rows), ...(remarks.length > 0 ? ['', ...remarks] : [])].join('\n');
};

const mebibytes = (bytes: number | undefined): string | undefined =>
	bytes === undefined ? undefined : (bytes / 1_048_576).toFixed(1);

const change = (before: string | undefined, after: string | undefined): string =>
	before === undefined && after === undefined ? '' : `${before ?? '–'} → ${after ?? '–'}`;
