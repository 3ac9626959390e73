import type {Outcome} from './perform.ts';

/** Lines of what went and came that stand below a rule that was broken. */
const shownLines = 12;

/** What came of the cases: a row for each rule; below one that was broken, what was seen instead. */
export const report = (outcomes: readonly Outcome[]): string => {
	const width = Math.max(...outcomes.map(({case: {section}}) => section.length));
	const rows = outcomes.flatMap(({case: {section, name}, problem, transcript}) => [
		`${problem === undefined ? 'held' : 'NOT '}  ${section.padEnd(width)}  ${name}`,
		...(problem === undefined ? [] : [`      seen: ${problem}`]),
		...(problem === undefined ? [] : transcript.slice(-shownLines).map(line => `        ${line}`)),
	]);
	const broken = outcomes.filter(({problem}) => problem !== undefined).length;
	const all = `${outcomes.length} ${outcomes.length === 1 ? 'rule' : 'rules'}`;
	return [...rows, '', broken === 0 ? `All ${all} held.` : `${broken} of ${all} did not hold.`].join('\n');
};
