import {BlockPool} from './block-pool.ts';
import type {Outbox} from './outbox.ts';

/**
 * Bytes that all outboxes together take before they are flushed within a tick. A thousand peers that write at once would
 * otherwise fill more memory than the pool keeps and the processor's cache holds. With many receivers of little each it
 * is more, as a write costs as much as some kilobytes in it.
 */
const trayBytes = {least: 2_097_152, each: 14_000, most: 16_777_216};

/**
 * When a flush waits for more: so many outboxes hold less than `each` bytes on average, while somebody is sending much. A
 * write costs as much as those bytes, so it is worth to read on first; what comes of one sender within a tick is only what
 * the kernel kept for it, 100 KiB as often as 2 MiB. `ticks` bounds what the receivers wait for.
 */
const fewBytes = {outboxes: 64, each: 4096, ticks: 4};

/** What all outboxes of a broker share. */
export class OutboxTray {
	readonly pool = new BlockPool();
	readonly restBytes: number;
	readonly cutBytes: number;
	/** Bytes that were put into outboxes and have not been taken by the kernel. */
	pendingBytes = 0;
	readonly #totalBytes: number;
	/** Those that wait for a flush, and how many bytes were put into outboxes since the last one. */
	#filled: Outbox[] = [];
	#filledBytes = 0;
	#flushed: Outbox[] = [];
	/** For how many ticks that flush has waited. */
	#waitedTicks = 0;
	/** How many ticks in which something was put in are over. */
	ticks = 0;
	readonly #isMoreComing: () => boolean;

	/**
	 * @param restBytes bytes above which an outbox counts as filling up
	 * @param cutBytes bytes above which it calls its `onOverflow`
	 * @param totalBytes bytes in all outboxes together above which every one that fills up does so
	 * @param isMoreComing whether somebody has sent much in this tick
	 */
	constructor(restBytes: number, cutBytes: number, totalBytes: number, isMoreComing: () => boolean) {
		this.#isMoreComing = isMoreComing;
		this.restBytes = restBytes;
		this.cutBytes = cutBytes;
		this.#totalBytes = totalBytes;
	}

	/** Has an outbox flushed when the reads of this tick are done, so that what comes together goes in one write. */
	add(outbox: Outbox): void {
		if (this.#filled.length === 0) setImmediate(this.#onTick);
		this.#filled.push(outbox);
	}

	/** Whether more waits in all outboxes together than is meant to. */
	get isOverfull(): boolean {
		return this.pendingBytes > this.#totalBytes;
	}

	/** Why an outbox had to be given up. */
	describeOverflow({pendingBytes}: Outbox): string {
		return pendingBytes > this.cutBytes
			? `more than ${this.cutBytes} bytes waited for it`
			: `${pendingBytes} bytes waited for it, and ${this.pendingBytes} for all together`;
	}

	/** How many outboxes wait for a flush. */
	get size(): number {
		return this.#filled.length;
	}

	/** Counts what was put into an outbox. */
	count(bytes: number): void {
		this.#filledBytes += bytes;
		if (this.#filledBytes <= trayBytes.least) return;
		if (this.#filledBytes > Math.min(trayBytes.each * this.#filled.length, trayBytes.most)) this.#flush();
	}

	readonly #onTick = (): void => {
		this.ticks++;
		const {outboxes, each, ticks} = fewBytes;
		const count = this.#filled.length;
		const isFew = count >= outboxes && this.#filledBytes < each * count;
		if (isFew && this.#waitedTicks < ticks && this.#isMoreComing()) {
			this.#waitedTicks++;
			setImmediate(this.#onTick);
			return;
		}
		this.#flush();
	};

	readonly #flush = (): void => {
		this.#waitedTicks = 0;
		this.#filledBytes = 0;
		const filled = this.#filled;
		this.#filled = this.#flushed;
		for (const outbox of filled) outbox.flush();
		filled.length = 0;
		this.#flushed = filled;
	};
}
