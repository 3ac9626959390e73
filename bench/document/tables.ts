import type {Row} from '../summary.ts';
import type {Figures} from './figures.ts';
import {markdownTable} from './markdown.ts';

/** One line for each figure: every server's, and how the first that is judged stands to its targets. */
export function overview({rows, servers, base}: Figures): string {
	const judged =
		rows.find(({verdicts}) => verdicts.length > 0)?.server ?? servers.find(name => name !== base);
	const head = [
		'scenario',
		...servers,
		...(judged === undefined ? [] : [`what ${judged} has to reach: does`]),
	];
	const lines = [...Map.groupBy(rows, ({scenario}) => scenario).values()].flatMap(some => {
		if (some.every(({value}) => value === undefined)) return [];
		const of = (name: string | undefined) => some.find(({server}) => server === name);
		const row = some.find(({verdicts}) => verdicts.length > 0) ?? of(judged);
		const who = row === undefined || row.server === judged ? '' : `${row.server}: `;
		return [[title(some[0]), ...servers.map(name => figure(of(name))), who + describeReached(row, base)]];
	});
	return markdownTable(head, lines, head.slice(-1));
}

/** One line for each scenario and server, with all that was measured. Without a base, each ratio names its own. */
export function details({rows, base}: Figures): string {
	const head = [
		'scenario',
		'server',
		'figure',
		base === '' ? 'ratio (range)' : `to ${base} (range)`,
		'target',
		'',
		'CPU s/million',
		'peak MiB',
	];
	const lines = rows.map((row, i) => [
		row.title === rows[i - 1]?.title ? '' : title(row),
		row.server,
		figure(row),
		ratioWithRange(row, base === '' ? ` ${row.base}` : ''),
		row.target ?? '',
		verdict(row),
		row.cpuPerMillion?.toFixed(2) ?? '',
		row.peakBytes === undefined ? '' : (row.peakBytes / 2 ** 20).toFixed(0),
	]);
	return markdownTable(head, lines, ['server', 'target', '']);
}

/** A title that is indented belongs to the one above it; Markdown would drop the blanks. */
function title(row: Row | undefined): string {
	return row?.title.replace(/^ +/, '… ') ?? '';
}

function figure(row: Row | undefined): string {
	if (row?.value === undefined) return '';
	const number = row.value.toLocaleString('en', {
		minimumFractionDigits: row.digits,
		maximumFractionDigits: row.digits,
	});
	return `${number} ${row.unit}`;
}

function ratio(number: number): string {
	return `${number.toFixed(2)} ×`;
}

function ratioWithRange({ratio: middle, ratioRange}: Row, of: string): string {
	if (middle === undefined) return '';
	const range = ratioRange?.map(limit => limit.toFixed(2)).join('–');
	return range === undefined ? ratio(middle) : `${ratio(middle)}${of} (${range})`;
}

/** Each target with the ratio to it; what was missed stands out. */
function describeReached(row: Row | undefined, base: string): string {
	if (row === undefined) return '';
	if (row.verdicts.length === 0)
		return row.ratio === undefined ? '' : `${ratio(row.ratio)} ${row.base ?? base}`;
	return row.verdicts
		.map(({text, ratio: reached, isReached}) => {
			const said = `${text}: ${reached === undefined ? figure(row) : ratio(reached)}`;
			return isReached === false ? `**${said} missed**` : said;
		})
		.join('<br>');
}

function verdict({isReached, faults}: Row): string {
	if (faults.length > 0) return 'FAULTS';
	if (isReached === undefined) return '';
	return isReached ? 'reached' : 'missed';
}
