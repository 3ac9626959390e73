import {type ClientLine, formatClientLine} from '../../../source/protocol/extended/client-lines.ts';
import {parseServerLine, type ServerLine} from '../../../source/protocol/extended/server-lines.ts';
import type {TestKey} from '../../support/extended-peer.ts';
import type {Address} from '../../support/peer.ts';
import type {Ledger} from './ledger.ts';
import {Lines} from './lines.ts';
import {type Account, type Bounds, fold, peopleOf, type Sent, type World} from './world.ts';

type LineOf<T extends ServerLine['type']> = ServerLine & {readonly type: T};

/** What a person's program has stored; it outlives its connections. */
export type Stored = {
	readonly login: string;
	readonly key: TestKey | undefined;
	srv: string | undefined;
	seen: number;
	/** Sent, and not answered yet, in order. */
	outbox: Sent[];
	/** What this host has acknowledged. */
	acknowledged: Sent[];
};

/** An answer that has to come: an `@ack` for a message, a `@fail` with one of the codes, or the end of a request. */
type Waiting = {
	readonly key?: string | undefined;
	readonly sent?: Sent | undefined;
	readonly verb?: string | undefined;
	readonly req?: string | undefined;
	readonly codes?: readonly string[];
	/** Whether it had been taken before for certain. */
	readonly isKnown?: boolean;
};

export type Hello = {readonly caps: readonly string[]; readonly srv?: string; readonly seen?: number};

/** A peer of a-chat/1 that holds every line against what is promised of it. */
export class Client {
	readonly stored: Stored;
	readonly hello: Hello;
	/** When it came, and the rooms it was in then. */
	readonly at: number;
	rooms: ReadonlySet<string> = new Set();
	account: Account | undefined;
	/** It gets what is behind this number. */
	after: Bounds = {low: 0, high: 0};
	isLive = false;
	byeCode: string | undefined;
	/** What it got or had acknowledged for the first time, in order. */
	readonly got: {readonly sent: Sent; readonly isAck: boolean}[] = [];
	/** Answers to requests, by their `req`. */
	readonly answers = new Map<string, ServerLine[]>();
	readonly waiting: Waiting[] = [];
	/** The number of the last message or ack on this connection. */
	last: number;
	lastConfirmed = 0;
	readonly #ledger: Ledger;
	readonly #world: World;
	#lines: Lines | undefined;
	#statusesDue: {readonly sent: Sent; readonly to: string; readonly isKnown: boolean}[] = [];
	#pings = 0;
	#pongs = 0;
	#mayGap = false;

	static async connect(
		address: Address,
		{ledger, world}: {readonly ledger: Ledger; readonly world: World},
		stored: Stored,
		hello: Hello,
	): Promise<Client> {
		const client = new Client(ledger, world, stored, hello);
		// The host may act on its hello, and tell others, before the welcome is seen here.
		const confirmed = world.accounts.get(fold(stored.login))?.confirmed;
		if (confirmed !== undefined) {
			confirmed.high = Math.max(confirmed.high, hello.seen ?? 0);
			if (!client.confirms) confirmed.high = Number.POSITIVE_INFINITY;
		}
		client.#lines = await Lines.connect(address, ledger, stored.login, line => client.#onLine(line));
		client.#lines.write(stored.login);
		client.say({type: 'hello', 'a-chat': ['1'], ...hello, pub: stored.key?.pub});
		return client;
	}

	private constructor(ledger: Ledger, world: World, stored: Stored, hello: Hello) {
		this.#ledger = ledger;
		this.#world = world;
		this.stored = stored;
		this.hello = hello;
		this.at = world.now();
		this.last = hello.seen ?? 0;
	}

	get isOver(): boolean {
		return this.#lines?.isOver ?? true;
	}

	/** The number of the last message that was written to it. */
	get lastWritten(): number {
		return this.got.findLast(({isAck}) => !isAck)?.sent.n ?? 0;
	}

	get confirms(): boolean {
		return this.hello.caps.includes('ack');
	}

	say(line: ClientLine): void {
		this.#lines?.write(formatClientLine(line));
	}

	write(line: string): void {
		this.#lines?.write(line);
	}

	expect(waiting: Waiting): void {
		this.waiting.push(waiting);
	}

	/** Asks for something whose answer ends with `@end`. */
	ask(line: ClientLine & {readonly req: string}): void {
		this.answers.set(line.req, []);
		this.expect({req: line.req});
		this.say(line);
	}

	sync(): void {
		this.say({type: 'ping', n: ++this.#pings});
	}

	get isSettled(): boolean {
		return this.#pings === this.#pongs && this.waiting.length === 0 && this.#statusesDue.length === 0;
	}

	end(): void {
		this.#lines?.end();
	}

	reset(): void {
		this.#lines?.reset();
	}

	#fail(what: string): void {
		this.#ledger.fail(`${this.stored.login}: ${what}`);
	}

	#onLine(text: string): void {
		const parsed = parseServerLine(text);
		if (!parsed.ok) {
			this.#fail(`a line that is none: ${text}`);
			return;
		}
		const {line} = parsed;
		if (this.#statusesDue.length > 0 && line.type !== 'status') {
			this.#fail(`${line.type} instead of the status of ${this.#statusesDue[0]?.to}`);
			return;
		}
		switch (line.type) {
			case 'challenge': {
				const {login, key} = this.stored;
				this.say({type: 'auth', sig: key?.sign(line.srv, line.nonce, login) ?? ''});
				break;
			}
			case 'welcome':
				this.#onWelcome(line);
				break;
			case 'gap':
				this.#onGap(line);
				break;
			case 'live':
				this.#onLive();
				break;
			case 'msg':
				if (line.req === undefined) this.#onMessage(line);
				else this.#onAnswer(line.req, line);
				break;
			case 'ack':
				this.#onAck(line);
				break;
			case 'status':
				this.#onStatus(line);
				break;
			case 'user':
			case 'room':
				if (line.req !== undefined) this.#onAnswer(line.req, line);
				else this.#needs('presence');
				break;
			case 'end':
				this.#onAnswer(line.req, line);
				this.#take(({req}) => req === line.req, 'an end');
				break;
			case 'fail':
				this.#onFail(line);
				break;
			case 'join':
			case 'leave':
				this.#needs('presence');
				break;
			case 'typing':
				this.#needs('typing');
				break;
			case 'pong':
				if (line.n !== ++this.#pongs) this.#fail(`pong ${line.n}`);
				break;
			case 'bye':
				this.byeCode = line.code;
				break;
			case 'room-joined':
			case 'room-left':
				break;
			default:
				this.#fail(`an unexpected line: ${text}`);
		}
	}

	#needs(cap: string): void {
		if (!this.hello.caps.includes(cap)) this.#fail(`a line of ${cap}, for which it did not ask`);
	}

	#onWelcome({n, srv, you}: LineOf<'welcome'>): void {
		if (you !== this.stored.login) this.#fail(`is called ${you}`);
		const {seen} = this.hello;
		const {stored} = this;
		this.#mayGap = seen !== undefined && (this.hello.srv !== srv || seen > n);
		if (stored.srv !== srv) {
			stored.srv = srv;
			stored.seen = 0;
		}
		const account = this.#world.open(fold(stored.login), stored.key !== undefined, n);
		this.account = account;
		this.rooms = new Set(account.rooms);
		const {low, high} = account.confirmed;
		if (seen === undefined || this.#mayGap) this.after = {low, high};
		else if (account.isBound) this.after = {low: seen, high: seen};
		else this.after = {low: Math.max(seen, low), high: Math.max(seen, high)};
		// What its client had stored counts as confirmed.
		if (seen !== undefined && !this.#mayGap) this.confirmed(seen);
		if (!this.confirms) account.confirmed.high = Number.POSITIVE_INFINITY;
	}

	/** Everything up to a number counts as stored by its client, at the latest when what it says now was read. */
	confirmed(n: number): void {
		this.lastConfirmed = Math.max(this.lastConfirmed, n);
		const bounds = this.account?.confirmed;
		if (bounds !== undefined) bounds.high = Math.max(bounds.high, n);
	}

	#onGap({from, to, code}: LineOf<'gap'>): void {
		const {low, high} = this.after;
		const isRight = code === 'CURSOR' && from === this.hello.seen && to >= low && to <= high;
		if (!this.#mayGap || !isRight) this.#fail(`a gap from ${from} to ${to}: ${code}`);
		this.#mayGap = false;
		this.last = to;
		this.after = {low: to, high: to};
	}

	#onLive(): void {
		if (this.#mayGap) this.#fail('no gap, though its number is not of this host');
		if (this.isLive) this.#fail('live twice');
		this.isLive = true;
	}

	#onMessage({n, prev, id, from, to, text, ml, act}: LineOf<'msg'>): void {
		const sent = this.#ledger.find(text);
		if (sent === undefined) {
			this.#fail(`what nobody said: ${text}`);
			return;
		}
		if (n === undefined || prev !== this.last || n <= this.last) {
			this.#fail(`message ${n} with prev ${prev} behind ${this.last}`);
			return;
		}
		this.#compare(sent, {from, to, text, isLong: ml === true, isAction: act === true});
		if (this.waiting.some(one => one.sent === sent))
			this.#fail(`its own message ${n}, which is not acknowledged`);
		this.#ledger.learn(sent, n, id);
		this.#move(n);
		this.got.push({sent, isAck: false});
	}

	#compare(sent: Sent, line: Pick<Sent, 'from' | 'to' | 'text' | 'isLong' | 'isAction'>): void {
		const shape = ({from, to, text, isLong, isAction}: typeof line) =>
			JSON.stringify([from, to.map(fold), text, isLong, isAction]);
		if (shape(line) !== shape(sent)) this.#fail(`${shape(line)} instead of ${shape(sent)}`);
	}

	#move(n: number): void {
		this.last = Math.max(this.last, n);
		this.stored.seen = Math.max(this.stored.seen, n);
	}

	#take(isIt: (waiting: Waiting) => boolean, what: string): Waiting | undefined {
		const at = this.waiting.findIndex(isIt);
		if (at === -1) this.#fail(`${what} that nothing was asked for`);
		return at === -1 ? undefined : this.waiting.splice(at, 1)[0];
	}

	#onAck({key, id, n, to, dup}: LineOf<'ack'>): void {
		const waiting = this.#take(one => one.sent !== undefined && one.key === key && !one.codes, 'an ack');
		const sent = waiting?.sent;
		if (sent === undefined || n === undefined) return;
		this.#compare(sent, {...sent, to});
		const isKnown = dup === true;
		const mayBeKnown = waiting?.isKnown || sent.attempts.length > 1;
		if (isKnown ? !mayBeKnown : waiting?.isKnown)
			this.#fail(`"${sent.text}" is acknowledged ${isKnown ? 'as known' : 'as new'}, and is not`);
		if (!isKnown && n <= this.last) this.#fail(`ack ${n} behind ${this.last}`);
		this.#ledger.learn(sent, n, id);
		// Which try counted is known now, unless there were more than two.
		if (!isKnown) sent.attempts = sent.attempts.slice(-1);
		else if (sent.attempts.length === 2) sent.attempts = sent.attempts.slice(0, 1);
		if (!isKnown) this.got.push({sent, isAck: true});
		this.#move(n);
		this.stored.outbox = this.stored.outbox.filter(one => one !== sent);
		if (key !== undefined && !this.stored.acknowledged.includes(sent)) this.stored.acknowledged.push(sent);
		this.#statusesDue = peopleOf(sent.to).map(name => ({sent, to: name, isKnown}));
	}

	#onStatus({id, to, state}: LineOf<'status'>): void {
		const due = this.#statusesDue.shift();
		if (due !== undefined) {
			if (id !== due.sent.id || to !== due.to) {
				this.#fail(`a status for ${to} of ${id} instead of ${due.to} of ${due.sent.id}`);
				return;
			}
			const states = this.#world.statesOf(due.sent, to, due.isKnown);
			if (!states.includes(state)) this.#fail(`"${due.sent.text}" is ${state} for ${to}, not ${states}`);
			due.sent.told.set(fold(to), state);
			return;
		}
		const sent = this.#world.log.find(one => one.id === id && fold(one.from) === fold(this.stored.login));
		if (sent === undefined || !peopleOf(sent.to).map(fold).includes(fold(to)) || state !== 'delivered') {
			this.#fail(`a status of what it did not send: ${id} ${to} ${state}`);
			return;
		}
		const account = this.#world.accounts.get(fold(to));
		if (
			account === undefined ||
			account.confirmed.high < (sent.n ?? 0) ||
			!this.#world.isOwnedBy(sent, account)
		)
			this.#fail(`"${sent.text}" is told to be delivered to ${to}, and is not`);
		sent.told.set(fold(to), state);
	}

	#onAnswer(req: string, line: ServerLine): void {
		const answer = this.answers.get(req);
		if (answer === undefined) {
			this.#fail(`an answer to ${req}`);
			return;
		}
		answer.push(line);
		if (line.type !== 'msg') return;
		const {n, id, from, to, text, ml, act} = line;
		const sent = this.#ledger.find(text);
		if (sent === undefined || n === undefined || line.prev !== undefined) {
			this.#fail(`a page has ${JSON.stringify(line)}`);
			return;
		}
		this.#compare(sent, {from, to, text, isLong: ml === true, isAction: act === true});
		this.#ledger.learn(sent, n, id);
	}

	#onFail({code, key, verb, req}: LineOf<'fail'>): void {
		const waiting = this.#take(one => {
			const isSame = one.codes?.includes(code) && (verb === undefined || verb === one.verb);
			return (isSame && one.key === key && (req === undefined || req === one.req)) === true;
		}, `a fail ${code}`);
		if (waiting?.sent === undefined) return;
		if (waiting.sent.state === 'maybe') waiting.sent.state = 'not';
		this.stored.outbox = this.stored.outbox.filter(one => one !== waiting.sent);
	}
}
