import type {Row} from '../summary.ts';
import type {Figures} from './figures.ts';
import {markdownTable} from './markdown.ts';

/** One line a scenario: every server's figure, and how the first that has a target stands to it. */
export function overview({rows, servers, base}: Figures): string {
	const head = ['scenario', ...servers, `to ${base}`, 'target', ''];
	const lines = [...Map.groupBy(rows, ({scenario}) => scenario).values()].flatMap(some => {
		if (some.every(({value}) => value === undefined)) return [];
		const figures = servers.map(name => figure(some.find(({server}) => server === name)));
		const judged =
			some.find(({target}) => target !== undefined) ?? some.find(({ratio}) => ratio !== undefined);
		return [[some[0]?.title ?? '', ...figures, ratio(judged), judged?.target ?? '', verdict(judged)]];
	});
	return markdownTable(head, lines, ['']);
}

/** One line for each scenario and server, with all that was measured. */
export function details({rows, base}: Figures): string {
	const head = [
		'scenario',
		'server',
		'figure',
		`to ${base} (range)`,
		'target',
		'',
		'CPU s/million',
		'peak MiB',
	];
	let last = '';
	const lines = rows.map(row => {
		const title = row.title === last ? '' : row.title;
		last = row.title;
		return [
			title,
			row.server,
			figure(row),
			ratioWithRange(row),
			row.target ?? '',
			verdict(row),
			row.cpuPerMillion?.toFixed(2) ?? '',
			row.peakBytes === undefined ? '' : (row.peakBytes / 2 ** 20).toFixed(0),
		];
	});
	return markdownTable(head, lines, ['server', '']);
}

function figure(row: Row | undefined): string {
	if (row?.value === undefined) return '';
	const number = row.value.toLocaleString('en', {
		minimumFractionDigits: row.digits,
		maximumFractionDigits: row.digits,
	});
	return `${number} ${row.unit}`;
}

function ratio(row: Row | undefined): string {
	return row?.ratio === undefined ? '' : `${row.ratio.toFixed(2)} ×`;
}

function ratioWithRange(row: Row): string {
	const range = row.ratioRange?.map(limit => limit.toFixed(2)).join('–');
	return range === undefined ? ratio(row) : `${ratio(row)} (${range})`;
}

function verdict(row: Row | undefined): string {
	if (row === undefined) return '';
	if (row.faults.length > 0) return 'FAULTS';
	if (row.isReached === undefined) return '';
	return row.isReached ? 'reached' : 'missed';
}
