/** The middle of `values` (of two middle ones their mean); undefined of none. */
export function median(values: readonly number[]): number | undefined {
	const sorted = values.toSorted((a, b) => a - b);
	const upper = sorted[sorted.length >> 1];
	const lower = sorted[(sorted.length - 1) >> 1];
	return upper === undefined || lower === undefined ? undefined : (upper + lower) / 2;
}

/** The highest of `values`; undefined of none. */
export function highest(values: readonly number[]): number | undefined {
	return values.length > 0 ? Math.max(...values) : undefined;
}

/** The numbers among `values`. */
export function known(values: readonly (number | undefined)[]): number[] {
	return values.filter(value => value !== undefined);
}
