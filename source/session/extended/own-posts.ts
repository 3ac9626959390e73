import {guestIdentity, messageId} from '../../protocol/extended/message-id.ts';
import {loginKey} from '../../protocol/login.ts';
import type {Post} from '../outbox.ts';

/** Own messages whose recipients are still to be told of. */
const rememberedPosts = 5000;

/** Own messages, from when they are handed to a host until it was told who has them. */
export class OwnPosts {
	readonly #identity: string;
	/** Those that are not acknowledged, in their order, by their keys. */
	readonly #pending = new Map<string, Post>();
	/** The ids of these: what the host has, and could not tell, comes back. */
	readonly #pendingIds = new Set<string>();
	/** Those that were, by their ids. */
	readonly #accepted = new Map<string, Post>();
	/** Those that may have been taken, longer ago than a host knows. */
	#stale: readonly Post[] = [];

	/** @param pub the key that the login may be bound to */
	constructor(login: string, pub: string | undefined) {
		this.#identity = pub ?? guestIdentity(loginKey(login));
	}

	/** Those that are not acknowledged, in their order. */
	get pending(): readonly Post[] {
		return [...this.#pending.values()];
	}

	/** Those that are not sent again by themselves. */
	get stale(): readonly Post[] {
		return this.#stale;
	}

	/** How many have no answer. */
	get count(): number {
		return this.#pending.size + this.#stale.length;
	}

	add(post: Post): void {
		this.#pending.set(post.key, post);
		this.#pendingIds.add(this.#idOf(post));
	}

	/** One that is not acknowledged. */
	get(key: string): Post | undefined {
		return this.#pending.get(key);
	}

	/** Whether a message with this id is one of those that are not acknowledged. */
	hasId(id: string): boolean {
		return this.#pendingIds.has(id);
	}

	/** It is sent no more. */
	forget(post: Post): void {
		this.#pending.delete(post.key);
		this.#pendingIds.delete(this.#idOf(post));
	}

	/** A host has taken it, under this id. */
	accept(post: Post, id: string): void {
		this.forget(post);
		this.#accepted.set(id, post);
		const [oldest] = this.#accepted.keys();
		if (this.#accepted.size > rememberedPosts && oldest !== undefined) this.#accepted.delete(oldest);
	}

	/** One that a host has taken, by its id. */
	accepted(id: string): Post | undefined {
		return this.#accepted.get(id);
	}

	/** Puts one aside that is not to be sent by itself. */
	putAside(post: Post): void {
		this.forget(post);
		this.#stale = [...this.#stale, post];
	}

	/** Puts all aside that are too old for a host; see `isTooOld`. */
	putOldAside(keysMs: number, now: number): void {
		for (const post of this.#pending.values()) if (isTooOld(post, keysMs, now)) this.putAside(post);
	}

	/** Takes one out that was put aside, by the id of a message: the host has told that it has it. */
	takeStaleBy(id: string): Post | undefined {
		const found = this.#stale.find(post => this.#idOf(post) === id);
		if (found !== undefined) this.#stale = this.#stale.filter(post => post !== found);
		return found;
	}

	/** What was put aside counts as not acknowledged again, in front of the others. */
	bringBack(): void {
		const all = [...this.#stale, ...this.#pending.values()];
		this.#stale = [];
		this.#pending.clear();
		for (const post of all) this.add(post);
	}

	/** Takes out what was put aside. */
	takeStale(): readonly Post[] {
		const stale = this.#stale;
		this.#stale = [];
		return stale;
	}

	#idOf({key}: Post): string {
		return messageId(this.#identity, key);
	}
}

/**
 * Whether a host that knows keys for so many ms may have forgotten a message that it has taken: then it would take it
 * twice. A clock that was set counts in either direction, as nobody knows how much time has passed.
 *
 * @param now in ms since 1970
 */
export const isTooOld = ({at}: Pick<Post, 'at'>, keysMs: number, now: number): boolean =>
	Math.abs(now - at) > keysMs;
