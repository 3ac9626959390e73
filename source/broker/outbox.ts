import type {Socket} from 'node:net';
import {writeDelivery} from '../protocol/delivery-line.ts';
import {type Block, largestBlockBytes} from './block-pool.ts';
import type {OutboxTray} from './outbox-tray.ts';

/** Bytes that are handed to the kernel at once, so that a slow peer's progress shows. */
const sliceBytes = 65_536;

/** Bytes at which waiting for the end of the tick ends: one turn of the event loop may read 2 MiB for one peer. */
const eagerBytes = 65_536;

const nothing = Buffer.alloc(0);

/** The one writer of a socket: what is put in is written in that order, once a tick, and as fast as the peer reads. */
export class Outbox {
	/** Bytes that were put in and have not been taken by the kernel. */
	pendingBytes = 0;
	readonly #socket: Socket;
	readonly #tray: OutboxTray;
	readonly #onOverflow: () => void;
	/** What is put in goes to the end of `#filling`; full blocks wait in line for `#sending`, the one that is written. */
	#filling: Block | undefined;
	readonly #full: Block[] = [];
	#sending: Block | undefined;
	#sent = 0;
	/** Bytes in the block that was sent last. */
	#lastLength = 0;
	/** Whether the kernel has taken anything since the last look, and when that look was. */
	#hasProgress = true;
	#progressAt = 0;
	#isInTray = false;
	/** `full` takes no more lines, `finishing` has its last one. */
	#state: 'open' | 'full' | 'finishing' | 'closed' = 'open';

	constructor(socket: Socket, tray: OutboxTray, onOverflow: () => void) {
		this.#socket = socket;
		this.#tray = tray;
		this.#onOverflow = onOverflow;
	}

	/**
	 * Puts in a line, which is copied; nothing happens once it was told to stop.
	 *
	 * @returns the bytes that landed while it fills up, counted the more the nearer it comes to being cut; 0 while it does
	 * not fill up
	 */
	append(line: Uint8Array): number {
		if (this.#state !== 'open') return 0;
		for (let at = 0; at < line.length; at += largestBlockBytes)
			this.#put(line.length <= largestBlockBytes ? line : line.subarray(at, at + largestBlockBytes));
		return this.#strain(line.length);
	}

	/** The same for a text, with its LF: it is encoded straight to where it waits. */
	appendText(text: string): number {
		const mostBytes = 3 * text.length;
		if (mostBytes > largestBlockBytes) return this.append(Buffer.from(text));
		if (this.#state !== 'open') return 0;
		const block = this.#reserve(mostBytes);
		const length = block.bytes.write(text, block.length);
		this.#commit(block, length);
		return this.#strain(length);
	}

	/**
	 * Puts in the line of which `source` from `start` to `end` is the text, as `writeDelivery` writes it: what goes to one
	 * only is copied once.
	 *
	 * @returns the same as `append`
	 */
	appendDelivery(prefix: Buffer, source: Buffer, start: number, end: number): number {
		if (this.#state !== 'open') return 0;
		const length = prefix.length + end - start + 1;
		const block = this.#reserve(length);
		writeDelivery(block.bytes, block.length, prefix, source, start, end);
		this.#commit(block, length);
		return this.#strain(length);
	}

	#strain(length: number): number {
		const {restBytes, cutBytes, isOverfull} = this.#tray;
		if (this.pendingBytes <= restBytes) return 0;
		if (this.pendingBytes > cutBytes || isOverfull) this.#onOverflow();
		const filled = (this.pendingBytes - restBytes) / (cutBytes - restBytes);
		return length / Math.max(Number.EPSILON, 1 - filled);
	}

	#put(line: Uint8Array): void {
		const block = this.#reserve(line.length);
		block.bytes.set(line, block.length);
		this.#commit(block, line.length);
	}

	/** The block that is being filled, with room for `length` bytes. */
	#reserve(length: number): Block {
		const block = this.#filling;
		if (block === undefined || block.bytes.length - block.length < length) return this.#grow(length);
		return block;
	}

	/** Counts `length` bytes that were written behind what the block has, and sees to it that they are sent. */
	#commit(block: Block, length: number): void {
		block.length += length;
		this.pendingBytes += length;
		this.#tray.pendingBytes += length;
		if (this.#sending !== undefined) return;
		if (block.length >= eagerBytes) this.flush();
		else if (!this.#isInTray) {
			this.#isInTray = true;
			this.#tray.add(this);
		}
		this.#tray.count(length);
	}

	/** How long it is known, from looks like this one at times `now`, that something waits and none of it is taken. */
	stalledMs(now: number): number {
		if (this.#hasProgress || this.pendingBytes === 0) this.#progressAt = now;
		this.#hasProgress = false;
		return now - this.#progressAt;
	}

	/** Begins to write what was put in, unless a write is under way; that goes on by itself. */
	flush(): void {
		this.#isInTray = false;
		if (this.#sending !== undefined || this.#state === 'closed') return;
		this.#takeNext();
		this.#writeSlices();
	}

	/** Takes nothing more but a last line. */
	stopTaking(): void {
		if (this.#state === 'open') this.#state = 'full';
	}

	/** Puts in a last line, whatever waits before it, and ends the socket's writing side once all is written. */
	finish(lastLine?: Buffer): void {
		if (this.#state === 'finishing' || this.#state === 'closed') return;
		if (lastLine !== undefined) this.#put(lastLine);
		this.#state = 'finishing';
		this.flush();
	}

	/** Forgets what was not written; for when the socket is gone. */
	close(): void {
		this.#state = 'closed';
		this.#filling = undefined;
		this.#full.length = 0;
		this.#sending = undefined;
		this.#tray.pendingBytes -= this.pendingBytes;
		this.pendingBytes = 0;
	}

	/** A block that can take `length` more bytes than what is being filled, which it goes on with or leaves as it is. */
	#grow(length: number): Block {
		const {pool} = this.#tray;
		const old = this.#filling;
		const together = (old?.length ?? 0) + length;
		if (old !== undefined && together > largestBlockBytes) {
			// Only what waits for a slow peer is so much.
			this.#full.push(old);
			this.#filling = pool.take(largestBlockBytes);
			return this.#filling;
		}
		// What came in the last tick is what will come in this one, more often than not.
		const block = pool.take(Math.max(together, this.#lastLength));
		if (old !== undefined) {
			old.bytes.copy(block.bytes, 0, 0, old.length);
			block.length = old.length;
			pool.give(old);
		}
		this.#filling = block;
		return block;
	}

	/** Writes slice after slice as long as the kernel takes each at once. */
	#writeSlices(): void {
		const socket = this.#socket;
		for (let block = this.#sending; block !== undefined; block = this.#sending) {
			const end = Math.min(block.length, this.#sent + sliceBytes);
			socket.write(block.bytes.subarray(this.#sent, end));
			// A callback with each write would cost a tick for each, and nearly all are taken before `write` returns. What
			// waits is followed by a write of nothing, whose callback tells when it is taken.
			if (socket.writableLength > 0) {
				socket.write(nothing, this.#onWritten);
				return;
			}
			this.#taken(block, end);
		}
	}

	#taken(block: Block, end: number): void {
		this.pendingBytes -= end - this.#sent;
		this.#tray.pendingBytes -= end - this.#sent;
		this.#hasProgress = true;
		this.#sent = end;
		if (end < block.length) return;
		this.#tray.pool.give(block);
		this.#takeNext();
	}

	/** Goes on with what was put in meanwhile, or ends if nothing more comes. */
	#takeNext(): void {
		const next = this.#full.shift();
		this.#sending = next ?? this.#filling;
		if (next === undefined) this.#filling = undefined;
		this.#lastLength = this.#sending?.length ?? this.#lastLength;
		this.#sent = 0;
		if (this.#sending === undefined && this.#state === 'finishing') this.#socket.end();
	}

	/** The kernel has the slice. A failed write needs nothing here: the socket closes by itself. */
	readonly #onWritten = (error?: Error | null): void => {
		const block = this.#sending;
		if (error || block === undefined) return;
		this.#taken(block, Math.min(block.length, this.#sent + sliceBytes));
		this.#writeSlices();
	};
}
