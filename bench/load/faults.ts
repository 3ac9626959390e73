/** What went wrong on the way, in messages (`cut` and `unfreed` in connections and names, `failed` in runs). All zero is a pass. */
export type Faults = {
	lost: number;
	doubled: number;
	/** Came after a later one of the same sender. */
	late: number;
	/** Bytes that no client sent, or not to this one. */
	foreign: number;
	/** Connections that the server ended. */
	cut: number;
	/** Logins that could not be used again after their owner had left. */
	unfreed: number;
	/** Runs that came to no end. */
	failed: number;
	/** The first few, in words. */
	examples: string[];
};

const mostExamples = 5;

export function noFaults(): Faults {
	return {lost: 0, doubled: 0, late: 0, foreign: 0, cut: 0, unfreed: 0, failed: 0, examples: []};
}

export function addExample(faults: Faults, example: string): void {
	if (faults.examples.length < mostExamples) faults.examples.push(example);
}

/** One sentence about what went wrong; undefined if nothing did. */
export function describeFaults(faults: Faults): string | undefined {
	const counts = Object.entries(faults).filter(([, count]) => typeof count === 'number' && count > 0);
	if (counts.length === 0) return undefined;
	return [counts.map(([kind, count]) => `${count} ${kind}`).join(', '), ...faults.examples].join('; ');
}
