import {MessageQueue} from './message-queue.ts';
import type {Message} from './spoken.ts';
import type {SessionStore} from './store/session-store.ts';
import {TakenMessages} from './taken-messages.ts';

/** What came and is held for loops; up to where they have taken it is kept, and then confirmed. */
export class ClientInbox extends MessageQueue<Message> {
	readonly #store: SessionStore;
	readonly #onStored: (seen: number) => void;
	readonly #taken: TakenMessages;
	/** Whose numbers these are. */
	srv: string | undefined;
	/** Messages that came. */
	count = 0;
	#storing: Promise<void> | undefined;
	/** The number that is kept, or about to be. */
	#stored: number | undefined;

	/**
	 * @param onEmpty the last one that was held was handed out
	 * @param onStored everything up to a number is taken, and that is kept
	 */
	constructor(
		store: SessionStore,
		{onEmpty, onStored}: {readonly onEmpty: () => void; readonly onStored: (seen: number) => void},
	) {
		super(onEmpty);
		const {cursor} = store.held;
		this.#store = store;
		this.#onStored = onStored;
		this.#taken = new TakenMessages(cursor?.seen ?? 0);
		this.srv = cursor?.srv;
	}

	/** @param n its number, if the host could keep it */
	add(message: Message, n: number | undefined): void {
		this.count++;
		const take = n === undefined ? () => {} : this.#taken.give(n);
		this.push(message, () => {
			take();
			void this.stored();
		});
	}

	/** Something came that nobody has to take. */
	pass(n: number): void {
		this.#taken.pass(n);
		void this.stored();
	}

	/** The numbers begin anew after this one. */
	restart(n: number): void {
		this.#taken.restart(n);
	}

	/** Settles when it is kept up to where everything was taken, or cannot be; what is taken meanwhile is kept at once. */
	stored(): Promise<void> {
		this.#storing ??= this.#storeTaken();
		return this.#storing;
	}

	async #storeTaken(): Promise<void> {
		await Promise.resolve();
		while (this.#stored !== this.#taken.seen && this.srv !== undefined) {
			const {seen} = this.#taken;
			this.#stored = seen;
			try {
				await this.#store.keep([], {srv: this.srv, seen}, []);
				this.#onStored(seen);
			} catch {
				// It is not confirmed then, and comes again.
			}
		}
		this.#storing = undefined;
	}
}
