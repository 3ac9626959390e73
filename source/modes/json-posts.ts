import type {Post} from '../session/outbox.ts';

/** Own messages that are on their way, above which no more are read from standard input; and bytes of their texts. */
const mostPosts = 256;
const mostBytes = 1_048_576;

/** Messages that were written to a plain host and may turn out to be unsure. */
const rememberedPosts = 1000;

/** Own messages on their way to a host. */
export class JsonPosts {
	readonly #waiting = new Map<number, Post>();
	readonly #written = new Map<number, Post>();
	#bytes = 0;

	get count(): number {
		return this.#waiting.size;
	}

	get isFull(): boolean {
		return this.#waiting.size >= mostPosts || this.#bytes >= mostBytes;
	}

	/** One that waits under this key. */
	byKey(key: string): Post | undefined {
		for (const post of this.#waiting.values()) if (post.key === key) return post;
		return undefined;
	}

	add(post: Post): void {
		this.#waiting.set(post.id, post);
		this.#bytes += Buffer.byteLength(post.text);
	}

	/** It waits no longer. */
	finish(id: number): Post | undefined {
		const post = this.#waiting.get(id);
		if (post === undefined) return undefined;
		this.#waiting.delete(id);
		this.#bytes -= Buffer.byteLength(post.text);
		return post;
	}

	/** It was written to a plain host, which confirms nothing. */
	write(id: number): Post | undefined {
		const post = this.finish(id);
		if (post === undefined) return undefined;
		this.#written.set(id, post);
		const [oldest] = this.#written.keys();
		if (this.#written.size > rememberedPosts && oldest !== undefined) this.#written.delete(oldest);
		return post;
	}

	/** One that was written, or was about to be. */
	written(id: number): Post | undefined {
		return this.#written.get(id) ?? this.finish(id);
	}
}
