/** The middle of `values` (of two middle ones their mean); undefined of none. */
export function median(values: readonly number[]): number | undefined {
	const sorted = values.toSorted((a, b) => a - b);
	const upper = sorted[sorted.length >> 1];
	const lower = sorted[(sorted.length - 1) >> 1];
	return upper === undefined || lower === undefined ? undefined : (upper + lower) / 2;
}

/** The value below which the share `share` (0 to 1) of `values` lies; undefined of none. */
export function quantile(values: readonly number[], share: number): number | undefined {
	const sorted = values.toSorted((a, b) => a - b);
	return sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))];
}

/** The numbers among `values`. */
export function known(values: readonly (number | undefined)[]): number[] {
	return values.filter(value => value !== undefined);
}
