import {randomUUID} from 'node:crypto';
import {EventEmitter} from 'node:events';
import {limits} from '../protocol/limits.ts';
import {parseLogin} from '../protocol/login.ts';
import {formatPost} from '../protocol/plain.ts';
import {trimWhiteSpace} from '../protocol/white-space.ts';
import {lost} from './client-errors.ts';
import {type ClientEvents, type ConnectOptions, openClient, type SendOptions} from './client-options.ts';
import {ClientTalk} from './client-talk.ts';
import {HostCommands, type PagePlace} from './extended/host-commands.ts';
import {partsOf} from './extended/parts.ts';
import type {Receipt} from './extended/receipts.ts';
import {checkDestinations, checkText} from './input-checks.ts';
import {SessionError} from './session-error.ts';
import type {ExtendedOptions} from './session-types.ts';
import {type Message, newsOf, type Page, type Room, type User} from './spoken.ts';

/**
 * Logs in and resolves to a client once the host has let it in (a-chat/1), or had its chance to refuse.
 *
 * @throws {RangeError} for a login that breaks the rules of `docs/protocol.md`, and for a port that is none
 * @throws {SessionError} if nobody is there, the host turns the login away, or another host than before answers
 * @throws {StoreError} if `data` is in use by another program, or cannot be used
 */
export async function connect(options: ConnectOptions): Promise<Client> {
	const parsed = parseLogin(options.login);
	if (!parsed.ok) throw new RangeError(`This login cannot be used: ${parsed.problem}.`);
	const extended = await openClient(options, parsed.login);
	return new Promise((resolve, reject) => {
		try {
			new Client({...options, login: parsed.login}, extended, resolve, reject);
		} catch (error) {
			void extended.store.close();
			reject(error);
		}
	});
}

/**
 * One login on one host: an async iterable of the messages that arrive. The iteration ends when the host closes, and
 * throws a `SessionError` if the connection broke. Several iterations at once share the messages among them. It does not
 * reconnect.
 */
export class Client extends EventEmitter<ClientEvents> implements AsyncIterable<Message> {
	readonly login: string;
	readonly #talk: ClientTalk;
	readonly #commands: HostCommands;
	readonly #closeTimeoutMs: number;

	/** @internal */
	constructor(
		options: ConnectOptions,
		extended: Required<ExtendedOptions>,
		onSettled: (client: Client) => void,
		onRefused: (error: SessionError) => void,
	) {
		super();
		this.login = options.login;
		this.#closeTimeoutMs = options.closeTimeoutMs ?? 10_000;
		this.#commands = new HostCommands({
			login: options.login,
			ask: async request => {
				this.#needHost();
				return this.#talk.ask(request);
			},
			say: line => {
				this.#needHost();
				this.#talk.say(line);
			},
		});
		this.#talk = new ClientTalk({
			...{...options, extended, onRefused},
			onSettled: () => onSettled(this),
			onHeard: line => {
				const news = newsOf(line);
				// Each event gets what its own line tells.
				if (!this.#commands.hear(line) && news) this.emit(news.type, news as never);
			},
			onNotice: text => this.emit('notice', {type: 'notice', text}),
			onDelivered: delivered => this.emit('delivery', delivered),
			onLive: missed => this.emit('live', missed),
			onStale: posts => this.emit('stale', posts),
			onEnd: () => this.#commands.stop(),
		});
	}

	/** Whether the host speaks a-chat/1; what only that knows throws `NOT_EXTENDED` on a plain one. */
	get isExtended(): boolean {
		return this.#talk.isExtended;
	}

	/**
	 * Sends a text. On a host of a-chat/1 it resolves once that has acknowledged it, to who has it; the text may have
	 * several lines. On a plain host it resolves once the operating system has taken it, which is all that is confirmed.
	 *
	 * @throws {RangeError} for a text of several lines on a plain host, a line of more than 64 KiB, nobody or more than 20 people to
	 * send it to, or somebody who cannot be named
	 * @throws {SessionError} `REFUSED_MESSAGE` with the host's code; `LOST` if the connection is or goes away before, also by
	 * `close`
	 */
	async send(to: string | readonly string[], text: string, options: SendOptions = {}): Promise<Receipt> {
		const names = typeof to === 'string' ? [to] : to;
		// A host would skip them without a word.
		if (names.length === 0 || names.some(name => trimWhiteSpace(name) === '')) {
			throw new RangeError('A message has to be for somebody.');
		}
		if (names.length > limits.destinations) {
			throw new RangeError(`A message can be for ${limits.destinations} people at most.`);
		}
		return this.isExtended ? this.#post(names, text, options) : this.#write(names, text, options);
	}

	/** Who is here, or in a room. Like all that follow, it throws what `HostCommands` says. */
	async who(room?: string): Promise<User[]> {
		return this.#commands.who(room);
	}

	/** Which rooms there are. */
	async rooms(): Promise<Room[]> {
		return this.#commands.rooms();
	}

	/** A page of the conversation of exactly these people and us, or of a room (`#dev`) that we are in; oldest first. */
	async history(place: string | readonly string[], page?: PagePlace): Promise<Page> {
		const isPerson = typeof place === 'string' && !place.startsWith('#');
		return this.#commands.history(isPerson ? [place] : place, page);
	}

	/** Messages with all of these words. */
	async search(words: string): Promise<Page> {
		return this.#commands.search(words);
	}

	/** Goes into a room, which is made if there is none. */
	join(room: string): Promise<void> {
		return this.#talk.reading(() => this.#commands.join(room));
	}

	leave(room: string): Promise<void> {
		return this.#talk.reading(() => this.#commands.leave(room));
	}

	/** Tells people that something for them is being written, or is not any more. */
	typing(to: string | readonly string[], state: 'active' | 'done' = 'active'): void {
		this.#commands.typing(typeof to === 'string' ? [to] : to, state);
	}

	/** Whether we are here, as long as this connection lasts. */
	setState(state: 'here' | 'away', note?: string): void {
		this.#commands.setState(state, note);
	}

	/**
	 * Says goodbye: everything sent is still delivered, and what still arrives is dropped. Resolves when the host has
	 * closed too; an iteration that is under way ends then.
	 *
	 * @throws {SessionError} if the connection breaks or broke before, or the host does not close its side in time, so that
	 * nobody knows what was delivered
	 */
	async close(): Promise<void> {
		await this.#talk.close(this.#closeTimeoutMs);
	}

	[Symbol.asyncIterator](): AsyncGenerator<Message, void, void> {
		return this.#talk.inbox[Symbol.asyncIterator]();
	}

	async #post(names: readonly string[], text: string, options: SendOptions): Promise<Receipt> {
		const {key = randomUUID(), action: isAction = false} = options;
		const to = checkDestinations(names);
		const isLong = text.includes('\n');
		const said = isLong ? checkText(text) : text;
		if (!/^[\w-]{1,60}$/.test(key))
			throw new RangeError('A key is 1 to 60 letters, digits, "_" or "-" of ASCII.');
		const parts = partsOf({id: 0, key, to, text: said, at: Date.now(), isLong, isAction});
		if (parts.some(part => this.#talk.receipts.has(part.key)))
			throw new RangeError('Another message with this key is on its way: use another key.');
		if (this.#talk.isOver) throw lost();
		return (await this.#talk.post(parts)) ?? {people: []};
	}

	async #write(names: readonly string[], text: string, {action}: SendOptions): Promise<Receipt> {
		const line = formatPost(names, action ? `* ${text}` : text);
		if (Buffer.byteLength(line) > limits.plainLineBytes)
			throw new RangeError('A line must not exceed 64 KiB.');
		if (this.#talk.isOver) throw lost();
		await this.#talk.write(line);
		return {people: []};
	}

	#needHost(): void {
		if (this.#talk.isOver) throw lost();
		if (!this.isExtended)
			throw new SessionError('NOT_EXTENDED', 'This host knows no more than names and texts.');
	}
}
