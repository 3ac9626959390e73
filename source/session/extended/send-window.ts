import type {ClientLine} from '../../protocol/extended/client-lines.ts';
import {joinLines} from '../../protocol/extended/lines-in-text.ts';
import type {KeyedPost} from './dialogue-types.ts';

/**
 * Messages that are on their way to a host at first, and at most. A connection that was cut may be cut again soon: one
 * more with each acknowledgement, so that even one that only ever takes a few gets everything there.
 */
const window = {least: 4, most: 256};

const defaultRetryMs = 2000;

/** Own messages on one connection that are not acknowledged, so many of which are on their way at once. */
export class SendWindow {
	readonly #say: (line: ClientLine) => void;
	readonly #retryMs: number;
	/** All, in their order. */
	readonly #posts = new Map<string, KeyedPost>();
	/** Those of them that were not sent on this connection, and how many were. */
	#unsent: KeyedPost[] = [];
	#onTheirWay = 0;
	#size = window.least;
	#isOpen = false;
	#isBlocked = false;
	#timer: NodeJS.Timeout | undefined;

	/** @param retryMs how long until what was refused for now is sent again, in ms */
	constructor(say: (line: ClientLine) => void, retryMs = defaultRetryMs) {
		this.#say = say;
		this.#retryMs = retryMs;
	}

	get posts(): readonly KeyedPost[] {
		return [...this.#posts.values()];
	}

	has(key: string): boolean {
		return this.#posts.has(key);
	}

	/** Sends a message, at once or when it is its turn. */
	add(post: KeyedPost): void {
		if (this.#posts.has(post.key)) return;
		this.#posts.set(post.key, post);
		this.#unsent.push(post);
		this.#sendMore();
	}

	/** We are in: messages may be sent. */
	open(): void {
		this.#isOpen = true;
		this.#sendMore();
	}

	/** One was refused for now, and with it all that is on its way: one try for all of them. */
	block(): void {
		this.#isBlocked = true;
		this.#timer ??= setTimeout(() => this.retry(), this.#retryMs);
	}

	/** Sends once more what was refused for now, and what had to wait behind it. */
	retry(): void {
		clearTimeout(this.#timer);
		this.#timer = undefined;
		this.#isBlocked = false;
		this.#onTheirWay = 0;
		this.#unsent = this.posts.slice();
		this.#sendMore();
	}

	/** A message needs nothing more: others may follow. */
	finish(key: string): void {
		if (!this.#posts.delete(key)) return;
		this.#onTheirWay--;
		this.#size = Math.min(this.#size + 1, window.most);
		this.#sendMore();
	}

	/** The connection is gone. */
	stop(): void {
		clearTimeout(this.#timer);
		this.#isOpen = false;
	}

	#sendMore(): void {
		if (!this.#isOpen || this.#isBlocked) return;
		const count = Math.min(this.#size - this.#onTheirWay, this.#unsent.length);
		for (const {key, to, text, isLong, isAction} of this.#unsent.splice(0, Math.max(count, 0))) {
			this.#onTheirWay++;
			const said = isLong ? joinLines(text) : text;
			this.#say({type: 'send', key, to, text: said, ml: isLong, act: isAction});
		}
	}
}
