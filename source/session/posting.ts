import type {Connection} from './connection.ts';
import type {Exchange} from './extended/exchange.ts';
import {partsOf} from './extended/parts.ts';
import {Outbox, type Post, type PostForm, type PostState} from './outbox.ts';
import {makePassingStore, type SessionStore} from './store/session-store.ts';

/** Bytes written in one piece; small, so that a break leaves few lines unsure. */
const pieceBytes = 16 * 1024;

export type PostingOptions = {
	/** These are kept: they are not lost if the program ends, however that happens. */
	readonly onKept: (ids: readonly number[]) => void;
	/** What became of lines at a plain host. */
	readonly onState: (ids: readonly number[], state: Extract<PostState, 'written' | 'unsure'>) => void;
	/** Something that a person should know. */
	readonly onNotice: (text: string) => void;
};

/** Own lines, from when they are said until they are handed to a host. */
export class Posting {
	readonly #options: PostingOptions;
	readonly #outbox = new Outbox();
	#store: SessionStore = makePassingStore();
	#isWriting = false;

	constructor(options: PostingOptions) {
		this.#options = options;
	}

	/** How many wait. */
	get count(): number {
		return this.#outbox.waiting.length;
	}

	/** Keeps lines in a store from now on. Returns those that an earlier session left behind in it; they go first. */
	open(store: SessionStore): readonly Post[] {
		const {waiting} = this.#outbox;
		const restored = this.#outbox.restore(store.held.outbox);
		this.#store = store;
		if (waiting.length > 0) this.#keep(waiting);
		return restored;
	}

	/** Takes a line; undefined when no more can wait. */
	add(
		to: readonly string[],
		text: string,
		form?: PostForm & {readonly key?: string | undefined},
	): Post | undefined {
		const post = this.#outbox.add(to, text, form);
		if (post) this.#keep([post]);
		return post;
	}

	/** Gives the newest line back that was never written: it is the caller's again. */
	takeBack(): Post | undefined {
		const post = this.#outbox.takeBack();
		if (post) this.#tend(this.#store.remove([post.key]));
		return post;
	}

	/** Hands everything that waits to a host that acknowledges it. */
	post(exchange: Exchange | undefined): void {
		for (let next = this.#outbox.shift(); next; next = this.#outbox.shift()) {
			const {post, isLeft} = next;
			const parts = partsOf(post);
			if (parts.length > 1) this.#tend(this.#store.add(parts, [post.key]));
			for (const part of parts) exchange?.post(part, isLeft);
		}
	}

	/** Writes to a plain host, one piece at a time: what was not handed to the socket when it breaks was certainly never written. */
	write(connection: Connection): void {
		if (!this.#isWriting) this.#writePiece(connection, pieceBytes, () => this.write(connection));
	}

	/** Writes all that is left. */
	writeRest(connection: Connection): void {
		this.#writePiece(connection, Number.POSITIVE_INFINITY, () => {});
	}

	/** The connection is gone. Returns the lines of which nobody knows whether a plain host has read them. */
	breakOff(): readonly number[] {
		this.#isWriting = false;
		return this.#outbox.breakOff(performance.now());
	}

	#writePiece(connection: Connection, maxBytes: number, goOn: () => void): void {
		const piece = this.#outbox.take(maxBytes, performance.now());
		if (!piece) return;
		this.#isWriting = true;
		connection.write(piece.lines, error => {
			// Part of it may have arrived also if it broke: it is not sent again.
			this.#tend(this.#store.remove(piece.keys));
			if (error) return;
			this.#isWriting = false;
			this.#options.onState(piece.ids, 'written');
			goOn();
		});
	}

	#keep(posts: readonly Post[]): void {
		this.#tend(this.#store.add(posts).then(() => this.#options.onKept(posts.map(({id}) => id))));
	}

	/** What goes wrong with keeping is told, and keeps nobody from talking. */
	#tend(work: Promise<unknown>): void {
		work.catch((error: Error) => this.#options.onNotice(`this cannot be kept here: ${error.message}`));
	}
}
