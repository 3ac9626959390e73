import {isFinal} from '../../protocol/extended/codes.ts';
import {formatServerLine, type ServerLine} from '../../protocol/extended/server-lines.ts';
import {loginKey} from '../../protocol/login.ts';
import type {Message} from '../store/store.ts';
import type {Member} from './accounts.ts';
import type {Hall} from './hall.ts';
import type {State} from './mail.ts';
import {drained} from './replay.ts';
import {sentenceOf} from './sentence-of.ts';
import {UnderWay} from './under-way.ts';
import type {Wire} from './wire.ts';

export type MemberOf = Member<Session>;

/** A message that is in the store. */
type Taken = {
	readonly key: string | undefined;
	readonly id: string;
	readonly n: number;
	readonly ts: number;
	readonly to: readonly string[];
	/** Whether it was there before. */
	readonly isKnown: boolean;
};

/** What an answer repeats of what was asked. */
type Quoted = {
	readonly key?: string | undefined;
	readonly to?: string | undefined;
	readonly verb?: string | undefined;
	readonly req?: string | undefined;
};

/** What one recipient costs, in bytes of lines that cost as much. */
const recipientCost = 256;

/** Messages that are looked at together when a client tells what it had stored. */
const confirmedAtOnce = 500;

/** Messages whose senders are to be told when they are confirmed; of more the oldest are forgotten. */
const maxUnconfirmed = 10_000;

/** Messages that a session may have under way to the store before it is not read any more. */
const maxUnderWay = 256;

/** Somebody who speaks a-chat/1 and was let in. */
export class Session {
	readonly member: MemberOf;
	/** Whether it is a second one beside the session that the person sits at, only to send. */
	readonly isBeside: boolean;
	/** What it sent and was not taken yet. */
	readonly underWay: UnderWay;
	readonly #hall: Hall;
	readonly #wire: Wire;
	readonly #caps: ReadonlySet<string>;
	#isLive = false;
	/** The highest number that was told on this connection. */
	#last = 0;
	/** What was written and not confirmed yet. */
	readonly #unconfirmed: {readonly n: number; readonly id: string; readonly sender: number}[] = [];
	/** What its last line cost more than others, in bytes of lines that cost as much. */
	#charge = 0;
	/** The first send that was refused for now: those behind it are refused until it comes again. */
	#blocked: {readonly key: string; readonly code: string} | undefined;
	/** The highest number that was delivered before it was live. */
	missed = 0;
	/** The commit up to which it has certainly got what it was told. */
	provenAt: number;
	/** When the last message was written to it, and when it was asked whether it lives, in commits. */
	#writtenAt: number;
	#askedAt: number | undefined;
	#state: 'here' | 'away' = 'here';
	#note: string | undefined;

	constructor(hall: Hall, wire: Wire, member: MemberOf, caps: readonly string[], isBeside: boolean) {
		this.#hall = hall;
		this.#wire = wire;
		this.member = member;
		this.#caps = new Set(caps);
		this.isBeside = isBeside;
		this.provenAt = hall.store.commits;
		this.#writtenAt = this.provenAt;
		this.underWay = new UnderWay(wire, maxUnderWay, () => hall.mail.isCrowded);
	}

	/** Whether it has got what it missed. */
	get isLive(): boolean {
		return this.#isLive;
	}

	get login(): string {
		return this.#wire.login;
	}

	/** Whether it wants to know who comes and goes. */
	get isCurious(): boolean {
		return this.#isLive && this.#caps.has('presence');
	}

	/** Settles when not much waits for its peer. */
	drained(): Promise<void> {
		return drained(this.#wire);
	}

	/** Whether nothing waits for its peer. */
	get isIdle(): boolean {
		return this.#wire.pendingBytes === 0;
	}

	wants(cap: string): boolean {
		return this.#isLive && this.#caps.has(cap);
	}

	say(line: ServerLine): void {
		this.#wire.write(formatServerLine(line));
	}

	/** Asks whether its client lives. */
	ask(): void {
		this.#askedAt = this.#hall.store.commits;
		this.say({type: 'ping', n: 0});
	}

	/** Its client lives, and has everything that was written before it was asked. */
	answered(): void {
		this.provenAt = Math.max(this.provenAt, this.#askedAt ?? 0);
		this.#askedAt = undefined;
	}

	/** Makes room for a newer session of the same person. */
	takeOver(): void {
		const text = 'you have logged in at another place';
		this.#wire.end(formatServerLine({type: 'bye', code: 'TAKEN_OVER', text}));
	}

	/** Goes on after `n`. */
	startAfter(n: number): void {
		this.#last = n;
	}

	/** Its client had stored everything up to `n` before it came, of which it could not tell any more. */
	async confirmEarlier(n: number): Promise<void> {
		const {account, confirmed} = this.member;
		for (let after = confirmed; after < n; ) {
			const {messages, hasMore} = await this.#hall.store.replay(account.id, [], after, confirmedAtOnce);
			for (const {n: number, id, sender, to} of messages)
				if (number <= n && sender !== account.id && this.#isNamedIn(to))
					this.#unconfirmed.push({n: number, id, sender});
			after = hasMore ? (messages.at(-1)?.n ?? n) : n;
		}
		this.#confirm(n);
	}

	/** Does something that answers take long for; nothing more is read meanwhile. */
	async busy(run: () => Promise<void>): Promise<void> {
		this.#wire.halt();
		await run();
		// Others have their turn before the next one.
		await new Promise(setImmediate);
		this.#wire.goOn();
	}

	/** From now on messages are written as they come. */
	goLive(): void {
		this.#isLive = true;
	}

	/** Writes a message that was kept; what comes before it is live is read from the store later. */
	deliver(message: Message): number {
		if (!this.#isLive) this.missed = Math.max(this.missed, message.n);
		if (!this.#isLive || message.n <= this.#last || this.isBeside) return 0;
		return this.write(message);
	}

	/** Writes a message that is not kept; whoever is not live misses it. */
	pass(line: ServerLine & {readonly type: 'msg'}): number {
		return this.#isLive && !this.isBeside ? this.#wire.write(formatServerLine(line)) : 0;
	}

	write(message: Message): number {
		const {n, id, to, sender} = message;
		const line = this.#hall.lines.of(message, this.#last);
		this.#last = n;
		this.#writtenAt = this.#hall.store.commits;
		const isConfirmed = !this.#caps.has('ack');
		// Of what is live and counts at once, its sender is told right behind the ack.
		const isTold = !(isConfirmed && this.#isLive);
		if (isTold && sender !== this.member.account.id && this.#isNamedIn(to))
			this.#expectConfirmation({n, id, sender});
		if (isConfirmed) this.#confirm(n);
		return this.#wire.writeBytes(line);
	}

	#expectConfirmation(one: {readonly n: number; readonly id: string; readonly sender: number}): void {
		this.#unconfirmed.push(one);
		// Of a client that never confirms anything nothing is told.
		if (this.#unconfirmed.length > maxUnconfirmed) this.#unconfirmed.splice(0, maxUnconfirmed / 2);
	}

	#isNamedIn(to: readonly string[]): boolean {
		return to.some(name => loginKey(name) === this.member.account.key);
	}

	/** Tells that a message was taken, and what becomes of it for each person. */
	acknowledge(
		{isKnown, ...taken}: Taken,
		states: readonly {readonly name: string; readonly state: State}[],
	): void {
		this.#last = Math.max(this.#last, taken.n);
		let lines = formatServerLine({type: 'ack', ...taken, stored: this.#hall.store.kind, dup: isKnown});
		for (const {name: to, state} of states)
			lines += `\n${formatServerLine({type: 'status', id: taken.id, to, state})}`;
		this.#wire.write(lines);
	}

	tellStatus(id: string, to: string, state: State): void {
		this.say({type: 'status', id, to, state});
	}

	/** Whether a send has to wait for an earlier one that was refused for now; it is told so. */
	refuses({key}: Quoted): boolean {
		if (this.#blocked === undefined) return false;
		if (key === this.#blocked.key) {
			this.#blocked = undefined;
			return false;
		}
		this.underWay.done();
		this.fail(this.#blocked.code, 'an earlier message was refused and has to come first', {key});
		return true;
	}

	refuse(code: string, key: string | undefined, to?: string): void {
		if (key !== undefined && !isFinal(code)) this.#blocked ??= {key, code};
		this.fail(code, sentenceOf(code), {key, to});
	}

	/** Counts whom its line goes to: writing to a thousand takes longer than to one. */
	charge(recipients: number): void {
		this.#charge += recipientCost * recipients;
	}

	/** What was counted since the last time. */
	takeCharge(): number {
		const charge = this.#charge;
		this.#charge = 0;
		return charge;
	}

	/** Slows its peer down for bytes that landed where much waits already. */
	rest(landedBytes: number): void {
		if (landedBytes > 0) this.#wire.rest(landedBytes);
	}

	/** Its client has everything up to `n`. */
	got(n: number): void {
		// What is beside another session got nothing.
		if (n > this.#last || this.isBeside)
			this.fail('BAD_SYNTAX', 'that number was not sent yet', {verb: 'got'});
		else {
			if (n === this.#last) this.provenAt = this.#writtenAt;
			this.#confirm(n);
		}
	}

	#confirm(n: number): void {
		const {member} = this;
		if (n <= member.confirmed) return;
		member.confirmed = n;
		this.#hall.store.confirm(member.account.id, n);
		let count = 0;
		for (const {n: number, id, sender} of this.#unconfirmed) {
			if (number > n) break;
			count++;
			if (sender !== 0) this.#hall.accounts.byId(sender)?.session?.tellStatus(id, this.login, 'delivered');
		}
		this.#unconfirmed.splice(0, count);
	}

	setState(state: 'here' | 'away', note: string | undefined): void {
		this.#state = state;
		this.#note = note;
		this.#hall.presence.changed(this);
	}

	asUser(req?: string): ServerLine {
		return {type: 'user', req, login: this.login, state: this.#state, kind: 'extended', text: this.#note};
	}

	/** Refuses what was asked. */
	fail(code: string, text: string, quoted: Quoted): void {
		this.say({type: 'fail', code, ...quoted, text});
	}
}
