/** A table in Markdown, its columns aligned; the first is to the left, the others to the right unless named in `left`. */
export function markdownTable(
	head: readonly string[],
	rows: readonly (readonly string[])[],
	left: readonly string[] = [],
): string {
	const all = [head, ...rows].map(row => head.map((_, i) => row[i] ?? ''));
	const widths = head.map((_, i) => Math.max(4, ...all.map(row => row[i]?.length ?? 0)));
	const isLeft = head.map((name, i) => i === 0 || left.includes(name));
	const line = (cells: readonly string[]) => `| ${cells.join(' | ')} |`;
	const padded = all.map(row =>
		line(row.map((cell, i) => (isLeft[i] ? cell.padEnd(widths[i] ?? 0) : cell.padStart(widths[i] ?? 0)))),
	);
	const rule = line(
		widths.map((width, i) => (isLeft[i] ? `:${'-'.repeat(width - 1)}` : `${'-'.repeat(width - 1)}:`)),
	);
	const [first = '', ...others] = padded;
	return [first, rule, ...others].join('\n');
}
