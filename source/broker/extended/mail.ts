import {setImmediate as endOfTick} from 'node:timers/promises';
import {isFinal} from '../../protocol/extended/codes.ts';
import type {Entry, Message, Outcome} from '../store/store.ts';
import type {Route} from './addressees.ts';
import {Answers} from './answers.ts';
import {type Draft, isKept, toEntry} from './draft.ts';
import type {Hall} from './hall.ts';
import {plainCopy} from './plain-copy.ts';
import type {Session} from './session.ts';
import {stateOf} from './states.ts';

/** What is given to the store together. */
type Batch = {
	/** With what was refused before. */
	readonly size: number;
	readonly drafts: readonly Draft[];
	/** One for each draft that is kept. */
	readonly entries: readonly Entry[];
	/** One for each entry. */
	readonly outcomes: readonly Outcome[] | Promise<readonly Outcome[]>;
};

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
	readonly #answers = new Answers();
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
		// What is read in the same tick goes together to a disk. Memory takes what was read at once: what is said soon is
		// garbage of a moment, and not of all that a tick reads.
		if (this.#hall.store.kind === 'disk') await endOfTick();
		else await undefined;
		for (let batch = this.#begin(); batch !== undefined; ) {
			const outcomes = await batch.outcomes;
			// The store goes on while this is delivered, unless what was refused for now refuses others behind it.
			const next = outcomes.every(isSettled) ? this.#begin() : undefined;
			this.#deliver(batch, outcomes);
			batch = next ?? this.#begin();
		}
		// Not a tick later: what is posted from now on begins anew.
		this.#isRunning = false;
	}

	/** Gives what waits to the store, as much as is committed together; undefined if nothing does. */
	#begin(): Batch | undefined {
		if (this.#queue.length === 0) return undefined;
		const batch = this.#queue.splice(0, batchSize);
		const drafts: Draft[] = [];
		const entries: Entry[] = [];
		for (const draft of batch) {
			this.#waitingLength -= draft.text.length;
			if (draft.session?.refuses(draft)) continue;
			drafts.push(draft);
			if (isKept(draft)) entries.push(toEntry(draft));
		}
		return {size: batch.length, drafts, entries, outcomes: entries.length === 0 ? [] : this.#take(entries)};
	}

	#deliver({size, drafts, entries}: Batch, outcomes: readonly Outcome[]): void {
		let at = 0;
		for (const draft of drafts) {
			this.#answers.turnTo(draft.session);
			if (isKept(draft)) this.#settle(draft, entries[at] as Entry, outcomes[at++] as Outcome);
			else draft.origin.done(this.#handToPlain(draft, draft), draft.text.length);
		}
		this.#answers.flush();
		this.#done += size;
		if (this.#waiting.length === 0) return;
		const over = this.#waiting.filter(({at: end}) => end <= this.#done);
		this.#waiting = this.#waiting.filter(({at: end}) => end > this.#done);
		for (const {resolve} of over) resolve();
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
			this.#answers.flush();
			this.#refuse(draft, outcome);
			// What cannot be kept still goes on from plain peers, whom nobody can ask to send it again.
			const isHanded = draft.session === undefined && outcome.code === 'UNAVAILABLE';
			const landed = isHanded ? Math.max(this.#handToPlain(draft, draft), this.#pass(draft, entry)) : 0;
			draft.origin.done(landed, draft.text.length);
			return;
		}
		const {n, id, ts, known} = outcome;
		const {sender, from, to, isLong, isAction, text} = entry;
		let landed = 0;
		if (known === undefined) {
			this.delivered = n;
			const message = {n, id, ts, sender, from, to, isLong, isAction, text};
			landed = Math.max(this.#handToPlain(draft, message), this.#handToSessions(draft, message));
		}
		if (draft.session !== undefined) this.#answers.add(n, this.#answer(draft, outcome));
		draft.origin.done(landed, text.length);
	}

	/** What the sender is told: the message was taken, and what becomes of it for each person, as they were named. */
	#answer(draft: Draft, {n, id, ts, known}: Outcome & {readonly ok: true}): string {
		const {lines} = this.#hall;
		const {key, route} = draft;
		let answer = lines.ack(key, {id, n, ts, to: known?.to ?? route.to}, known !== undefined);
		for (const one of route.addressees) {
			if (one.kind === 'room') continue;
			answer += lines.status(id, one.name, stateOf(this.#hall, draft, one, n, known));
		}
		return answer;
	}

	#handToPlain({route}: Draft, message: Pick<Message, 'from' | 'text' | 'isLong' | 'isAction'>): number {
		if (route.handed.length === 0) return 0;
		const lines = plainCopy(message);
		let landed = 0;
		for (const one of route.addressees) {
			if (one.kind !== 'plain') continue;
			const outbox = this.#hall.plainPeer(one.key)?.outbox;
			for (const line of lines) landed = Math.max(landed, outbox?.append(line) ?? 0);
		}
		return landed;
	}

	#handToSessions({route, sender, session: origin}: Draft, message: Message): number {
		let landed = 0;
		for (const account of accountsOf(route)) {
			if (account !== sender?.account.id) landed = Math.max(landed, this.#handTo(account, origin, message));
		}
		// The sender's other session.
		if (sender !== undefined) landed = Math.max(landed, this.#handTo(sender.account.id, origin, message));
		return landed;
	}

	#handTo(account: number, origin: Session | undefined, message: Message): number {
		const session = this.#hall.accounts.byId(account)?.session;
		return session === undefined || session === origin ? 0 : session.deliver(message);
	}

	/** Gives those who are here what cannot be kept: it has no number, and moves no cursor. */
	#pass({route}: Draft, {id, from, to, isLong, isAction, text}: Entry): number {
		const line = {type: 'msg', id, ts: Date.now(), from, to, ml: isLong, act: isAction, text} as const;
		let landed = 0;
		for (const account of accountsOf(route))
			landed = Math.max(landed, this.#hall.accounts.byId(account)?.session?.pass(line) ?? 0);
		return landed;
	}

	#refuse({session, key, route}: Draft, outcome: Outcome & {ok: false}): void {
		const full =
			outcome.code === 'MAILBOX_FULL'
				? route.addressees.find(one => one.kind === 'account' && one.member.account.id === outcome.recipient)
						?.name
				: undefined;
		session?.refuse(outcome.code, key, outcome.code === 'FORBIDDEN' ? route.forbidden : full);
	}
}

/** Whether nothing that comes later has to wait for the same message to come again. */
const isSettled = (outcome: Outcome): boolean => outcome.ok || isFinal(outcome.code);

/** Whose sessions get a message, beside its sender's. */
const accountsOf = ({addressees, recipients, rooms}: Route): Iterable<number> => {
	// Nearly every message.
	if (rooms.length === 0) return recipients;
	const accounts = new Set(recipients);
	for (const one of addressees)
		if (one.kind === 'room') for (const member of one.room.here) accounts.add(member);
	return accounts;
};
