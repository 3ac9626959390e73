import {formatServerLine, type ServerLine} from '../../protocol/extended/server-lines.ts';
import type {Message} from '../store/store.ts';
import type {Member} from './accounts.ts';
import {Addressing} from './addressees.ts';
import {Confirmations} from './confirmations.ts';
import type {Hall} from './hall.ts';
import {drained} from './replay.ts';
import {SendOrder} from './send-order.ts';
import {sentenceOf} from './sentence-of.ts';
import {UnderWay} from './under-way.ts';
import type {Wire} from './wire.ts';

export type MemberOf = Member<Session>;

/** What an answer repeats of what was asked. */
type Quoted = {
	readonly key?: string | undefined;
	readonly to?: string | undefined;
	readonly verb?: string | undefined;
	readonly req?: string | undefined;
};

/** What was told of the time in which somebody was away: up to which commit, and how many lines. */
export type Meanwhile = {readonly at: number; readonly count: number};

/** What one recipient costs, in bytes of lines that cost as much. */
const recipientCost = 256;

/** Messages that a session may have under way to the store before it is not read any more. */
const maxUnderWay = 256;

/** Logins at which somebody is told the same of what was confirmed meanwhile, without an answer that it got there. */
const mostRetold = 3;

/** Somebody who speaks a-chat/1 and was let in. */
export class Session {
	readonly member: MemberOf;
	/** Whether it is a second one beside the session that the person sits at, only to send. */
	readonly isBeside: boolean;
	/** What it sent and was not taken yet. */
	readonly underWay: UnderWay;
	/** Whom its messages are for. */
	readonly addressing: Addressing;
	/** What its client has stored. */
	readonly confirmations: Confirmations;
	readonly #hall: Hall;
	readonly #wire: Wire;
	readonly #caps: ReadonlySet<string>;
	#isLive = false;
	/** The highest number that was told on this connection. */
	#last = 0;
	readonly #order = new SendOrder();
	/** What its last line cost more than others, in bytes of lines that cost as much. */
	#charge = 0;
	/** The highest number that was delivered before it was live. */
	missed = 0;
	/** The commit up to which it has certainly got what it was told. */
	provenAt: number;
	/** When the last message was written to it, and when it was asked whether it lives, in commits. */
	#writtenAt: number;
	#askedAt: number | undefined;
	/** Whether it may not have got yet what was confirmed while it was away. */
	#isBehind: boolean;
	#state: 'here' | 'away' = 'here';
	#note: string | undefined;

	constructor(hall: Hall, wire: Wire, member: MemberOf, caps: readonly string[], isBeside: boolean) {
		this.#hall = hall;
		this.#wire = wire;
		this.member = member;
		this.#caps = new Set(caps);
		this.isBeside = isBeside;
		this.#isBehind = !isBeside;
		this.provenAt = isBeside ? hall.store.commits : member.leftAt;
		this.#writtenAt = this.provenAt;
		this.underWay = new UnderWay(wire, maxUnderWay, () => hall.mail.isCrowded);
		this.addressing = new Addressing(hall, member.account.key, member.account.id);
		this.confirmations = new Confirmations(hall, member, wire.login);
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

	/** Whether nobody reads an answer any more. */
	get isGone(): boolean {
		return this.#wire.isGone;
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
		if (this.#askedAt !== undefined) this.#hasAllUpTo(this.#askedAt);
		this.#askedAt = undefined;
	}

	/**
	 * It was told what was confirmed while it was away. Whether that has got there is asked, and without an answer it is
	 * told again at the next login; but not for ever, as a line that breaks again and again would carry nothing else.
	 */
	toldMeanwhile({at, count}: Meanwhile): void {
		if (count === 0 || ++this.member.retold >= mostRetold) this.#hasAllUpTo(at);
		else this.ask();
	}

	#hasAllUpTo(commit: number): void {
		this.provenAt = Math.max(this.provenAt, commit);
		this.#isBehind = false;
		this.member.retold = 0;
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
		const {n} = message;
		const prev = this.#last;
		this.#last = n;
		this.#writtenAt = this.#hall.store.commits;
		const isConfirmed = !this.#caps.has('ack');
		// Of what is live and counts at once, its sender is told right behind the ack.
		if (!(isConfirmed && this.#isLive)) this.confirmations.expect(message);
		if (isConfirmed) this.confirmations.confirm(n);
		return this.#hall.stream.write(this.#wire, message, prev);
	}

	/** Tells that messages up to `n` were taken, by lines that say so and what becomes of them. */
	acknowledge(n: number, lines: string): void {
		this.#last = Math.max(this.#last, n);
		this.#wire.writeText(lines);
	}

	/** Tells what became of messages, by lines that say so. */
	tell(lines: string): void {
		this.#wire.writeText(lines);
	}

	/** Whether a send has to wait for an earlier one that was refused for now; it is told so. */
	refuses({key}: Quoted): boolean {
		const code = this.#order.codeFor(key);
		if (code === undefined) return false;
		this.underWay.done();
		this.fail(code, 'an earlier message was refused and has to come first', {key});
		return true;
	}

	/** A message that it sent was delivered or refused; see `Draft.origin`. */
	done(landedBytes: number): void {
		this.underWay.done();
		this.rest(landedBytes);
	}

	refuse(code: string, key: string | undefined, to?: string): void {
		this.#order.refused(code, key);
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
			if (n === this.#last && !this.#isBehind) this.provenAt = this.#writtenAt;
			this.confirmations.confirm(n);
		}
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
