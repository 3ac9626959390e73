import {reportStartUp} from '../start-up/measure.ts';
import type {Figures, Machine} from './figures.ts';
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
					'</details>',
				];
	const starts = startUps.length === 0 ? [] : [`\`\`\`\n${reportStartUp(startUps)}\n\`\`\``];
	return [...runs.map(describeRun), ...tables, ...starts].join('\n\n');
}

function describeRun({machine, rounds}: Figures['runs'][number]): string {
	const rounded = rounds === 1 ? 'one round' : `${rounds} rounds`;
	return `Measured on ${machine.date.slice(0, 10)}: ${[...describeMachine(machine), rounded].join(', ')}.`;
}

function describeMachine({processor, cores, memoryBytes, system, node}: Machine): string[] {
	return [
		[cores && `${cores} ×`, processor].filter(Boolean).join(' '),
		memoryBytes === undefined ? '' : `${(memoryBytes / 2 ** 30).toFixed(0)} GiB`,
		system ?? '',
		`Node ${node.replace(/^v/, '')}`,
	].filter(text => text !== '');
}
