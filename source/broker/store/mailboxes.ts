/** A message that waits for its recipient's confirmation. */
export type Waiting = {readonly n: number; readonly sender: number; readonly bytes: number};

/** Who sends without an account shares one part of each mailbox. */
const unbound = 0;

/** Bounds of a mailbox. */
const mailboxLimits = {messages: 1000, bytes: 4_194_304};
/** What one sender may take of it, and all without an account together. */
const partOfOne = 0.25;
const partOfUnbound = 0.5;

type Amount = {messages: number; bytes: number};
type Mailbox = {readonly waiting: Waiting[]; readonly all: Amount; readonly bySender: Map<number, Amount>};

/** What waits for each account. Bounded, so that nobody can fill what another one's messages need. */
export class Mailboxes {
	readonly #load: (account: number) => readonly Waiting[];
	readonly #boxes = new Map<number, Mailbox>();

	/** @param load what waits for an account, asked for once */
	constructor(load: (account: number) => readonly Waiting[]) {
		this.#load = load;
	}

	/** Whether there is room for one more message. Own ones need none. */
	hasRoom(account: number, sender: number, bytes: number): boolean {
		if (account === sender) return true;
		const {all, bySender} = this.#of(account);
		const part = sender === unbound ? partOfUnbound : partOfOne;
		return fits(all, bytes, 1) && fits(bySender.get(sender) ?? {messages: 0, bytes: 0}, bytes, part);
	}

	put(account: number, one: Waiting): void {
		if (account !== one.sender) add(this.#of(account), one);
	}

	/** Removes what was confirmed. */
	confirm(account: number, n: number): void {
		const box = this.#boxes.get(account);
		if (box === undefined) return;
		let count = 0;
		for (const one of box.waiting) {
			if (one.n > n) break;
			count++;
			change(box.all, one, -1);
			const amount = box.bySender.get(one.sender);
			if (amount !== undefined) change(amount, one, -1);
			if (amount?.messages === 0) box.bySender.delete(one.sender);
		}
		box.waiting.splice(0, count);
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
			box = {waiting: [], all: {messages: 0, bytes: 0}, bySender: new Map()};
			for (const one of this.#load(account)) add(box, one);
			this.#boxes.set(account, box);
		}
		return box;
	}
}

const add = ({waiting, all, bySender}: Mailbox, one: Waiting): void => {
	waiting.push(one);
	change(all, one, 1);
	const amount = bySender.get(one.sender) ?? {messages: 0, bytes: 0};
	change(amount, one, 1);
	bySender.set(one.sender, amount);
};

const change = (amount: Amount, {bytes}: Waiting, by: 1 | -1): void => {
	amount.messages += by;
	amount.bytes += by * bytes;
};

const fits = ({messages, bytes}: Amount, more: number, part: number): boolean =>
	messages + 1 <= mailboxLimits.messages * part && bytes + more <= mailboxLimits.bytes * part;
