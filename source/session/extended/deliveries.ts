import type {Post} from '../outbox.ts';
import type {Dialogue} from './dialogue.ts';
import type {DialogueEvent, KeyedPost} from './dialogue-types.ts';
import {partsOf} from './parts.ts';

/** What became of messages that a host has taken or refused. */
export type Outcome = {
	/** Who was named and is nobody there. */
	readonly absent: readonly string[];
	/** Why messages were refused for good, each reason once. */
	readonly refused: readonly string[];
};

/** Messages that wait to be acknowledged, above which no more should be posted. */
const mostWaiting = 256;

/** Messages on their way to a host, until each is acknowledged and it was told who has it. */
export class Deliveries {
	readonly #onDrain: () => void;
	readonly #onProgress: () => void;
	readonly #posts = new Map<string, KeyedPost>();
	/** Messages that are acknowledged, with of how many people it is still to be told. */
	readonly #untold = new Map<string, {readonly post: KeyedPost; left: number}>();
	readonly #absent = new Set<string>();
	readonly #refused = new Set<string>();
	/** Why nothing is taken now. */
	hindrance: string | undefined;

	constructor({onDrain, onProgress}: {readonly onDrain: () => void; readonly onProgress: () => void}) {
		this.#onDrain = onDrain;
		this.#onProgress = onProgress;
	}

	get canTakeMore(): boolean {
		return this.#posts.size < mostWaiting;
	}

	/** Messages that are not acknowledged. */
	get waiting(): number {
		return this.#posts.size;
	}

	get isDone(): boolean {
		return this.#posts.size === 0 && this.#untold.size === 0;
	}

	get outcome(): Outcome {
		return {absent: [...this.#absent], refused: [...this.#refused]};
	}

	/** Takes a line; what is too long for one message becomes several. */
	add(line: Post, dialogue: Dialogue | undefined): void {
		for (const post of partsOf(line)) {
			this.#posts.set(post.key, post);
			dialogue?.post(post);
		}
	}

	/** Goes on over another connection. */
	resume(dialogue: Dialogue): void {
		// Sent again, a message is not taken again, but it is told again who has it.
		const posts = [...[...this.#untold.values()].map(({post}) => post), ...this.#posts.values()];
		this.#untold.clear();
		this.#posts.clear();
		for (const post of posts) {
			this.#posts.set(post.key, post);
			dialogue.post(post);
		}
	}

	onEvent(event: DialogueEvent): void {
		switch (event.type) {
			case 'accepted': {
				const post = this.#posts.get(event.key);
				if (post === undefined) return;
				const left = event.ack.to.filter(name => !name.startsWith('#')).length;
				if (left > 0) this.#untold.set(event.key, {post, left});
				this.#finish(event.key);
				break;
			}
			case 'status':
				this.#tell(event);
				break;
			case 'refused':
				if (!event.isFinal) {
					this.hindrance = event.fail.text;
					return;
				}
				this.#refused.add(event.fail.text);
				this.#finish(event.key);
				break;
			default:
				return;
		}
		this.#onProgress();
	}

	#finish(key: string): void {
		this.hindrance = undefined;
		this.#posts.delete(key);
		if (this.canTakeMore) this.#onDrain();
	}

	#tell({key, status}: DialogueEvent & {type: 'status'}): void {
		if (status.state === 'absent') this.#absent.add(status.to);
		const untold = key === undefined ? undefined : this.#untold.get(key);
		if (key === undefined || untold === undefined) return;
		untold.left--;
		if (untold.left <= 0) this.#untold.delete(key);
	}
}
