import {randomBytes} from 'node:crypto';
import {guestIdentity} from '../../protocol/extended/message-id.ts';
import {bodyOf} from './body.ts';
import {knownKeysMs} from './known-keys.ts';
import {isStillFor, Mailboxes} from './mailboxes.ts';
import {bytesOf, MemoryLog, type Row} from './memory-log.ts';
import {findWords} from './memory-search.ts';
import {merge, Numbers} from './numbers.ts';
import {Slices} from './slices.ts';
import type {Account, Entry, Message, Outcome, Page, PageQuery, Room, Store} from './store.ts';

/** Bytes of messages that are kept, roughly. */
const maxBytes = 16_777_216;

/** What one page of a search holds, and what somebody who comes back is told of at most. */
const mostHits = 50;
const mostConfirmed = 5000;

type Mutable<T> = {-readonly [K in keyof T]: T[K]};

/** Makes a store that lasts as long as the host does. */
export const makeMemoryStore = (): Store => new MemoryStore();

class MemoryStore implements Store {
	readonly kind = 'memory';
	readonly srv = randomBytes(9).toString('base64url');
	commits = 0;
	readonly #log = new MemoryLog(maxBytes, row => this.#forget(row));
	readonly #accounts = new Map<number, Mutable<Account>>();
	readonly #rooms = new Map<number, Mutable<Room> & {members: number[]}>();
	/** The numbers of what an account got or sent, and of what was said in a room. */
	readonly #byAccount = new Map<number, Numbers>();
	readonly #byRoom = new Map<number, Numbers>();
	/** What was sent under a key, by its id. */
	readonly #byKey = new Map<string, Row>();
	readonly #mailboxes = new Mailboxes(
		account => this.#waitingFor(account),
		account => this.#accounts.get(account)?.pub !== undefined,
	);
	/** When the newest message was taken that gave way, in ms since 1970; 0 if none did. */
	#removedTs = 0;
	readonly #slices = new Slices();
	#lastAccount = 0;
	#lastRoom = 0;

	get newest(): number {
		return this.#log.newest;
	}

	get oldest(): number {
		return this.#log.oldest;
	}

	get keysMs(): number {
		return knownKeysMs(Number.POSITIVE_INFINITY, this.#removedTs, Date.now());
	}

	get accounts(): readonly Account[] {
		return [...this.#accounts.values()];
	}

	get rooms(): readonly Room[] {
		return [...this.#rooms.values()];
	}

	/** Nothing of it fails, and names are free when the host ends. */
	listen(): void {}

	async take(entries: readonly Entry[]): Promise<readonly Outcome[]> {
		this.commits++;
		return entries.map(entry => this.#take(entry));
	}

	#take(entry: Entry): Outcome {
		const hasKey = entry.key !== undefined;
		const known = hasKey ? this.#byKey.get(entry.id) : undefined;
		if (known !== undefined) {
			if (bodyOf(known) !== bodyOf(entry)) return {ok: false, code: 'KEY_REUSED'};
			const {n, id, ts, to, handed} = known;
			return {ok: true, n, id, ts, known: {to, handed}};
		}
		if (entry.isForbidden) return {ok: false, code: 'FORBIDDEN'};
		const bytes = bytesOf(entry);
		const {id, sender, from, to, isLong, isAction, text, away, rooms, conversation, handed} = entry;
		let {recipients} = entry;
		if (away.length > 0) {
			const full = away.filter(account => !this.#mailboxes.hasRoom(account, sender, bytes));
			if (full[0] !== undefined) {
				recipients = recipients.filter(account => !full.includes(account));
				if (!isStillFor(entry, recipients)) return {ok: false, code: 'MAILBOX_FULL', recipient: full[0]};
			}
		}
		const n = this.#log.newest + 1;
		const ts = Date.now();
		for (const account of recipients) {
			this.#numbersOf(this.#byAccount, account).add(n);
			this.#mailboxes.put(account, {n, sender, bytes});
		}
		// Once, also of what somebody says to itself.
		if (sender !== 0) this.#numbersOf(this.#byAccount, sender).add(n);
		for (const room of rooms) this.#numbersOf(this.#byRoom, room).add(n);
		// biome-ignore format: one literal, of which V8 makes one object
		const row = {n, id, ts, sender, from, to, isLong, isAction, text, recipients, rooms, conversation, handed, hasKey, bytes};
		if (hasKey) this.#byKey.set(id, row);
		this.#log.add(row);
		return {ok: true, n, id, ts, known: undefined};
	}

	async open(login: string, key: string, pub: string | undefined): Promise<Account> {
		const id = ++this.#lastAccount;
		const {newest: since} = this;
		const account = {
			id,
			login,
			key,
			pub,
			identity: pub ?? guestIdentity(key),
			since,
			confirmed: since,
			confirmedAt: this.commits,
			leftAt: this.commits,
		};
		this.#accounts.set(id, account);
		return account;
	}

	async drop(account: number): Promise<void> {
		this.#accounts.delete(account);
		this.#byAccount.delete(account);
		this.#mailboxes.drop(account);
		for (const {members} of this.#rooms.values()) remove(members, account);
	}

	confirm(id: number, n: number): void {
		const account = this.#accounts.get(id);
		if (account === undefined || n <= account.confirmed) return;
		account.confirmed = n;
		account.confirmedAt = ++this.commits;
		this.#mailboxes.confirm(id, n);
	}

	leave(id: number, at: number): void {
		const account = this.#accounts.get(id);
		if (account !== undefined) account.leftAt = at;
	}

	async makeRoom(name: string, key: string, instead?: number): Promise<number> {
		if (instead !== undefined) {
			this.#rooms.delete(instead);
			this.#byRoom.delete(instead);
		}
		const id = ++this.#lastRoom;
		this.#rooms.set(id, {id, name, key, members: []});
		return id;
	}

	async setMember(room: number, account: number, isMember: boolean): Promise<void> {
		const members = this.#rooms.get(room)?.members;
		if (members === undefined) return;
		remove(members, account);
		if (isMember) members.push(account);
	}

	async replay(account: number, rooms: readonly number[], after: number, limit: number): Promise<Page> {
		const own = this.#numbersOf(this.#byAccount, account);
		const ofRooms = rooms.map(room => this.#numbersOf(this.#byRoom, room));
		return this.#pageOf(merge([own, ...ofRooms].map(numbers => numbers.above(after))), limit);
	}

	async page({account, since, where, before, after, limit}: PageQuery): Promise<Page> {
		const isRoom = 'room' in where;
		const numbers = isRoom
			? this.#numbersOf(this.#byRoom, where.room)
			: this.#numbersOf(this.#byAccount, account);
		const isWanted = isRoom
			? () => true
			: ({n, conversation}: Row) => n > since && conversation === where.conversation;
		if (after !== undefined) return this.#pageOf(numbers.above(after), limit, isWanted);
		const page = this.#pageOf(numbers.below(before ?? Number.POSITIVE_INFINITY), limit, isWanted);
		return {...page, messages: page.messages.toReversed()};
	}

	async search(
		account: number,
		since: number,
		rooms: readonly number[],
		words: string,
		isAwaited = () => true,
	): Promise<Page> {
		const mine = new Set(rooms);
		const isMine = (row: Row) =>
			(isOf(row, account) && row.n > since) || row.rooms.some(room => mine.has(room));
		const rows = this.#rowsDown(this.newest, this.oldest);
		const search = findWords(rows, words, mostHits, isMine);
		return (await this.#slices.run(account, search, isAwaited)) ?? {messages: [], hasMore: false};
	}

	async confirmedMeanwhile(id: number): Promise<readonly {readonly id: string; readonly by: number}[]> {
		const me = this.#accounts.get(id);
		if (me === undefined) return [];
		const found: {id: string; by: number}[] = [];
		for (const n of this.#numbersOf(this.#byAccount, id).below(Number.POSITIVE_INFINITY)) {
			const row = this.#log.get(n);
			if (row === undefined || found.length >= mostConfirmed) break;
			if (row.sender !== id) continue;
			for (const by of row.recipients) {
				const other = this.#accounts.get(by);
				if (other && by !== id && other.confirmed >= n && other.confirmedAt > me.leftAt)
					found.push({id: row.id, by});
			}
		}
		return found.toReversed();
	}

	async close(): Promise<void> {}

	#forget({n, ts, id, hasKey, sender, recipients, rooms}: Row): void {
		this.#removedTs = Math.max(this.#removedTs, ts);
		if (hasKey) this.#byKey.delete(id);
		this.#byAccount.get(sender)?.forgetBelow(this.oldest);
		for (const account of recipients) {
			this.#byAccount.get(account)?.forgetBelow(this.oldest);
			this.#mailboxes.confirm(account, n);
		}
		for (const room of rooms) this.#byRoom.get(room)?.forgetBelow(this.oldest);
	}

	#numbersOf(map: Map<number, Numbers>, id: number): Numbers {
		const known = map.get(id);
		if (known !== undefined) return known;
		const numbers = new Numbers();
		map.set(id, numbers);
		return numbers;
	}

	#waitingFor(account: number): Row[] {
		const waiting: Row[] = [];
		const {confirmed} = this.#accounts.get(account) ?? {confirmed: this.newest};
		for (const n of this.#numbersOf(this.#byAccount, account).above(confirmed)) {
			const row = this.#log.get(n);
			if (row !== undefined && row.sender !== account && row.recipients.includes(account)) waiting.push(row);
		}
		return waiting;
	}

	*#rowsDown(from: number, to: number): Generator<Row | undefined, void, void> {
		for (let n = from; n >= to; n--) yield this.#log.get(n);
	}

	#pageOf(numbers: Iterable<number>, limit: number, isWanted: (row: Row) => boolean = () => true): Page {
		const messages: Message[] = [];
		for (const n of numbers) {
			const row = this.#log.get(n);
			if (row === undefined || !isWanted(row)) continue;
			if (messages.length === limit) return {messages, hasMore: true};
			messages.push(row);
		}
		return {messages, hasMore: false};
	}
}

/** Whether an account sent or got a message itself, not in a room. */
const isOf = ({sender, recipients}: Row, account: number): boolean =>
	sender === account || recipients.includes(account);

const remove = (all: number[], one: number): void => {
	const at = all.indexOf(one);
	if (at !== -1) all.splice(at, 1);
};
