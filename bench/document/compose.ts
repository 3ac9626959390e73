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
	const tables =
		rows.length === 0
			? []
			: [
					overview(figures),
					...pictures,
					'<details>\n<summary>Every server in every scenario, with CPU time and memory</summary>',
					details(figures),
					list(notes(rows)),
					'The commands:',
					list(describeServers(runs)),
					'</details>',
				];
	const starts = startUps.length === 0 ? [] : [`\`\`\`\n${reportStartUp(startUps)}\n\`\`\``];
	return [...runs.map(describeRun), ...tables, ...starts].filter(text => text !== '').join('\n\n');
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
	const servers = runs.flatMap(({options}) => options.servers);
	return [...new Set(servers.map(({name, command}) => `${name}: \`${command}\``))];
}

function list(items: readonly string[]): string {
	return items.map(item => `- ${item}`).join('\n');
}
