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

/** Breaks a list behind its commas. */
export const wrapList = (list: string, width: number): string[] => {
	const lines: string[] = [];
	for (const item of list.split(', ')) {
		const line = lines.at(-1);
		if (line === undefined || line.length + item.length + 2 > width) lines.push(item);
		else lines[lines.length - 1] = `${line}, ${item}`;
	}
	return lines;
};
