import {loginKey} from '../../protocol/login.ts';
import type {Message} from '../store/store.ts';
import type {Hall} from './hall.ts';
import type {MemberOf} from './session.ts';

/** A message that was told, by its number. */
type Told = Pick<Message, 'n' | 'id' | 'sender'>;

/** Messages that wait for their confirmation; of more the oldest are forgotten. */
const most = 10_000;

/** Messages that are looked at together when a client tells what it had stored. */
const atOnce = 500;

/** What a session was told and its client has not stored yet, and whose senders want to know when it has. */
export class Confirmations {
	readonly #hall: Hall;
	readonly #member: MemberOf;
	readonly #login: string;
	readonly #waiting: Told[] = [];

	/** @param login as it was written this time */
	constructor(hall: Hall, member: MemberOf, login: string) {
		this.#login = login;
		this.#hall = hall;
		this.#member = member;
	}

	/** Waits for the confirmation of a message, if it is one from somebody else to this person. */
	expect({n, id, sender, to}: Message): void {
		// What came from plain peers is of no account.
		if (sender === 0 || sender === this.#member.account.id || !this.#isNamedIn(to)) return;
		this.#waiting.push({n, id, sender});
		// Of a client that never confirms anything nothing is told.
		if (this.#waiting.length > most) this.#waiting.splice(0, most / 2);
	}

	/** Its client has everything up to `n`. */
	confirm(n: number): void {
		const member = this.#member;
		if (n <= member.confirmed) return;
		member.confirmed = n;
		this.#hall.store.confirm(member.account.id, n);
		let count = 0;
		for (let one = this.#waiting[0]; one !== undefined && one.n <= n; one = this.#waiting[count]) count++;
		this.#tellSenders(this.#waiting.splice(0, count));
	}

	/** Its client had stored everything up to `n` before it came, of which it could not tell any more. */
	async confirmEarlier(n: number): Promise<void> {
		const {account, confirmed} = this.#member;
		for (let after = confirmed; after < n; ) {
			const {messages, hasMore} = await this.#hall.store.replay(account.id, [], after, atOnce);
			for (const message of messages) if (message.n <= n) this.expect(message);
			after = hasMore ? (messages.at(-1)?.n ?? n) : n;
		}
		this.confirm(n);
	}

	#isNamedIn(to: readonly string[]): boolean {
		const {key} = this.#member.account;
		return to.includes(this.#login) || to.some(name => loginKey(name) === key);
	}

	/** Tells the senders of messages that they were delivered; what is for one of them goes in one write. */
	#tellSenders(messages: readonly Told[]): void {
		const {accounts, lines} = this.#hall;
		for (let at = 0; at < messages.length; ) {
			const sender = messages[at]?.sender ?? 0;
			let told = '';
			for (let one = messages[at]; one?.sender === sender; one = messages[++at])
				told += lines.status(one.id, this.#login, 'delivered');
			accounts.byId(sender)?.session?.tell(told);
		}
	}
}
