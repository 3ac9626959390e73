import type {Entry} from './store.ts';

/** A message that waits for its recipient's confirmation. */
export type Waiting = {readonly n: number; readonly sender: number; readonly bytes: number};

/** Whoever sends without a name that is bound to a key shares one part of each mailbox with all others of these. */
const unbound = 0;

/** What waits, with whether it takes of the part that all unbound ones share, beside that of its sender. */
type Counted = Waiting & {readonly isUnbound: boolean};

/** Bounds of a mailbox. */
const mailboxLimits = {messages: 1000, bytes: 4_194_304};
/** What one sender may take of it, and all without an account together. */
const partOfOne = 0.25;
const partOfUnbound = 0.5;

type Amount = {messages: number; bytes: number};
type Mailbox = {
	readonly waiting: Counted[];
	/** Where in `waiting` the first one is that is not confirmed. */
	first: number;
	readonly all: Amount;
	readonly byPayer: Map<number, Amount>;
};

/**
 * What waits for each account. Bounded, so that nobody can fill what another one's messages need. Counted from when
 * somebody asks whether there is room until all of it is confirmed: for those who are here nobody asks.
 */
export class Mailboxes {
	readonly #load: (account: number) => readonly Waiting[];
	readonly #isBound: (account: number) => boolean;
	readonly #boxes = new Map<number, Mailbox>();

	/**
	 * @param load what waits for an account, in order
	 * @param isBound whether the name of an account is bound to a key
	 */
	constructor(load: (account: number) => readonly Waiting[], isBound: (account: number) => boolean) {
		this.#load = load;
		this.#isBound = isBound;
	}

	/** Whether there is room for one more message. Own ones need none. */
	hasRoom(account: number, sender: number, bytes: number): boolean {
		if (account === sender) return true;
		const {all, byPayer} = this.#of(account);
		if (!fits(all, bytes, 1)) return false;
		if (this.#isUnbound(sender) && !fits(byPayer.get(unbound) ?? nothing, bytes, partOfUnbound)) return false;
		return sender === unbound || fits(byPayer.get(sender) ?? nothing, bytes, partOfOne);
	}

	/** Counts a message, unless that is left to `load`. */
	put(account: number, one: Waiting): void {
		const box = this.#boxes.get(account);
		if (box !== undefined && account !== one.sender) this.#add(box, one);
	}

	/** Removes what was confirmed, or is not kept any more. */
	confirm(account: number, n: number): void {
		const box = this.#boxes.get(account);
		if (box === undefined) return;
		const {waiting, first} = box;
		for (let one = waiting[first]; one !== undefined && one.n <= n; one = waiting[++box.first])
			change(box, one, -1);
		if (box.first === first) return;
		if (box.first === waiting.length) this.#boxes.delete(account);
		// Removing each one would move all others.
		else if (2 * box.first >= waiting.length) box.first -= waiting.splice(0, box.first).length;
	}

	/** Forgets what was loaded, which may not be what is kept. */
	clear(): void {
		this.#boxes.clear();
	}

	drop(account: number): void {
		this.#boxes.delete(account);
	}

	#of(account: number): Mailbox {
		let box = this.#boxes.get(account);
		if (box === undefined) {
			box = {waiting: [], first: 0, all: {messages: 0, bytes: 0}, byPayer: new Map()};
			for (const one of this.#load(account)) this.#add(box, one);
			this.#boxes.set(account, box);
		}
		return box;
	}

	#add(box: Mailbox, {n, sender, bytes}: Waiting): void {
		// Held as it is counted now: a name may become free before its messages are confirmed.
		const one = {n, sender, bytes, isUnbound: this.#isUnbound(sender)};
		box.waiting.push(one);
		change(box, one, 1);
	}

	#isUnbound(sender: number): boolean {
		return sender === unbound || !this.#isBound(sender);
	}
}

const nothing: Readonly<Amount> = {messages: 0, bytes: 0};

/** Counts a message in, or out: in all, for its sender, and for all unbound ones if that is one. */
const change = ({all, byPayer}: Mailbox, {sender, bytes, isUnbound}: Counted, by: 1 | -1): void => {
	all.messages += by;
	all.bytes += by * bytes;
	if (sender !== unbound) changePart(byPayer, sender, bytes, by);
	if (isUnbound) changePart(byPayer, unbound, bytes, by);
};

const changePart = (byPayer: Map<number, Amount>, payer: number, bytes: number, by: 1 | -1): void => {
	const amount = byPayer.get(payer);
	if (amount === undefined) byPayer.set(payer, {messages: by, bytes: by * bytes});
	// Whoever has nothing there any more is forgotten with it, not kept for all who ever wrote.
	else if (by < 0 && amount.messages === 1) byPayer.delete(payer);
	else {
		amount.messages += by;
		amount.bytes += by * bytes;
	}
};

const fits = ({messages, bytes}: Readonly<Amount>, more: number, part: number): boolean =>
	messages + 1 <= mailboxLimits.messages * part && bytes + more <= mailboxLimits.bytes * part;

/** Whether a message is taken though some of its mailboxes are full: for the others, if there are any. */
export const isStillFor = ({isPartial, handed, rooms}: Entry, recipients: readonly number[]): boolean =>
	isPartial && recipients.length + handed.length + rooms.length > 0;
