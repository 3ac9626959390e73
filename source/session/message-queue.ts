import type {SessionError} from './session-error.ts';

type Held<Message> = {readonly message: Message; readonly onTaken: () => void};

type Ended = {readonly error: SessionError | undefined};

/** What is held for loops that take it; each of them gets another one. */
export class MessageQueue<Message> {
	readonly #held: Held<Message>[] = [];
	readonly #onEmpty: () => void;
	/** Resolves when there is a message or the end; each time it does, another one takes its place. */
	#news = Promise.withResolvers<void>();
	#end: Ended | undefined;
	#loops = 0;
	#inHand = 0;

	/** @param onEmpty the last one was handed out */
	constructor(onEmpty: () => void) {
		this.#onEmpty = onEmpty;
	}

	get length(): number {
		return this.#held.length;
	}

	/** How it ended; undefined before. */
	get ended(): Ended | undefined {
		return this.#end;
	}

	/** @param onTaken called when a loop is done with it: it asks for the next one, or is left */
	push(message: Message, onTaken: () => void): void {
		this.#held.push({message, onTaken});
		this.#wake();
	}

	/** Nothing more comes: loops end once they have what is held, or throw this. */
	end(error: SessionError | undefined): void {
		this.#end ??= {error};
		this.#wake();
	}

	/** Resolves when no loop is on the way through what is held; at the latest with `promise`. */
	async drained(promise: Promise<unknown>): Promise<void> {
		let isOver = false;
		const over = promise.then(() => {
			isOver = true;
		});
		while (!isOver && this.#loops > 0 && this.#held.length + this.#inHand > 0)
			await Promise.race([over, this.#news.promise]);
	}

	/** Resolves at the end. */
	async untilEnd(): Promise<Ended> {
		while (!this.#end) await this.#news.promise;
		return this.#end;
	}

	async *[Symbol.asyncIterator](): AsyncGenerator<Message, void, void> {
		this.#loops++;
		try {
			for (;;) {
				const next = this.#held.shift();
				if (next) yield* this.#handOut(next);
				else if (this.#end?.error) throw this.#end.error;
				else if (this.#end) return;
				else await this.#news.promise;
			}
		} finally {
			this.#loops--;
			this.#wake();
		}
	}

	*#handOut({message, onTaken}: Held<Message>): Generator<Message, void, void> {
		this.#inHand++;
		if (this.#held.length === 0) this.#onEmpty();
		try {
			yield message;
		} finally {
			this.#inHand--;
			onTaken();
			this.#wake();
		}
	}

	#wake(): void {
		this.#news.resolve();
		this.#news = Promise.withResolvers();
	}
}
