import {type ClientLine, formatClientLine} from '../../protocol/extended/client-lines.ts';
import {isFinal} from '../../protocol/extended/codes.ts';
import {joinLines} from '../../protocol/extended/lines-in-text.ts';
import {parseServerLine, type ServerLine} from '../../protocol/extended/server-lines.ts';
import type {Identity} from '../identity.ts';
import {Liveness} from './liveness.ts';
import {type Answer, type Request, Requests} from './requests.ts';

/** A message of one's own, with the key under which it is sent however often that takes. */
export type KeyedPost = {
	readonly key: string;
	readonly to: readonly string[];
	readonly text: string;
	readonly isLong?: boolean | undefined;
	readonly isAction?: boolean | undefined;
};

type LineOf<T extends ServerLine['type']> = ServerLine & {readonly type: T};

/** What a dialogue tells. */
export type DialogueEvent =
	/** The host knows a-chat/1, and let us in. */
	| {readonly type: 'welcomed'; readonly welcome: LineOf<'welcome'>}
	/** Another host than the one that was known at this address wants us to sign for it, which we did not. */
	| {readonly type: 'stranger'; readonly srv: string}
	/** Something for us; `n` is missing if the host cannot keep it. To be stored, then confirmed. */
	| {readonly type: 'message'; readonly message: LineOf<'msg'>}
	| {readonly type: 'gap'; readonly gap: LineOf<'gap'>}
	| {readonly type: 'live'}
	/** An own message is taken. */
	| {readonly type: 'accepted'; readonly key: string; readonly ack: LineOf<'ack'>}
	/** What became of an own message for one person; without `key` if it is one of an earlier time. */
	| {readonly type: 'status'; readonly key: string | undefined; readonly status: LineOf<'status'>}
	/** An own message is refused: for good, or until it is sent again, which happens by itself. */
	| {readonly type: 'refused'; readonly key: string; readonly fail: LineOf<'fail'>; readonly isFinal: boolean}
	/** Messages are missing: connect anew with what was stored last. */
	| {readonly type: 'hole'}
	/** The host does not answer any more. */
	| {readonly type: 'dead'}
	| {readonly type: 'bye'; readonly bye: LineOf<'bye'>}
	/** Anything else that the host said. */
	| {readonly type: 'told'; readonly line: ServerLine};

export type DialogueOptions = {
	readonly login: string;
	readonly agent: string;
	readonly caps: readonly string[];
	/** Without one we are a guest. */
	readonly identity: Identity | undefined;
	/** Whether something may be signed for a host. */
	readonly trusts: (srv: string) => boolean;
	/** The newest message that is stored here, from which host. */
	readonly cursor: {readonly srv: string; readonly seen: number} | undefined;
	/** Only to send, beside a session of the same person. */
	readonly isBeside?: boolean;
	/** How long until what was refused for now is sent again, in ms. Default 2,000. */
	readonly retryMs?: number;
	/** Writes a line, whose LF is put behind it. */
	readonly write: (line: string) => void;
	readonly onEvent: (event: DialogueEvent) => void;
};

/**
 * Messages that are on their way to a host at first, and at most. A connection that was cut may be cut again soon: one
 * more with each acknowledgement, so that even one that only ever takes a few gets everything there.
 */
const window = {least: 4, most: 256};

/** How long confirmations gather, in ms, and how many own messages are remembered by their ids. */
const gatherMs = 20;
const rememberedIds = 5000;

const defaultRetryMs = 2000;

/** What a client can be told. */
export const allCaps = ['ack', 'presence', 'rooms', 'history', 'typing', 'search'];

/** What a person is told of a `@gap` of messages that are too old. */
export const olderAreMissing = 'older messages are not kept any more, and are missing here';

/** After how much silence a host is asked whether it lives, if it does not say how often it asks itself. In ms. */
const defaultSilentMs = 30_000;

/** One connection's talk in a-chat/1 with a host, from the hello on (docs/protocol.md, "a-chat/1"). It neither connects nor stores. */
export class Dialogue {
	readonly #options: DialogueOptions;
	/** Own messages that are not acknowledged, in their order. */
	readonly #posts = new Map<string, KeyedPost>();
	/** Those of them that were not sent on this connection, and how many were. */
	#unsent: KeyedPost[] = [];
	#onTheirWay = 0;
	#window = window.least;
	readonly #keys = new Map<string, string>();
	/** The number that the next message has to follow. */
	#last: number;
	#isWelcome = false;
	#isBlocked = false;
	/** Nothing that comes counts any more. */
	#isOver = false;
	#confirmed = 0;
	#timer: NodeJS.Timeout | undefined;
	#retryTimer: NodeJS.Timeout | undefined;
	readonly #requests = new Requests(line => this.say(line));
	#liveness: Liveness | undefined;

	constructor(options: DialogueOptions) {
		this.#options = options;
		this.#last = options.cursor?.seen ?? 0;
	}

	/** What asks a host for this dialect; to be written right behind the login. */
	get hello(): string {
		const {agent, caps, identity, cursor, isBeside} = this.#options;
		const role = isBeside ? ('send' as const) : undefined;
		const {srv, seen} = cursor ?? {};
		return formatClientLine({
			type: 'hello',
			'a-chat': ['1'],
			caps,
			agent,
			pub: identity?.pub,
			srv,
			seen,
			role,
		});
	}

	/** Whether the host has said that it knows this dialect. */
	get isWelcome(): boolean {
		return this.#isWelcome;
	}

	/** Own messages that are not acknowledged. */
	get unacknowledged(): readonly KeyedPost[] {
		return [...this.#posts.values()];
	}

	/** Sends a message, now or once we are welcome. */
	post(post: KeyedPost): void {
		if (this.#posts.has(post.key)) return;
		this.#posts.set(post.key, post);
		this.#unsent.push(post);
		this.#sendMore();
	}

	/** Sends once more what was refused for now, and what had to wait behind it. */
	retry(): void {
		clearTimeout(this.#retryTimer);
		this.#retryTimer = undefined;
		this.#isBlocked = false;
		this.#onTheirWay = 0;
		this.#unsent = this.unacknowledged.slice();
		this.#sendMore();
	}

	/** Everything up to `n` is stored here. */
	confirm(n: number): void {
		if (n <= this.#confirmed || this.#options.isBeside) return;
		this.#confirmed = n;
		this.#timer ??= setTimeout(() => this.flush(), gatherMs);
	}

	/** Says now what was confirmed. */
	flush(): void {
		if (this.#timer === undefined) return;
		clearTimeout(this.#timer);
		this.#timer = undefined;
		this.say({type: 'got', n: this.#confirmed});
	}

	/** Writes any other line. */
	say(line: ClientLine): void {
		this.#options.write(formatClientLine(line));
	}

	/**
	 * Asks for what the host answers by several lines.
	 *
	 * @throws {SessionError} `REFUSED_REQUEST`, or `LOST` if the connection ends before
	 */
	ask(request: Request): Promise<Answer> {
		return this.#requests.ask(request);
	}

	/** Nothing is read for a while: what does not come meanwhile is not missed. */
	pause(): void {
		this.#liveness?.pause();
	}

	resume(): void {
		this.#liveness?.resume();
	}

	/** The connection is gone. */
	stop(): void {
		clearTimeout(this.#timer);
		clearTimeout(this.#retryTimer);
		this.#liveness?.stop();
		this.#requests.stop();
		this.#isWelcome = false;
		this.#isOver = true;
	}

	/** Takes a line of the host; what is none of this dialect, or of a later version, means nothing. */
	onLine(text: string): void {
		this.#liveness?.hear();
		const parsed = parseServerLine(text);
		if (parsed.ok && !this.#requests.take(parsed.line)) this.#act(parsed.line);
	}

	#act(line: ServerLine): void {
		if (this.#isOver) return;
		const {onEvent} = this.#options;
		switch (line.type) {
			case 'challenge':
				this.#answer(line);
				break;
			case 'welcome':
				this.#isWelcome = true;
				this.#watch(line.ping * 1000);
				onEvent({type: 'welcomed', welcome: line});
				this.#sendMore();
				break;
			case 'msg':
				this.#receive(line);
				break;
			case 'gap':
				this.#last = line.to;
				onEvent({type: 'gap', gap: line});
				break;
			case 'live':
				onEvent({type: 'live'});
				break;
			case 'ack':
				this.#accept(line);
				break;
			case 'status':
				onEvent({type: 'status', key: this.#keys.get(line.id), status: line});
				break;
			case 'fail':
				this.#refuse(line);
				break;
			case 'ping':
				this.say({type: 'pong', n: line.n});
				break;
			case 'bye':
				onEvent({type: 'bye', bye: line});
				break;
			default:
				onEvent({type: 'told', line});
		}
	}

	#watch(silentMs: number): void {
		// A host that speaks of none still has to be there.
		const options = {
			silentMs: silentMs > 0 ? silentMs : defaultSilentMs,
			ask: () => this.say({type: 'ping', n: 0}),
		};
		this.#liveness ??= new Liveness({...options, onDead: () => this.#options.onEvent({type: 'dead'})});
	}

	#answer({srv, nonce}: LineOf<'challenge'>): void {
		const {identity, trusts, login, onEvent} = this.#options;
		if (identity === undefined) return;
		if (!trusts(srv)) onEvent({type: 'stranger', srv});
		else this.say({type: 'auth', sig: identity.sign(srv, nonce, login)});
	}

	#receive(message: LineOf<'msg'>): void {
		const {onEvent} = this.#options;
		// An answer to a request is no part of the stream.
		if (message.req !== undefined) {
			onEvent({type: 'told', line: message});
			return;
		}
		if (message.n !== undefined) {
			if (message.prev !== this.#last) {
				this.#isOver = true;
				onEvent({type: 'hole'});
				return;
			}
			this.#last = message.n;
		}
		onEvent({type: 'message', message});
	}

	#accept(ack: LineOf<'ack'>): void {
		const {key, id, n} = ack;
		// Also one that is told again: a guest whose host has forgotten it is not brought what it sent.
		if (n !== undefined) this.#last = Math.max(this.#last, n);
		if (key === undefined) return;
		this.#finish(key);
		this.#keys.set(id, key);
		const [oldest] = this.#keys.keys();
		if (this.#keys.size > rememberedIds && oldest !== undefined) this.#keys.delete(oldest);
		this.#options.onEvent({type: 'accepted', key, ack});
	}

	#refuse(fail: LineOf<'fail'>): void {
		const {key, code} = fail;
		if (key === undefined || !this.#posts.has(key)) {
			this.#options.onEvent({type: 'told', line: fail});
			return;
		}
		const isForGood = isFinal(code);
		if (isForGood) this.#finish(key);
		else {
			this.#isBlocked = true;
			// All that is on its way is refused with it: one try for all.
			this.#retryTimer ??= setTimeout(() => this.retry(), this.#options.retryMs ?? defaultRetryMs);
		}
		this.#options.onEvent({type: 'refused', key, fail, isFinal: isForGood});
	}

	/** A message needs nothing more: others may follow. */
	#finish(key: string): void {
		if (!this.#posts.delete(key)) return;
		this.#onTheirWay--;
		this.#window = Math.min(this.#window + 1, window.most);
		this.#sendMore();
	}

	#sendMore(): void {
		if (!this.#isWelcome || this.#isBlocked) return;
		const count = Math.min(this.#window - this.#onTheirWay, this.#unsent.length);
		for (const {key, to, text, isLong, isAction} of this.#unsent.splice(0, Math.max(count, 0))) {
			this.#onTheirWay++;
			const said = isLong ? joinLines(text) : text;
			this.say({type: 'send', key, to, text: said, ml: isLong, act: isAction});
		}
	}
}
