/** Another one begins in each round: whoever comes first finds the machine cooler. */
export function turn<T>(items: readonly T[], round: number): T[] {
	const start = (round - 1) % items.length;
	return [...items.slice(start), ...items.slice(0, start)];
}
