import type {Machine} from '../machine.ts';
import {notes} from '../report.ts';
import {describeStalls} from '../stalls.ts';
import {reportStartUp} from '../start-up/measure.ts';
import type {Figures} from './figures.ts';
import type {Plot} from './plots.ts';
import {details, overview} from './tables.ts';

/** All that `docs/performance.md` says of the figures, as Markdown. `plotFolder` is the path from there to the plots. */
export function compose(figures: Figures, plots: readonly Plot[], plotFolder: string): string {
	const {rows, runs, startUps} = figures;
	const pictures = plots.map(({file, title}) => `![${title}](${plotFolder}/${file})`);
	// In the scenarios of a-chat/1 others take part: they have a table of their own.
	const [ofHosts, ofServers] = [true, false].map(isOfHosts => select(figures, isOfHosts));
	const tables =
		rows.length === 0
			? []
			: [
					...tablesOf(ofServers, overview),
					...pictures,
					...tablesOf(ofHosts, overview),
					'<details>\n<summary>Every server in every scenario, with CPU time and memory</summary>',
					...tablesOf(ofServers, details),
					...tablesOf(ofHosts, details),
					list(notes(rows)),
					'The commands:',
					list(describeServers(runs)),
					'</details>',
				];
	const starts = startUps.length === 0 ? [] : [`\`\`\`\n${reportStartUp(startUps)}\n\`\`\``];
	return [...runs.map(describeRun), ...tables, ...starts].filter(text => text !== '').join('\n\n');
}

/** The part of the figures that is of hosts of a-chat/1, or the rest. */
function select(figures: Figures, isOfHosts: boolean): Figures {
	const rows = figures.rows.filter(row => (row.isOfHosts ?? false) === isOfHosts);
	const base = isOfHosts ? '' : figures.base;
	return {...figures, base, rows, servers: [...new Set(rows.map(({server}) => server))]};
}

function tablesOf(figures: Figures | undefined, make: (figures: Figures) => string): string[] {
	return figures === undefined || figures.rows.length === 0 ? [] : [make(figures)];
}

function describeRun({machine, options: {rounds}}: Figures['runs'][number]): string {
	const rounded = rounds === 1 ? 'one round' : `${rounds} rounds`;
	return `Measured on ${machine.date.slice(0, 10)}: ${[...describeMachine(machine), rounded].join(', ')}.`;
}

/** Files of older runs lack some of it. */
function describeMachine({
	program,
	processor,
	cores,
	memoryBytes,
	system,
	node,
	stalls,
}: Partial<Machine>): string[] {
	return [
		program && `a-chat-tui ${program}`,
		[cores && `${cores} ×`, processor].filter(Boolean).join(' '),
		memoryBytes && `${(memoryBytes / 2 ** 30).toFixed(0)} GiB`,
		system,
		node && `Node ${node.replace(/^v/, '')}`,
		stalls && describeStalls(stalls),
	].filter(text => typeof text === 'string' && text !== '') as string[];
}

/** The same command of several runs stands there once. */
function describeServers(runs: Figures['runs']): string[] {
	// Files of older runs have no hosts.
	const servers = runs.flatMap(({options}) => [...options.servers, ...(options.hosts ?? [])]);
	return [...new Set(servers.map(({name, command}) => `${name}: \`${command}\``))];
}

function list(items: readonly string[]): string {
	return items.map(item => `- ${item}`).join('\n');
}
