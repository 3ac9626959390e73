import {readFileSync} from 'node:fs';
import path from 'node:path';

type Summary = Readonly<Record<string, {readonly lines: {readonly total: number; readonly covered: number}}>>;

/**
 * The share of lines that the tests ran in their own process, one row a room of `source/`. What runs only in the built
 * program (most of `modes/`, the drawing) is tested there and does not count here.
 */
export function describeCoverage(root: string): string {
	const text = readFileSync(path.join(root, 'coverage/coverage-summary.json'), 'utf8');
	const rooms = new Map<string, {total: number; covered: number}>();
	for (const [file, {lines}] of Object.entries(JSON.parse(text) as Summary)) {
		const [top, room, rest] = path.relative(root, file).split(path.sep);
		if (top !== 'source' || rest === undefined) continue;
		const sum = rooms.get(room as string) ?? {total: 0, covered: 0};
		rooms.set(room as string, {total: sum.total + lines.total, covered: sum.covered + lines.covered});
	}
	return [...rooms]
		.map(
			([room, {total, covered}]) =>
				`  ${room.padEnd(9)} ${((100 * covered) / total).toFixed(1).padStart(5)} % of ${total} lines`,
		)
		.join('\n');
}
