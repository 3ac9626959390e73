import type {Change} from './exchange.ts';

/** Changes that wait for the next commit: of each kind the last one counts, so they are bounded however long it takes. */
export class PendingChanges {
	readonly #changes = new Map<string, Change>();

	get isEmpty(): boolean {
		return this.#changes.size === 0;
	}

	add(change: Change): void {
		this.#changes.set(slotOf(change), change);
	}

	/** Takes all of them out. */
	take(): Change[] {
		const changes = [...this.#changes.values()];
		this.#changes.clear();
		return changes;
	}

	/** Brings back what could not be written, unless something newer has taken its place. */
	putBack(changes: readonly Change[]): void {
		for (const change of changes) if (!this.#changes.has(slotOf(change))) this.add(change);
	}

	/** An account is forgotten. */
	drop(account: number): void {
		for (const [slot, change] of this.#changes) if (change.account === account) this.#changes.delete(slot);
	}
}

const slotOf = (change: Change): string =>
	`${change.type} ${change.account}${change.type === 'member' ? ` ${change.room}` : ''}`;
