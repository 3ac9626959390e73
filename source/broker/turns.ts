import type {OutboxTray} from './outbox-tray.ts';

/**
 * What one sender may send in a tick without being asked how many others do so too, in bytes of lines: reading that pays
 * for itself.
 */
export const smallTurnBytes = 65_536;

/**
 * What is taken from all others in a tick. Together with what a line counts beside its own bytes, this is about a
 * millisecond's work. Node reads twice as much from one socket before it looks at the next.
 */
const tickBytes = 1_048_576;

/** What more is taken for each outbox that waits for its flush, as one write costs as much as so many bytes of lines. */
const writeBytes = 4096;

/** Shares a tick of the event loop among all who send much: the more they are, the sooner each lets others go on. */
export class Turns {
	/** Counts the ticks in which somebody sent much. */
	tick = 0;
	readonly #tray: () => Pick<OutboxTray, 'size' | 'ticks'>;
	/** Who sent much in this tick and in the one before. */
	#senders = 0;
	#lastSenders = 0;

	/** @param tray where what is sent waits for its flush */
	constructor(tray: () => Pick<OutboxTray, 'size' | 'ticks'>) {
		this.#tray = tray;
	}

	/** Changes with each tick in which something was delivered. */
	get ticks(): number {
		return this.#tray().ticks;
	}

	/** Counts a sender who has sent more than a small turn in this tick. */
	join(): void {
		if (this.#senders === 0) setImmediate(this.#onTick);
		this.#senders++;
	}

	/** Whether somebody has sent much in this tick. */
	get isBusy(): boolean {
		return this.#senders > 0;
	}

	/** Bytes of lines that are taken from each of those senders within this tick. */
	get share(): number {
		const senders = Math.max(this.#senders, this.#lastSenders);
		return Math.max(smallTurnBytes, (tickBytes + writeBytes * this.#tray().size) / senders);
	}

	readonly #onTick = (): void => {
		this.tick++;
		this.#lastSenders = this.#senders;
		this.#senders = 0;
	};
}
