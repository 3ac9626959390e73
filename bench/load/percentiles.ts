/** Times in ms. */
export type Percentiles = {
	readonly count: number;
	readonly p50: number;
	readonly p99: number;
	readonly p999: number;
	readonly highest: number;
};

export function percentiles(times: Iterable<number>): Percentiles {
	const values = Float64Array.from(times).sort();
	const at = (share: number) => values[Math.min(values.length - 1, Math.floor(values.length * share))] ?? 0;
	return {count: values.length, p50: at(0.5), p99: at(0.99), p999: at(0.999), highest: at(1)};
}
