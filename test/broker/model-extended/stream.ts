import type {LineOf, Scene} from './scene.ts';
import {type Account, type Bounds, fold, type Sent} from './world.ts';

/** What comes over one connection in the order of the numbers: what was missed, and then what is said. */
export class Stream {
	/** When it came, and the rooms it was in then. */
	readonly at: number;
	rooms: ReadonlySet<string> = new Set();
	account: Account | undefined;
	/** It gets what is behind this number. */
	after: Bounds = {low: 0, high: 0};
	isLive = false;
	/** What it got or had acknowledged for the first time, in order. */
	readonly got: {readonly sent: Sent; readonly isAck: boolean}[] = [];
	/** The number of the last message or ack on this connection. */
	last: number;
	lastConfirmed = 0;
	readonly #scene: Scene;
	#mayGap = false;

	constructor(scene: Scene) {
		this.#scene = scene;
		this.at = scene.world.now();
		this.last = scene.hello.seen ?? 0;
		// The host may act on a hello, and tell others, before its welcome is seen here.
		const confirmed = scene.world.accounts.get(fold(scene.stored.login))?.confirmed;
		if (confirmed === undefined) return;
		confirmed.high = Math.max(confirmed.high, scene.hello.seen ?? 0);
		if (!scene.confirms) confirmed.high = Number.POSITIVE_INFINITY;
	}

	/** The number of the last message that was written to it. */
	get lastWritten(): number {
		return this.got.findLast(({isAck}) => !isAck)?.sent.n ?? 0;
	}

	onWelcome({n, srv, you}: LineOf<'welcome'>): void {
		if (you !== this.#scene.stored.login) this.#scene.fail(`is called ${you}`);
		const {seen} = this.#scene.hello;
		const {stored, hello} = this.#scene;
		this.#mayGap = seen !== undefined && (hello.srv !== srv || seen > n);
		if (stored.srv !== srv) {
			stored.srv = srv;
			stored.seen = 0;
		}
		const account = this.#scene.world.open(fold(stored.login), stored.key !== undefined, n);
		this.account = account;
		this.rooms = new Set(account.rooms);
		const {low, high} = account.confirmed;
		if (seen === undefined || this.#mayGap) this.after = {low, high};
		else if (account.isBound) this.after = {low: seen, high: seen};
		else this.after = {low: Math.max(seen, low), high: Math.max(seen, high)};
		// What its client had stored counts as confirmed.
		if (seen !== undefined && !this.#mayGap) this.confirmed(seen);
		if (!this.#scene.confirms) account.confirmed.high = Number.POSITIVE_INFINITY;
	}

	/** Everything up to a number counts as stored by its client, at the latest when what it says now was read. */
	confirmed(n: number): void {
		this.lastConfirmed = Math.max(this.lastConfirmed, n);
		const bounds = this.account?.confirmed;
		if (bounds !== undefined) bounds.high = Math.max(bounds.high, n);
	}

	onGap({from, to, code}: LineOf<'gap'>): void {
		const {low, high} = this.after;
		const isRight = code === 'CURSOR' && from === this.#scene.hello.seen && to >= low && to <= high;
		if (!this.#mayGap || !isRight) this.#scene.fail(`a gap from ${from} to ${to}: ${code}`);
		this.#mayGap = false;
		this.last = to;
		this.after = {low: to, high: to};
	}

	onLive(): void {
		if (this.#mayGap) this.#scene.fail('no gap, though its number is not of this host');
		if (this.isLive) this.#scene.fail('live twice');
		this.isLive = true;
	}

	/** @param isAwaited whether it is one that was sent over this connection, and is to be acknowledged */
	onMessage(line: LineOf<'msg'>, isAwaited: (sent: Sent) => boolean): void {
		const {n, prev, id} = line;
		const sent = this.#scene.sentBy(line);
		if (sent === undefined) return;
		if (n === undefined || prev !== this.last || n <= this.last) {
			this.#scene.fail(`message ${n} with prev ${prev} behind ${this.last}`);
			return;
		}
		if (isAwaited(sent)) this.#scene.fail(`its own message ${n}, which is not acknowledged`);
		this.#scene.ledger.learn(sent, n, id);
		this.move(n);
		this.got.push({sent, isAck: false});
	}

	move(n: number): void {
		const {stored} = this.#scene;
		this.last = Math.max(this.last, n);
		stored.seen = Math.max(stored.seen, n);
	}
}
