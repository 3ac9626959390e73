import type {Traced} from './client-trace.ts';
import type {HeldRow, KeptMessage} from './kept.ts';
import type {Read} from './plain-people.ts';
import type {Spoken} from './spoken.ts';

/** What one client says that happened, and what its file says. */
export type ClientBooks = {
	readonly login: string;
	readonly trace: readonly Traced[];
	readonly held: readonly HeldRow[];
	/** Own lines that it has still to send. */
	readonly waiting: readonly string[];
};

/** What three plain people said and read. */
export type PeopleBooks = {
	readonly names: readonly string[];
	readonly said: readonly Spoken[];
	readonly read: readonly Read[];
	/** The life that ended in good order, so that all of it has to have arrived. */
	readonly lastLife: number;
};

/** Everybody's traces, and what the host's file says. */
export type Books = {
	readonly kept: readonly KeptMessage[];
	readonly clients: readonly ClientBooks[];
	readonly people: PeopleBooks;
};

const mostExamples = 5;

/** What was wrong. */
export class Verdict {
	/** Lines of clients that were acknowledged. */
	acked = 0;
	/** Lines that a host refused for good. */
	refused = 0;
	readonly counts = {lost: 0, doubled: 0, disordered: 0, foreign: 0};
	readonly examples: string[] = [];

	add(kind: keyof Verdict['counts'], what: string): void {
		this.counts[kind]++;
		if (this.examples.length < mostExamples) this.examples.push(`${kind}: ${what}`);
	}

	/** Notes whatever is not above the one before it. */
	checkOrder(numbers: readonly number[], whose: string): void {
		for (const [at, number] of numbers.entries()) {
			const before = numbers[at - 1];
			if (before !== undefined && number < before)
				this.add('disordered', `${whose}: ${number} came behind ${before}`);
		}
	}

	/** Notes whatever is there more than once. */
	checkOnce(ids: readonly (string | number)[], whose: string): void {
		const seen = new Set<string | number>();
		for (const id of ids) {
			if (seen.has(id)) this.add('doubled', `${whose}: ${id}`);
			seen.add(id);
		}
	}
}
