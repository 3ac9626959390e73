import {type ClientLine, formatClientLine} from '../../protocol/extended/client-lines.ts';
import {isFinal} from '../../protocol/extended/codes.ts';
import {parseServerLine, type ServerLine} from '../../protocol/extended/server-lines.ts';
import type {DialogueOptions, KeyedPost, LineOf} from './dialogue-types.ts';
import {Liveness} from './liveness.ts';
import {type Answer, type Request, Requests} from './requests.ts';
import {SendWindow} from './send-window.ts';

/** How long confirmations gather, in ms, and how many own messages are remembered by their ids. */
const gatherMs = 20;
const rememberedIds = 5000;

/** What a client can be told. */
export const allCaps = ['ack', 'presence', 'rooms', 'history', 'typing', 'search'];

/** What a person is told of a `@gap` of messages that are too old. */
export const olderAreMissing = 'older messages are not kept any more, and are missing here';

/** After how much silence a host is asked whether it lives, if it does not say how often it asks itself. In ms. */
const defaultSilentMs = 30_000;

/** One connection's talk in a-chat/1 with a host, from the hello on (docs/protocol.md, "a-chat/1"). It neither connects nor stores. */
export class Dialogue {
	readonly #options: DialogueOptions;
	readonly #window: SendWindow;
	readonly #keys = new Map<string, string>();
	/** The number that the next message has to follow. */
	#last: number;
	#isWelcome = false;
	/** Nothing that comes counts any more. */
	#isOver = false;
	#confirmed = 0;
	#timer: NodeJS.Timeout | undefined;
	readonly #requests = new Requests(line => this.say(line));
	#liveness: Liveness | undefined;

	constructor(options: DialogueOptions) {
		this.#options = options;
		this.#last = options.cursor?.seen ?? 0;
		this.#window = new SendWindow(line => this.say(line), options.retryMs);
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
		return this.#window.posts;
	}

	/** Sends a message, now or once we are welcome. */
	post(post: KeyedPost): void {
		this.#window.add(post);
	}

	/** Sends once more what was refused for now, and what had to wait behind it. */
	retry(): void {
		this.#window.retry();
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
		this.#window.stop();
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
				this.#window.open();
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
		this.#window.finish(key);
		this.#keys.set(id, key);
		const [oldest] = this.#keys.keys();
		if (this.#keys.size > rememberedIds && oldest !== undefined) this.#keys.delete(oldest);
		this.#options.onEvent({type: 'accepted', key, ack});
	}

	#refuse(fail: LineOf<'fail'>): void {
		const {key, code} = fail;
		if (key === undefined || !this.#window.has(key)) {
			this.#options.onEvent({type: 'told', line: fail});
			return;
		}
		const isForGood = isFinal(code);
		if (isForGood) this.#window.finish(key);
		else this.#window.block();
		this.#options.onEvent({type: 'refused', key, fail, isFinal: isForGood});
	}
}
