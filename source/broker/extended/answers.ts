import type {Session} from './session.ts';

/** What senders are told of their messages: for those that come one behind the other it is one write. */
export class Answers {
	#session: Session | undefined;
	#n = 0;
	#lines = '';

	/** From now on it is about messages of `session`; what was said of others is written before anything else is. */
	turnTo(session: Session | undefined): void {
		if (session === this.#session) return;
		this.flush();
		this.#session = session;
	}

	/** Has `lines` told of message `n`. */
	add(n: number, lines: string): void {
		// What was taken before has the number that it got then.
		this.#n = Math.max(this.#n, n);
		this.#lines += lines;
	}

	/** Writes what was gathered. */
	flush(): void {
		if (this.#lines !== '') this.#session?.acknowledge(this.#n, this.#lines);
		this.#session = undefined;
		this.#n = 0;
		this.#lines = '';
	}
}
