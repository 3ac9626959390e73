import {detached} from '../detached.ts';

/** Ids that are remembered; the oldest are forgotten. */
const most = 10_000;

/** The ids of the last messages, where nothing else tells whether one is new. */
export class RecentIds {
	readonly #ids = new Set<string>();

	has(id: string): boolean {
		return this.#ids.has(id);
	}

	/** Forgets an id; false if it was not known. */
	delete(id: string): boolean {
		return this.#ids.delete(id);
	}

	/** Remembers an id; false if it was known. */
	add(id: string): boolean {
		if (this.#ids.has(id)) return false;
		this.#ids.add(detached(id));
		const [oldest] = this.#ids;
		if (this.#ids.size > most && oldest !== undefined) this.#ids.delete(oldest);
		return true;
	}
}
