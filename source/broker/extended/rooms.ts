import type {Store} from '../store/store.ts';

/** Rooms a host has, and rooms that one account may be in. */
const limits = {rooms: 1000, ofOne: 50};

type OpenRoom = {
	readonly id: number;
	readonly name: string;
	readonly key: string;
	readonly members: Set<number>;
	/** Those of them who are here: a message to a thousand who are away costs no more than one to nobody. */
	readonly here: Set<number>;
};

/** Which rooms there are, and who is in them; kept over sessions. */
export class Rooms {
	readonly #store: Store;
	readonly #byKey = new Map<string, OpenRoom>();
	readonly #byId = new Map<number, OpenRoom>();
	readonly #making = new Map<string, Promise<OpenRoom>>();
	/** Who is about to be in a room, by account: that is being written. */
	readonly #entering = new Map<number, Set<{room: OpenRoom | undefined}>>();
	readonly #ofAccount = new Map<number, Set<OpenRoom>>();
	/** Accounts that have a session. */
	readonly #here = new Set<number>();

	constructor(store: Store) {
		this.#store = store;
		for (const {id, name, key, members} of store.rooms) {
			const room = this.#add({id, name, key, members: new Set(), here: new Set()});
			for (const account of members) this.#enter(room, account);
		}
	}

	get all(): Iterable<OpenRoom> {
		return this.#byKey.values();
	}

	byKey(key: string): OpenRoom | undefined {
		return this.#byKey.get(key);
	}

	byId(id: number): OpenRoom | undefined {
		return this.#byId.get(id);
	}

	/** Ids of the rooms that an account is in. */
	idsOf(account: number): number[] {
		return Array.from(this.#ofAccount.get(account) ?? [], ({id}) => id);
	}

	/**
	 * Enters a room, which is made if there is none; undefined if that would be one too many. Settles when that is kept, and
	 * only then it is so: whoever is told that it is a member stays one, whatever becomes of the host.
	 */
	async join(name: string, key: string, account: number): Promise<OpenRoom | undefined> {
		const mine = this.#ofAccount.get(account)?.size ?? 0;
		const room = this.#byKey.get(key);
		if (room?.members.has(account)) return room;
		if (mine + (this.#entering.get(account)?.size ?? 0) >= limits.ofOne) return undefined;
		if (room === undefined) {
			const isFull = this.#byKey.size + this.#making.size >= limits.rooms && !this.#making.has(key);
			// One that nobody is in any more gives way.
			const empty = isFull ? [...this.#byKey.values()].find(one => this.#isEmpty(one)) : undefined;
			if (isFull && empty === undefined) return undefined;
			if (empty !== undefined) this.#remove(empty);
			return this.#enterKept(account, () => this.#make(name, key, empty?.id));
		}
		return this.#enterKept(account, room);
	}

	async #enterKept(
		account: number,
		where: OpenRoom | (() => Promise<OpenRoom>),
	): Promise<OpenRoom | undefined> {
		const mine = this.#entering.get(account) ?? new Set();
		const entering = {room: typeof where === 'function' ? undefined : where};
		this.#entering.set(account, mine.add(entering));
		try {
			const room = typeof where === 'function' ? await where() : where;
			entering.room = room;
			// A guest that has left meanwhile is in no room.
			if (!mine.has(entering)) return undefined;
			await this.#store.setMember(room.id, account, true);
			if (mine.has(entering)) this.#enter(room, account);
			return room;
		} finally {
			mine.delete(entering);
			if (mine.size === 0) this.#entering.delete(account);
		}
	}

	/** Whether nobody is in a room, or about to be. */
	#isEmpty(room: OpenRoom): boolean {
		const isAwaited = [...this.#entering.values()].some(all => [...all].some(one => one.room === room));
		return room.members.size === 0 && !isAwaited;
	}

	/** Two who enter at once make one room. */
	#make(name: string, key: string, instead: number | undefined): Promise<OpenRoom> {
		const making =
			this.#making.get(key) ??
			this.#store
				.makeRoom(name, key, instead)
				.then(id => this.#add({id, name, key, members: new Set(), here: new Set()}))
				.finally(() => this.#making.delete(key));
		this.#making.set(key, making);
		return making;
	}

	/** Settles when it is kept that an account is not in a room any more; until then it is. */
	async leave(room: OpenRoom, account: number): Promise<void> {
		await this.#store.setMember(room.id, account, false);
		room.members.delete(account);
		room.here.delete(account);
		this.#ofAccount.get(account)?.delete(room);
	}

	/** An account has a session from now on. */
	arrive(account: number): void {
		this.#here.add(account);
		for (const {here} of this.#ofAccount.get(account) ?? []) here.add(account);
	}

	/** It has none any more. */
	depart(account: number): void {
		this.#here.delete(account);
		for (const {here} of this.#ofAccount.get(account) ?? []) here.delete(account);
	}

	/** An account is forgotten. */
	drop(account: number): void {
		for (const {members, here} of this.#ofAccount.get(account) ?? []) {
			members.delete(account);
			here.delete(account);
		}
		this.#ofAccount.delete(account);
		this.#entering.get(account)?.clear();
	}

	#add(room: OpenRoom): OpenRoom {
		this.#byKey.set(room.key, room);
		this.#byId.set(room.id, room);
		return room;
	}

	#remove({id, key}: OpenRoom): void {
		this.#byKey.delete(key);
		this.#byId.delete(id);
	}

	#enter(room: OpenRoom, account: number): void {
		room.members.add(account);
		if (this.#here.has(account)) room.here.add(account);
		const mine = this.#ofAccount.get(account) ?? new Set();
		mine.add(room);
		this.#ofAccount.set(account, mine);
	}
}

export type {OpenRoom};
