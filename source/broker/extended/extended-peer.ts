import {type ClientLine, parseClientLine} from '../../protocol/extended/client-lines.ts';
import {extendedLimits} from '../../protocol/extended/limits.ts';
import {formatServerLine} from '../../protocol/extended/server-lines.ts';
import type {LineReader} from '../../protocol/line-reader.ts';
import {nameTaken} from '../../protocol/refusals.ts';
import {keptLineCost, type Voice} from '../voice.ts';
import {isPublicKey, isSignature, makeNonce} from './challenge.ts';
import type {Hall} from './hall.ts';
import {replay} from './replay.ts';
import {type MemberOf, Session} from './session.ts';
import {takeLine} from './take-line.ts';
import type {Wire} from './wire.ts';

/** How a client asks for a-chat/1, right after its login. */
export const helloStart = '@hello a-chat=';
const version = '1';

/** What this host offers beside messages. */
const caps = ['ack', 'presence', 'rooms', 'history', 'typing', 'search'];

/** How long a client may take to sign. */
const challengeMs = 10_000;

type Hello = ClientLine & {readonly type: 'hello'};

/** Reads a hello; `plain` if it asks for versions that this host does not know. */
export const readHello = (line: string): Hello | 'plain' | 'bad' => {
	const parsed = parseClientLine(line);
	if (!parsed.ok || parsed.line.type !== 'hello') return 'bad';
	const hello = parsed.line;
	if (!hello['a-chat'].includes(version)) return 'plain';
	return hello.pub === undefined || isPublicKey(hello.pub) ? hello : 'bad';
};

/** Sends a peer away that said hello; it may try again after `retry` seconds, if that is known. */
export const refuseHello = (wire: Wire, code: string, why: string, retry?: number): void => {
	wire.write(formatServerLine({type: 'fail', code, verb: 'hello', retry, text: why}));
	wire.end(formatServerLine({type: 'bye', code, text: why}));
};

/** A peer from its hello on: it gets a session, after a challenge if its name is bound to a key. */
export class ExtendedPeer implements Voice {
	extraBytes = keptLineCost;
	/** From when it was let in. */
	session: Session | undefined;
	readonly #hall: Hall;
	readonly #wire: Wire;
	readonly #hello: Hello;
	readonly #network: string;
	#nonce: string | undefined;
	#timer: NodeJS.Timeout | undefined;
	#isOver = false;
	/** When it was heard last, as far as the last look knows. */
	#heardAt: number | undefined;
	#hasAsked = false;

	constructor(hall: Hall, wire: Wire, hello: Hello) {
		this.#hall = hall;
		this.#wire = wire;
		this.#hello = hello;
		this.#network = wire.network;
		const bound = this.#bound;
		if (bound === undefined) void this.#try(() => this.#open());
		else if (hello.pub === undefined)
			this.#refuse('AUTH_REQUIRED', `the name "${wire.login}" is bound to a key`);
		else if (hello.pub !== bound.account.pub) this.#refuse('NAME_TAKEN', nameTaken(wire.login));
		else this.#challenge();
	}

	take({bytes, start, end}: LineReader): number {
		this.#heardAt = undefined;
		this.#hasAsked = false;
		const line = bytes.toString('utf8', start, end);
		if (this.session === undefined) this.#onAnswer(line);
		else {
			// While the broker closes nothing is held back: what comes before the session is live was not acknowledged.
			if (this.session.isLive) takeLine(this.#hall, this.session, line);
			this.extraBytes = keptLineCost + this.session.takeCharge();
		}
		return 0;
	}

	#onAnswer(line: string): void {
		const parsed = parseClientLine(line);
		const nonce = this.#nonce;
		const member = this.#bound;
		if (!parsed.ok || parsed.line.type !== 'auth' || nonce === undefined || member === undefined) {
			this.#refuse('AUTH_REQUIRED', 'the challenge has to be answered first');
			return;
		}
		this.#nonce = undefined;
		const {login} = this.#wire;
		const {srv} = this.#hall.store;
		const pub = member.account.pub ?? '';
		if (isSignature(parsed.line.sig, {srv, nonce, login, pub})) void this.#try(() => this.#admit(member));
		else this.#refuse('AUTH_FAILED', `this is not the key that the name "${login}" is bound to`);
	}

	/**
	 * Asks a client that is silent whether it lives, and ends one that does not answer in half of that time. While it is
	 * not read the clock stands still.
	 *
	 * @param now in ms
	 */
	checkAlive(now: number, isRead: boolean): void {
		const {session} = this;
		if (session === undefined) return;
		const {pingMs} = this.#hall.settings;
		this.#heardAt ??= now;
		if (!isRead) this.#heardAt = now;
		const silentMs = now - this.#heardAt;
		if (silentMs > 1.5 * pingMs && this.#hasAsked) {
			const text = `nothing came from you for ${Math.round(silentMs / 1000)} s`;
			this.#wire.end(formatServerLine({type: 'bye', code: 'PING_TIMEOUT', text}));
		} else if (silentMs > pingMs && !this.#hasAsked) {
			this.#hasAsked = true;
			session.ask();
		}
	}

	/** The connection is gone. */
	stop(): void {
		if (this.#isOver) return;
		this.#isOver = true;
		clearTimeout(this.#timer);
		const {session} = this;
		if (session === undefined) return;
		const {member, isBeside} = session;
		// A guest that only sends has no session to be found under, but mail that is kept for a while.
		if (member.session === session || (isBeside && member.account.pub === undefined))
			this.#hall.accounts.leave(member, session.provenAt);
	}

	get #bound(): MemberOf | undefined {
		const member = this.#hall.accounts.byKey(this.#wire.key);
		return member?.account.pub === undefined ? undefined : member;
	}

	#challenge(): void {
		this.#nonce = makeNonce();
		this.#wire.write(formatServerLine({type: 'challenge', nonce: this.#nonce, srv: this.#hall.store.srv}));
		this.#timer = setTimeout(
			() => this.#refuse('AUTH_REQUIRED', 'no answer to the challenge came'),
			challengeMs,
		);
	}

	/** Lets it in, which needs the store; nothing is read meanwhile. */
	async #try(admit: () => Promise<void>): Promise<void> {
		this.#wire.halt();
		try {
			await admit();
		} catch {
			this.#refuse('UNAVAILABLE', 'the host cannot keep anything at the moment: try again');
		}
		if (!this.#isOver) this.#wire.goOn();
	}

	async #open(): Promise<void> {
		const {login, key} = this.#wire;
		const {pub: shown, role} = this.#hello;
		// Who only sends a line from some machine must not keep all other machines from that name.
		const pub = this.#hall.accounts.freeNames <= 0 || role === 'send' ? undefined : shown;
		const member =
			pub === undefined
				? await this.#hall.accounts.open(login, key, pub, this.#network)
				: await this.#bind(login, key, pub);
		if (member === undefined) return;
		if (pub !== undefined) this.#hall.evict(key, this.#wire);
		if (this.#isOver) this.#hall.accounts.leave(member, this.#hall.store.commits);
		else await this.#admit(member);
	}

	/** Binds a name, unless too many came from there. */
	async #bind(login: string, key: string, pub: string): Promise<MemberOf | undefined> {
		const {accounts, newNames} = this.#hall;
		const retry = newNames.take(this.#network, accounts.freeNames, performance.now());
		if (retry !== undefined) {
			const why = `too many new names came from your address: try again in ${Math.ceil(retry / 60)} min`;
			this.#refuse('RATE_LIMITED', why, retry);
			return undefined;
		}
		try {
			return await accounts.open(login, key, pub, this.#network);
		} catch (error) {
			newNames.giveBack(this.#network);
			throw error;
		}
	}

	async #admit(member: MemberOf): Promise<void> {
		clearTimeout(this.#timer);
		const {hello, hall, wire} = {hello: this.#hello, hall: this.#hall, wire: this.#wire};
		const isBeside = hello.role === 'send';
		// What was read of an earlier session comes first; meanwhile another one may have been let in.
		if (!isBeside)
			do {
				member.session?.takeOver();
				await hall.mail.settled();
			} while (member.session !== undefined && !this.#isOver);
		if (this.#isOver) {
			this.#forgetGuest(member);
			return;
		}
		if (!isBeside && !wire.seat()) {
			this.#forgetGuest(member);
			this.#refuse('NAME_TAKEN', nameTaken(wire.login));
			return;
		}
		// Only a key tells that it is the same person; a guest keeps its seat, so that nobody else speaks under its name.
		if (isBeside && member.account.pub !== undefined) wire.stepAside();
		const session = new Session(hall, wire, member, hello.caps ?? [], isBeside);
		if (!isBeside) {
			member.session = session;
			hall.rooms.arrive(member.account.id);
		}
		this.session = session;
		hall.forgetRoutes();
		const {store, settings} = hall;
		session.say({
			type: 'welcome',
			'a-chat': 1,
			srv: store.srv,
			you: member.account.login,
			caps,
			n: store.newest,
			ts: Date.now(),
			stored: store.kind,
			text: extendedLimits.textBytes,
			line: extendedLimits.lineBytes,
			dests: extendedLimits.destinations,
			rate: Number.isFinite(settings.rate) ? Math.floor(settings.rate) : 0,
			ping: Math.round(settings.pingMs / 1000),
			keys: Math.floor(store.keysMs / 1000),
		});
		await replay(hall, session, hello, wire);
	}

	/** Nobody sits there under this name: what waits for it is kept for a while. */
	#forgetGuest(member: MemberOf): void {
		const {accounts, store} = this.#hall;
		if (member.account.pub === undefined && member.session === undefined)
			accounts.leave(member, store.commits);
	}

	#refuse(code: string, why: string, retry?: number): void {
		if (this.#isOver) return;
		this.stop();
		refuseHello(this.#wire, code, why, retry);
	}
}
