/** Something that waits until a name is free. */
type Waiter<Owner> = {readonly owner: Owner; readonly onFree: () => void};

/** Who is here: each name, as its key, has one owner. */
export class Roster<Owner> {
	readonly #onChange: () => void;
	readonly #owners = new Map<string, Owner>();
	readonly #waiters = new Map<string, Waiter<Owner>[]>();

	/** @param onChange called whenever a name has got an owner or lost it, so that what was looked up before is forgotten */
	constructor(onChange: () => void) {
		this.#onChange = onChange;
	}

	get(key: string): Owner | undefined {
		return this.#owners.get(key);
	}

	owners(): IterableIterator<Owner> {
		return this.#owners.values();
	}

	/** Gives a name to its owner, if nobody has it. */
	claim(key: string, owner: Owner): boolean {
		if (this.#owners.has(key)) return false;
		this.#owners.set(key, owner);
		this.#onChange();
		return true;
	}

	/** Has the name claimed for `owner` the moment it is free, behind those who wait already; then `onFree` is called. */
	wait(key: string, owner: Owner, onFree: () => void): void {
		const line = this.#waiters.get(key);
		if (line === undefined) this.#waiters.set(key, [{owner, onFree}]);
		else line.push({owner, onFree});
	}

	/** Gives up waiting. */
	stopWaiting(key: string, owner: Owner): void {
		const line = this.#waiters.get(key)?.filter(waiter => waiter.owner !== owner) ?? [];
		if (line.length === 0) this.#waiters.delete(key);
		else this.#waiters.set(key, line);
	}

	/** Frees a name if it is still this owner's: an earlier owner that leaves late takes nothing from a later one. */
	release(key: string, owner: Owner): boolean {
		if (this.#owners.get(key) !== owner) return false;
		this.#owners.delete(key);
		this.#onChange();
		return true;
	}

	/** Lets the first who waits for a free name have it. */
	pass(key: string): void {
		const next = this.#waiters.get(key)?.[0];
		if (next === undefined || !this.claim(key, next.owner)) return;
		this.stopWaiting(key, next.owner);
		next.onFree();
	}
}
