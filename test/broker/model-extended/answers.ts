import type {ServerLine} from '../../../source/protocol/extended/server-lines.ts';
import type {LineOf, Scene} from './scene.ts';
import type {Stream} from './stream.ts';
import {fold, peopleOf, type Sent} from './world.ts';

/** An answer that has to come: an `@ack` for a message, a `@fail` with one of the codes, or the end of a request. */
export type Waiting = {
	readonly key?: string | undefined;
	readonly sent?: Sent | undefined;
	readonly verb?: string | undefined;
	readonly req?: string | undefined;
	readonly codes?: readonly string[];
	/** It is acknowledged if it was taken before, and else refused with one of these. */
	readonly mayFail?: readonly string[];
	/** Whether it had been taken before for certain. */
	readonly isKnown?: boolean;
};

/** What is answered to one client: each thing that it asks for once, and each ack with what becomes of the message. */
export class Answers {
	/** The lines of answers to requests, by their `req`. */
	readonly pages = new Map<string, ServerLine[]>();
	readonly #scene: Scene;
	readonly #stream: Stream;
	readonly #waiting: Waiting[] = [];
	#statusesDue: {readonly sent: Sent; readonly to: string; readonly isKnown: boolean}[] = [];

	constructor(scene: Scene, stream: Stream) {
		this.#scene = scene;
		this.#stream = stream;
	}

	get areComplete(): boolean {
		return this.#waiting.length === 0 && this.#statusesDue.length === 0;
	}

	/** Whose status has to be the next line. */
	get due(): string | undefined {
		return this.#statusesDue[0]?.to;
	}

	expect(waiting: Waiting): void {
		this.#waiting.push(waiting);
	}

	isAwaited(sent: Sent): boolean {
		return this.#waiting.some(one => one.sent === sent);
	}

	onEnd(line: LineOf<'end'>): void {
		this.onAnswer(line.req, line);
		this.#take(({req}) => req === line.req, 'an end');
	}

	#take(isIt: (waiting: Waiting) => boolean, what: string): Waiting | undefined {
		const at = this.#waiting.findIndex(isIt);
		if (at === -1) this.#scene.fail(`${what} that nothing was asked for`);
		return at === -1 ? undefined : this.#waiting.splice(at, 1)[0];
	}

	onAck({key, id, n, to, dup}: LineOf<'ack'>): void {
		const waiting = this.#take(one => one.sent !== undefined && one.key === key && !one.codes, 'an ack');
		const sent = waiting?.sent;
		if (sent === undefined || n === undefined) return;
		this.#scene.compare(sent, {...sent, to});
		const isKnown = dup === true;
		const mayBeKnown = waiting?.isKnown || waiting?.mayFail !== undefined || sent.attempts.length > 1;
		if (isKnown ? !mayBeKnown : waiting?.isKnown || waiting?.mayFail)
			this.#scene.fail(`"${sent.text}" is acknowledged ${isKnown ? 'as known' : 'as new'}, and is not`);
		if (!isKnown && n <= this.#stream.last) this.#scene.fail(`ack ${n} behind ${this.#stream.last}`);
		this.#scene.ledger.learn(sent, n, id);
		// Which try counted is known now, unless there were more than two.
		if (!isKnown) sent.attempts = sent.attempts.slice(-1);
		else if (sent.attempts.length === 2) sent.attempts = sent.attempts.slice(0, 1);
		if (!isKnown) this.#stream.got.push({sent, isAck: true});
		this.#stream.move(n);
		const {stored} = this.#scene;
		stored.outbox = stored.outbox.filter(one => one !== sent);
		if (key !== undefined && !stored.acknowledged.includes(sent)) stored.acknowledged.push(sent);
		this.#statusesDue = peopleOf(sent.to).map(name => ({sent, to: name, isKnown}));
	}

	onStatus({id, to, state}: LineOf<'status'>): void {
		const due = this.#statusesDue.shift();
		if (due !== undefined) {
			if (id !== due.sent.id || to !== due.to) {
				this.#scene.fail(`a status for ${to} of ${id} instead of ${due.to} of ${due.sent.id}`);
				return;
			}
			const states = this.#scene.world.statesOf(due.sent, to, due.isKnown);
			if (!states.includes(state))
				this.#scene.fail(`"${due.sent.text}" is ${state} for ${to}, not ${states}`);
			due.sent.told.set(fold(to), state);
			return;
		}
		const sent = this.#scene.world.log.find(
			one => one.id === id && fold(one.from) === fold(this.#scene.stored.login),
		);
		if (sent === undefined || !peopleOf(sent.to).map(fold).includes(fold(to)) || state !== 'delivered') {
			this.#scene.fail(`a status of what it did not send: ${id} ${to} ${state}`);
			return;
		}
		const account = this.#scene.world.accounts.get(fold(to));
		if (
			account === undefined ||
			account.confirmed.high < (sent.n ?? 0) ||
			!this.#scene.world.isOwnedBy(sent, account)
		)
			this.#scene.fail(`"${sent.text}" is told to be delivered to ${to}, and is not`);
		sent.told.set(fold(to), state);
	}

	onAnswer(req: string, line: ServerLine): void {
		const answer = this.pages.get(req);
		if (answer === undefined) {
			this.#scene.fail(`an answer to ${req}`);
			return;
		}
		answer.push(line);
		if (line.type !== 'msg') return;
		const sent = this.#scene.sentBy(line);
		if (sent === undefined) return;
		if (line.n === undefined || line.prev !== undefined)
			this.#scene.fail(`a page has ${JSON.stringify(line)}`);
		else this.#scene.ledger.learn(sent, line.n, line.id);
	}

	onFail({code, key, verb, req}: LineOf<'fail'>): void {
		const waiting = this.#take(one => {
			const isSame = (one.codes ?? one.mayFail)?.includes(code) && (verb === undefined || verb === one.verb);
			return (isSame && one.key === key && (req === undefined || req === one.req)) === true;
		}, `a fail ${code}`);
		if (waiting?.sent === undefined) return;
		if (waiting.sent.n !== undefined) this.#scene.fail(`"${waiting.sent.text}" was taken, and is refused`);
		if (waiting.sent.state === 'maybe') waiting.sent.state = 'not';
		const {stored} = this.#scene;
		stored.outbox = stored.outbox.filter(one => one !== waiting.sent);
	}
}
