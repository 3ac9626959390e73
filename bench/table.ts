/** Rows of cells as text, columns aligned: the first two to the left, the others to the right. */
export function table(head: readonly string[], rows: readonly (readonly string[])[]): string {
	const all = [head, ...rows];
	const widths = head.map((_, column) => Math.max(...all.map(row => row[column]?.length ?? 0)));
	return all
		.map(row =>
			widths
				.map((width, column) => {
					const cell = row[column] ?? '';
					return column < 2 ? cell.padEnd(width) : cell.padStart(width);
				})
				.join('  ')
				.trimEnd(),
		)
		.join('\n');
}
