/** A message that was told, by its number. */
export type Told = {readonly n: number; readonly id: string; readonly sender: number};

/** More than so many are not waited for: the oldest are forgotten. */
const most = 10_000;

/** What a session was told and has not confirmed yet, and whose senders want to know when it does. */
export class Unconfirmed {
	readonly #all: Told[] = [];

	add(one: Told): void {
		this.#all.push(one);
		// Of a client that never confirms anything nothing is told.
		if (this.#all.length > most) this.#all.splice(0, most / 2);
	}

	/** Removes those up to `n`, and gives them back in their order. */
	take(n: number): readonly Told[] {
		let count = 0;
		for (let one = this.#all[0]; one !== undefined && one.n <= n; one = this.#all[count]) count++;
		return this.#all.splice(0, count);
	}
}
