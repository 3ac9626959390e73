import {createHash, randomBytes} from 'node:crypto';
import {setImmediate as endOfTick} from 'node:timers/promises';
import {messageId} from '../../protocol/extended/message-id.ts';
import {loginKey} from '../../protocol/login.ts';
import type {Entry, Message, Outcome} from '../store/store.ts';
import type {Addressee} from './addressees.ts';
import type {Hall} from './hall.ts';
import {plainCopy} from './plain-copy.ts';
import type {MemberOf, Session} from './session.ts';

/** What is to be sent, with whom it is for. */
export type Draft = {
	readonly from: string;
	/** The account of the sender; undefined for a plain peer. */
	readonly sender: MemberOf | undefined;
	/** The session that it came from, which gets the answer. */
	readonly session: Session | undefined;
	readonly key: string | undefined;
	readonly addressees: readonly Addressee[];
	readonly conversation: string | undefined;
	readonly isLong: boolean;
	readonly isAction: boolean;
	readonly text: string;
	/** Called when it was delivered or refused; with bytes that landed in an outbox which fills up. */
	readonly onDone: (landedBytes: number) => void;
};

export type State = 'sent' | 'queued' | 'delivered' | 'absent';

/** Characters of texts that wait to be kept, above which nobody is read who sends more. */
const crowdedLength = 33_554_432;

/** Messages that are committed together at most. */
const batchSize = 512;

/**
 * Takes messages one after the other: first they are kept, all that has gathered meanwhile at once, then they are
 * delivered. So everybody gets them in the order of their numbers, and nobody before they are safe.
 */
export class Mail {
	readonly #hall: Hall;
	readonly #queue: Draft[] = [];
	#isRunning = false;
	#posted = 0;
	#waitingLength = 0;
	#done = 0;
	/** Who waits for messages up to one. */
	#waiting: {readonly at: number; readonly resolve: () => void}[] = [];
	/** The number of the last one that was delivered. */
	delivered: number;

	constructor(hall: Hall) {
		this.#hall = hall;
		this.delivered = hall.store.newest;
	}

	/** Whether more waits to be kept than memory is for. */
	get isCrowded(): boolean {
		return this.#waitingLength > crowdedLength;
	}

	/** Takes a message; those of one sender in the order in which they are posted. */
	post(draft: Draft): void {
		this.#queue.push(draft);
		this.#posted++;
		this.#waitingLength += draft.text.length;
		if (this.#isRunning) return;
		this.#isRunning = true;
		void this.#takeAll();
	}

	/** Settles when all that was posted before is delivered. */
	settled(): Promise<void> {
		if (!this.#isRunning) return Promise.resolve();
		const at = this.#posted;
		return new Promise(resolve => this.#waiting.push({at, resolve}));
	}

	async #takeAll(): Promise<void> {
		// What is read in the same tick goes together.
		await endOfTick();
		while (this.#queue.length > 0) {
			const batch = this.#queue.splice(0, batchSize);
			this.#waitingLength -= batch.reduce((sum, {text}) => sum + text.length, 0);
			const drafts = batch.filter(draft => !draft.session?.refuses(draft));
			const kept = drafts.map(isKept);
			const entries = drafts.filter((_, at) => kept[at]).map(toEntry);
			const outcomes = entries.length === 0 ? [] : await this.#take(entries);
			let at = 0;
			drafts.forEach((draft, number) => {
				if (!kept[number]) {
					draft.onDone(this.#handToPlain(draft, draft));
					return;
				}
				const [entry, outcome] = [entries[at] as Entry, outcomes[at] as Outcome];
				at++;
				this.#settle(draft, entry, outcome);
			});
			this.#done += batch.length;
			const [over, waiting] = [this.#waiting.filter(({at: end}) => end <= this.#done), this.#waiting];
			this.#waiting = waiting.filter(({at: end}) => end > this.#done);
			for (const {resolve} of over) resolve();
		}
		// Not a tick later: what is posted from now on begins anew.
		this.#isRunning = false;
	}

	async #take(entries: readonly Entry[]): Promise<readonly Outcome[]> {
		try {
			return await this.#hall.store.take(entries);
		} catch {
			return entries.map(() => ({ok: false, code: 'UNAVAILABLE'}));
		}
	}

	#settle(draft: Draft, entry: Entry, outcome: Outcome): void {
		if (!outcome.ok) {
			this.#refuse(draft, outcome);
			// What cannot be kept still goes on between plain peers.
			const isHanded = draft.session === undefined && outcome.code === 'UNAVAILABLE';
			draft.onDone(isHanded ? this.#handToPlain(draft, draft) : 0);
			return;
		}
		const {n, id, ts, known} = outcome;
		if (known === undefined) this.delivered = n;
		const message = {...entry, n, id, ts};
		let landed = 0;
		if (known === undefined)
			landed = Math.max(this.#handToPlain(draft, message), this.#handToSessions(draft, message));
		const ack = {key: draft.key, id, n, ts, to: known?.to ?? entry.to};
		draft.session?.acknowledge(ack, known !== undefined);
		for (const {name, state} of this.#statesOf(draft, n, known)) draft.session?.tellStatus(id, name, state);
		draft.onDone(landed);
	}

	/** What becomes of the message for each person, in the order in which they were named. */
	#statesOf(
		{addressees, sender}: Draft,
		n: number,
		known: {readonly handed: readonly string[]} | undefined,
	): {readonly name: string; readonly state: State}[] {
		const stateOf = (addressee: Addressee): State => {
			const {kind, name} = addressee;
			// Whoever writes to itself has it.
			if (kind === 'account' && addressee.member === sender) return 'delivered';
			if (kind === 'account') return addressee.member.confirmed >= n ? 'delivered' : 'queued';
			if (known !== undefined) return known.handed.includes(name) ? 'sent' : 'absent';
			return kind === 'plain' && this.#hall.plainPeer(addressee.key) !== undefined ? 'sent' : 'absent';
		};
		return addressees
			.filter(({kind}) => kind !== 'room')
			.map(addressee => ({name: addressee.name, state: stateOf(addressee)}));
	}

	#handToPlain({addressees}: Draft, message: Omit<Message, 'n' | 'ts' | 'to' | 'id' | 'sender'>): number {
		const keys = addressees.flatMap(addressee => (addressee.kind === 'plain' ? [addressee.key] : []));
		if (keys.length === 0) return 0;
		const lines = plainCopy({id: '', sender: 0, to: [], ...message});
		let landed = 0;
		for (const key of keys) {
			const outbox = this.#hall.plainPeer(key)?.outbox;
			for (const line of lines) landed = Math.max(landed, outbox?.append(line) ?? 0);
		}
		return landed;
	}

	#handToSessions({addressees, sender, session: origin}: Draft, message: Message): number {
		const accounts = new Set<number>();
		if (sender !== undefined) accounts.add(sender.account.id);
		for (const addressee of addressees) {
			if (addressee.kind === 'account') accounts.add(addressee.member.account.id);
			if (addressee.kind === 'room') for (const member of addressee.room.members) accounts.add(member);
		}
		let landed = 0;
		for (const account of accounts) {
			const session = this.#hall.accounts.byId(account)?.session;
			if (session !== undefined && session !== origin) landed = Math.max(landed, session.deliver(message));
		}
		return landed;
	}

	#refuse({session, key, addressees}: Draft, outcome: Outcome & {ok: false}): void {
		const full =
			outcome.code === 'MAILBOX_FULL'
				? addressees.find(one => one.kind === 'account' && one.member.account.id === outcome.recipient)?.name
				: undefined;
		session?.refuse(outcome.code, key, full);
	}
}

/** Between plain peers nothing is kept. */
const isKept = ({sender, addressees}: Draft): boolean =>
	sender !== undefined || addressees.some(({kind}) => kind === 'account' || kind === 'room');

const toEntry = ({from, sender, key, addressees, conversation, isLong, isAction, text}: Draft): Entry => {
	const recipients = addressees.flatMap(one => (one.kind === 'account' ? [one.member] : []));
	const to = addressees.map(({name}) => name);
	const identity = sender?.account.identity;
	return {
		id: key === undefined ? randomBytes(12).toString('base64url') : messageId(identity ?? '', key),
		sender: sender?.account.id ?? 0,
		from,
		to,
		isLong,
		isAction,
		text,
		identity,
		key,
		hash: hashOf(addressees, isLong, isAction, text),
		recipients: recipients.map(({account}) => account.id),
		isPartial: sender === undefined,
		away: recipients.filter(({session}) => session === undefined).map(({account}) => account.id),
		handed: addressees.flatMap(one => (one.kind === 'plain' ? [one.name] : [])),
		rooms: addressees.flatMap(one => (one.kind === 'room' ? [one.room.id] : [])),
		conversation,
	};
};

/** What a key stands for; in whatever order its recipients are named. */
const hashOf = (
	addressees: readonly Addressee[],
	isLong: boolean,
	isAction: boolean,
	text: string,
): string => {
	const to = addressees.map(({name}) => loginKey(name)).toSorted();
	const flags = `${isLong ? 'ml' : ''} ${isAction ? 'act' : ''}`;
	return createHash('sha256')
		.update(`${to.join(',')}\n${flags}\n${text}`)
		.digest('base64url');
};
