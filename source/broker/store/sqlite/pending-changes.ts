import type {Change} from './exchange.ts';

/** Somebody who has to know whether a change was written. */
type Waiter = {readonly resolve: () => void; readonly reject: (error: unknown) => void};

/** What goes into one commit. */
export type Gathered = {readonly changes: Change[]; readonly waiters: readonly Waiter[]};

/** Changes that wait for the next commit: of each kind the last one counts, so they are bounded however long it takes. */
export class PendingChanges {
	readonly #changes = new Map<string, Change>();
	#waiters: Waiter[] = [];
	/** Those that somebody is told of. */
	readonly #awaited = new WeakSet<Change>();

	get isEmpty(): boolean {
		return this.#changes.size === 0 && this.#waiters.length === 0;
	}

	add(change: Change): void {
		this.#changes.set(slotOf(change), change);
	}

	/** Adds one for which somebody waits: settles when it is written, or something newer in its place. */
	addAwaited(change: Change & {readonly type: 'member'}): Promise<void> {
		this.add(change);
		this.#awaited.add(change);
		return new Promise((resolve, reject) => this.#waiters.push({resolve, reject}));
	}

	/** Takes all of them out. */
	take(): Gathered {
		const gathered = {changes: [...this.#changes.values()], waiters: this.#waiters};
		this.#changes.clear();
		this.#waiters = [];
		return gathered;
	}

	/**
	 * Brings back what could not be written, unless something newer has taken its place. Nobody knows whether it was, so what
	 * somebody is told of as failed is undone.
	 */
	putBack({changes, waiters}: Gathered, error: unknown): void {
		for (const change of changes) {
			if (this.#changes.has(slotOf(change))) continue;
			const isUndone = change.type === 'member' && this.#awaited.has(change);
			this.add(isUndone ? {...change, isMember: !change.isMember} : change);
		}
		for (const {reject} of waiters) reject(error);
	}

	/** An account is forgotten. */
	drop(account: number): void {
		for (const [slot, change] of this.#changes) if (change.account === account) this.#changes.delete(slot);
	}
}

const slotOf = (change: Change): string =>
	`${change.type} ${change.account}${change.type === 'member' ? ` ${change.room}` : ''}`;
