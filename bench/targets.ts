/** What a server has to reach. `of` is another server of the same run; without it there, nothing is judged. */
export type Target =
	| {readonly atLeast: number; readonly of: string}
	| {readonly atMost: number; readonly of: string; readonly isCpu?: boolean}
	| {readonly below: number}
	| {readonly reaches: number}
	| {readonly within: readonly [number, number]}
	/** There has to be a figure at all. */
	| {readonly exists: true};

/** A target that was looked at; `ratio` is the one to `of`. */
export type Verdict = {
	readonly text: string;
	readonly ratio: number | undefined;
	readonly isReached: boolean | undefined;
};

/** What is known of a server when it is judged. */
export type Known = {
	readonly value: number | undefined;
	/** The ratio of its figure, or of its CPU time per message, to another server's; undefined without that. */
	ratioTo(server: string, isCpu: boolean): number | undefined;
};

/** How a server stands to a target; undefined if the server that it is a ratio to was not measured. */
export function judge(target: Target, {value, ratioTo}: Known): Verdict | undefined {
	if ('exists' in target) return {text: 'is', ratio: undefined, isReached: value !== undefined};
	if ('below' in target)
		return {text: `< ${target.below}`, ratio: undefined, isReached: isBelow(value, target)};
	if ('reaches' in target) {
		const isReached = value === undefined ? undefined : value >= target.reaches;
		return {text: `≥ ${target.reaches}`, ratio: undefined, isReached};
	}
	if ('within' in target) {
		const [low, high] = target.within;
		const isReached = value === undefined ? undefined : value >= low && value <= high;
		return {text: `${low}–${high}`, ratio: undefined, isReached};
	}
	const isCpu = 'atMost' in target && target.isCpu === true;
	const ratio = ratioTo(target.of, isCpu);
	if (ratio === undefined) return undefined;
	if ('atLeast' in target)
		return {text: `≥ ${target.atLeast} × ${target.of}`, ratio, isReached: ratio >= target.atLeast};
	const limit = Number(target.atMost.toFixed(2));
	const text = `${isCpu ? 'CPU ' : ''}≤ ${limit} × ${target.of}`;
	return {text, ratio, isReached: ratio <= target.atMost};
}

function isBelow(value: number | undefined, {below}: {readonly below: number}): boolean | undefined {
	return value === undefined ? undefined : value < below;
}
