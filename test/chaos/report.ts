import {table, wrapList} from '../../bench/table.ts';
import type {Outcome} from './perform.ts';

const head = ['case', 'other', 'tries', 'acked', 'lost', 'doubled', 'held', 's'];
/** Code units in a line of the widest column. */
const otherWidth = 60;

/** What came of all cases, as text; what was wrong stands below the table, with the seed to have it again. */
export const report = (outcomes: readonly Outcome[], seed: number): string => {
	const remarks = outcomes.flatMap(({name, problems, skipped}) => [
		...(skipped === undefined ? [] : [`${name}: skipped: ${skipped}`]),
		...problems.map(problem => `${name}: ${problem}`),
	]);
	const broken = outcomes.filter(({problems}) => problems.length > 0).length;
	const end =
		broken === 0
			? `All ${outcomes.length} held, seed ${seed}.`
			: `${broken} of ${outcomes.length} did not hold; --seed ${seed} does the same again.`;
	return [
		table(head, outcomes.flatMap(rowsOf)),
		'',
		...(remarks.length > 0 ? [...remarks, ''] : []),
		end,
	].join('\n');
};

const rowsOf = ({name, isAttack, tally, notes, problems, skipped, seconds}: Outcome): string[][] => {
	const [first = '', ...more] = wrapList(notes.join(', '), otherWidth);
	const held = problems.length === 0 ? 'yes' : 'NO';
	const row = [
		isAttack ? `attack: ${name}` : name,
		first,
		...[tally?.tries, tally?.acked, tally?.lost, tally?.doubled].map(count => count?.toString() ?? ''),
		skipped === undefined ? held : 'skipped',
		seconds.toFixed(0),
	];
	return [row, ...more.map(line => ['', line])];
};
