import {randomUUID} from 'node:crypto';
import {formatPost} from '../protocol/plain.ts';

/**
 * What becomes of one's own line: `waiting` here; on a plain server `written` to the socket, or `unsure` (written, then
 * the connection broke, so nobody knows whether the server read it); else `accepted` or `refused`, or `stale`: it may have been accepted, longer ago
 * than the host knows, and is sent again only if the person says so.
 */
export type PostState = 'waiting' | 'written' | 'unsure' | 'accepted' | 'refused' | 'stale';

/** A line of one's own on its way. */
export type Post = {
	readonly id: number;
	/** By which a host knows it, however often it is sent. */
	readonly key: string;
	readonly to: readonly string[];
	readonly text: string;
	/** Before when it was certainly sent to nobody, in ms since 1970. */
	readonly at: number;
} & PostForm;

/** What a line of one's own is beside its text. */
export type PostForm = {
	/** Whether the text may have several lines; on a plain server each of them is a line of its own. */
	readonly isLong?: boolean | undefined;
	/** Whether it tells what somebody does, as `/me` has it. */
	readonly isAction?: boolean | undefined;
};

/** Bounds of what waits while there is no connection: posts, and bytes of their lines. */
export const outboxLimits = {posts: 1000, bytes: 1024 * 1024} as const;

type Written = {readonly id: number; readonly at: number};

/**
 * The lines that wait to be written, in order, and those that were written a moment ago. A line leaves it for good when
 * it was handed to a socket: on a plain server it is never sent twice.
 */
export class Outbox {
	readonly #waiting: {readonly post: Post; readonly line: string; readonly bytes: number}[] = [];
	readonly #unconfirmedMs: number;
	#written: Written[] = [];
	#bytes = 0;
	#lastId = 0;
	/** Lines that an earlier session left behind: they may have been sent. */
	readonly #restored = new Set<number>();

	/**
	 * @param unconfirmedMs a line written longer ago than this, on a connection that held since, counts as read: the
	 * keep-alive of both sides would have found a dead connection by then
	 */
	constructor(unconfirmedMs = 45_000) {
		this.#unconfirmedMs = unconfirmedMs;
	}

	/** Takes a line; undefined if that many wait already, and then the caller keeps it. */
	add(
		to: readonly string[],
		text: string,
		{key = randomUUID(), ...form}: PostForm & {readonly key?: string | undefined} = {},
	): Post | undefined {
		const line = plainLines({to, text, ...form});
		const bytes = Buffer.byteLength(line);
		if (this.#waiting.length >= outboxLimits.posts || this.#bytes + bytes > outboxLimits.bytes)
			return undefined;
		this.#lastId++;
		const post = {id: this.#lastId, key, to, text, at: Date.now(), ...form};
		this.#waiting.push({post, line, bytes});
		this.#bytes += bytes;
		return post;
	}

	/** Gives the newest line that waits back to the caller: it will not be written. */
	takeBack(): Post | undefined {
		const newest = this.#waiting.at(-1);
		// What an earlier session left behind may be known to the host, under this name.
		if (newest === undefined || this.#restored.has(newest.post.id)) return undefined;
		this.#waiting.pop();
		this.#bytes -= newest.bytes;
		return newest.post;
	}

	/** Puts lines that an earlier session left behind in front of all that wait. */
	restore(posts: readonly Omit<Post, 'id'>[]): readonly Post[] {
		const restored = posts.map(post => ({...post, id: ++this.#lastId}));
		const entries = restored.map(post => {
			const line = plainLines(post);
			return {post, line, bytes: Buffer.byteLength(line)};
		});
		for (const {id} of restored) this.#restored.add(id);
		this.#waiting.unshift(...entries);
		this.#bytes += entries.reduce((sum, {bytes}) => sum + bytes, 0);
		return restored;
	}

	/** All that wait, in order. */
	get waiting(): readonly Post[] {
		return this.#waiting.map(({post}) => post);
	}

	/** Takes the oldest waiting line, for a host that will acknowledge it, and says whether an earlier session left it behind. */
	shift(): {readonly post: Post; readonly isLeft: boolean} | undefined {
		const entry = this.#waiting.shift();
		if (!entry) return undefined;
		this.#bytes -= entry.bytes;
		const {post} = entry;
		// What was said here was sent to nobody so far, however long it has waited.
		if (!this.#restored.delete(post.id)) return {post: {...post, at: Date.now()}, isLeft: false};
		return {post, isLeft: true};
	}

	/** Takes the oldest waiting lines, at least one and else at most `maxBytes`, to be written in one piece. */
	take(
		maxBytes: number,
		now: number,
	): {readonly ids: readonly number[]; readonly keys: readonly string[]; readonly lines: string} | undefined {
		const ids: number[] = [];
		const keys: string[] = [];
		let lines = '';
		let bytes = 0;
		for (const entry of this.#waiting) {
			if (ids.length > 0 && bytes + entry.bytes > maxBytes) break;
			ids.push(entry.post.id);
			keys.push(entry.post.key);
			lines += entry.line;
			bytes += entry.bytes;
		}
		if (ids.length === 0) return undefined;
		this.#waiting.splice(0, ids.length);
		this.#bytes -= bytes;
		this.#written = this.#written.filter(written => now - written.at < this.#unconfirmedMs);
		for (const id of ids) this.#written.push({id, at: now});
		return {ids, keys, lines};
	}

	/** The connection broke: gives the lines of which nobody knows whether the server read them. */
	breakOff(now: number): readonly number[] {
		const unsure = this.#written.filter(written => now - written.at < this.#unconfirmedMs).map(({id}) => id);
		this.#written = [];
		return unsure;
	}
}

/** The lines in which a plain server gets it, each with its LF. */
function plainLines({to, text, isLong, isAction}: Omit<Post, 'id' | 'key' | 'at'>): string {
	const said = isAction ? `* ${text}` : text;
	return (isLong ? said.split('\n') : [said]).map(part => `${formatPost(to, part)}\n`).join('');
}
