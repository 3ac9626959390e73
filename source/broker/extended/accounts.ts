import type {Account, Store} from '../store/store.ts';

/** Names that may be bound to keys. */
export const maxBound = 10_000;

/** How long a guest's mail is kept after it left, or after the host was started anew. */
const guestMs = 600_000;

/** Guests who have left and whose mail is kept. */
const maxLeftGuests = 10_000;
/** The same for those from one network. */
const maxLeftGuestsOfOne = 1000;

/** An account, and what is known of it now. `Session` is whoever is connected under it. */
export type Member<Session> = {
	readonly account: Account;
	/** Everything up to here is stored at its client. */
	confirmed: number;
	/** Messages up to here are not shown to it; see `Account.since`. */
	since: number;
	/** The commit up to which it has got what it was told when it was last here. */
	leftAt: number;
	/** Logins in a row at which it was told what was confirmed since then, and did not show that this got there. */
	retold: number;
	session: Session | undefined;
	/** Where a guest came from last, as far as that is known. */
	network: string | undefined;
	/** When the guest behind it will be forgotten. */
	timer: NodeJS.Timeout | undefined;
};

/** Whose messages are kept: names that are bound to keys, and guests who are here or have just left. */
export class Accounts<Session> {
	readonly #store: Store;
	readonly #onChange: () => void;
	readonly #onLeave: (account: number) => void;
	readonly #onDrop: (account: number) => void;
	readonly #byId = new Map<number, Member<Session>>();
	readonly #byKey = new Map<string, Member<Session>>();
	#bound = 0;
	/** Guests whose mail is kept though they have left, the one that left first in front. */
	readonly #leftGuests = new Set<Member<Session>>();
	/** The same by the networks that they came from. */
	readonly #leftOf = new Map<string, Set<Member<Session>>>();

	/**
	 * @param onChange called whenever a name has got an account or lost it
	 * @param onLeave called when an account has no session any more
	 * @param onDrop called when an account is forgotten
	 */
	constructor(
		store: Store,
		onChange: () => void,
		onLeave: (account: number) => void,
		onDrop: (account: number) => void,
	) {
		this.#store = store;
		this.#onLeave = onLeave;
		this.#onDrop = onDrop;
		this.#onChange = onChange;
		for (const account of store.accounts) {
			const member = this.#add(account);
			// It may be on its way back to a host that was started anew.
			if (account.pub === undefined) this.#forgetLater(member);
		}
	}

	byId(id: number): Member<Session> | undefined {
		return this.#byId.get(id);
	}

	/** The account of a folded login. */
	byKey(key: string): Member<Session> | undefined {
		return this.#byKey.get(key);
	}

	isBound(key: string): boolean {
		return this.#byKey.get(key)?.account.pub !== undefined;
	}

	/** How many names can still be bound. */
	get freeNames(): number {
		return maxBound - this.#bound;
	}

	/** Binds a name to a key, or makes a guest's account; the one that a guest left behind goes on only as a guest's. */
	async open(
		login: string,
		key: string,
		pub: string | undefined,
		network?: string,
	): Promise<Member<Session>> {
		const old = this.#byKey.get(key);
		if (old !== undefined && pub === undefined) {
			this.#isBack(old);
			old.network = network;
			// Nobody knows whether it is the same person: what that one has read is not for this one.
			old.since = this.#store.newest;
			return old;
		}
		if (old !== undefined) await this.#drop(old);
		return this.#add(await this.#store.open(login, key, pub), network);
	}

	/** Its session has ended; what it was told since the commit `at` may not have got there. */
	leave(member: Member<Session>, at: number): void {
		member.session = undefined;
		member.leftAt = at;
		this.#onLeave(member.account.id);
		this.#store.leave(member.account.id, at);
		if (member.account.pub !== undefined) return;
		this.#onDrop(member.account.id);
		this.#forgetLater(member);
	}

	#forgetLater(member: Member<Session>): void {
		this.#isBack(member);
		const forget = () => void this.#drop(member).catch(() => {});
		member.timer = setTimeout(forget, guestMs).unref();
		this.#leftGuests.add(member);
		const ofNetwork = this.#leftOf.get(member.network ?? '') ?? new Set();
		if (member.network !== undefined) this.#leftOf.set(member.network, ofNetwork.add(member));
		// Whoever comes and goes under ever new names pushes out what it left behind first, and not what others did.
		const [oldest] = ofNetwork.size > maxLeftGuestsOfOne ? ofNetwork : this.#leftGuests;
		if (ofNetwork.size <= maxLeftGuestsOfOne && this.#leftGuests.size <= maxLeftGuests) return;
		if (oldest !== undefined) void this.#drop(oldest).catch(() => {});
	}

	/** It is no guest any more who has left. */
	#isBack(member: Member<Session>): void {
		clearTimeout(member.timer);
		this.#leftGuests.delete(member);
		const ofNetwork = this.#leftOf.get(member.network ?? '');
		ofNetwork?.delete(member);
		if (ofNetwork?.size === 0) this.#leftOf.delete(member.network ?? '');
	}

	/** Drops an account that was not used for long; false if somebody is there under its name. */
	free(id: number): boolean {
		const member = this.#byId.get(id);
		if (member?.session !== undefined) return false;
		if (member !== undefined) void this.#drop(member).catch(() => {});
		return true;
	}

	#add(account: Account, network?: string): Member<Session> {
		const member = {
			account,
			confirmed: account.confirmed,
			since: account.since,
			leftAt: account.leftAt,
			retold: 0,
			session: undefined,
			network,
			timer: undefined,
		};
		this.#byId.set(account.id, member);
		this.#byKey.set(account.key, member);
		if (account.pub !== undefined) this.#bound++;
		this.#onChange();
		return member;
	}

	async #drop(member: Member<Session>): Promise<void> {
		const {id, key, pub} = member.account;
		this.#isBack(member);
		this.#byId.delete(id);
		if (this.#byKey.get(key) === member) this.#byKey.delete(key);
		if (pub !== undefined) this.#bound--;
		this.#onChange();
		this.#onDrop(id);
		await this.#store.drop(id);
	}
}
