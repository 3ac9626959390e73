import {type Address, formatAddress} from '../session/address.ts';
import type {Stranger} from '../session/extended/exchange-types.ts';
import {HostCommands} from '../session/extended/host-commands.ts';
import {checkDestinations, checkText, InputError} from '../session/input-checks.ts';
import {strangerAt} from '../session/known-host.ts';
import {Session} from '../session/session.ts';
import {SessionError} from '../session/session-error.ts';
import type {ExtendedOptions} from '../session/session-types.ts';
import {dateOf, newsOf} from '../session/spoken.ts';
import {answer, CommandError} from './json-answers.ts';
import type {JsonCommand, ReadCommand} from './json-commands.ts';
import {capabilities, tellWhatComes} from './json-news.ts';
import {JsonPosts} from './json-posts.ts';

export type JsonTalkOptions = {
	readonly address: Address;
	readonly login: string;
	/** Takes an object that becomes a line of standard output. */
	readonly tell: (value: object) => void;
	/** Something went on: more may be taken now. */
	readonly onProgress: () => void;
	/** Commands may be taken: we are in, or ask about another host than before, or nobody is there so far. */
	readonly onOpen: () => void;
	/** There will be no connection, or no other one. */
	readonly onStopped: (reason: SessionError) => void;
};

/** Requests that are not answered, above which no more commands are read. */
const mostRequests = 32;

/** A session told in objects. */
export class JsonTalk {
	readonly #options: JsonTalkOptions;
	readonly #session: Session;
	readonly #commands: HostCommands;
	readonly #posts = new JsonPosts();
	/** What the present host speaks; undefined without a connection. */
	#dialect: 'a-chat/1' | 'plain' | undefined;
	#requests = 0;
	#wasIn = false;
	/** Why there is no connection. */
	#reason: SessionError | undefined;
	/** Another host than before, about which the reader has to say something. */
	#stranger: Stranger | undefined;

	constructor(options: JsonTalkOptions) {
		this.#options = options;
		const {address, login} = options;
		this.#session = new Session({address, login});
		this.#commands = new HostCommands({
			login,
			ask: request => this.#session.ask(request),
			say: line => {
				this.#needHost();
				this.#session.say(line);
			},
		});
		this.#listen();
	}

	start(extended: ExtendedOptions): void {
		for (const post of this.#session.start(extended)) this.#posts.add(post);
	}

	/** Whether what was taken should go on first. A question about another host is answered by a command. */
	get isBusy(): boolean {
		return this.#stranger === undefined && (this.#posts.isFull || this.#requests >= mostRequests);
	}

	/** Own messages that are on their way, and requests without an answer. */
	get open(): {readonly posts: number; readonly requests: number} {
		return {posts: this.#posts.count, requests: this.#requests};
	}

	/** Why we were never in; undefined if we were. */
	get hindrance(): SessionError | undefined {
		return this.#wasIn ? undefined : this.#reason;
	}

	/** Whether nothing goes on before the reader has said whether it trusts another host. */
	get isAsking(): boolean {
		return this.#stranger !== undefined;
	}

	/** Reads no more from the host, or goes on. */
	rest(isResting: boolean): void {
		if (isResting) this.#session.pause();
		else this.#session.resume();
	}

	stop(): Promise<void> {
		return this.#session.stop();
	}

	/** No command follows: a question that keeps us out will not be answered. */
	endInput(): void {
		if (this.#stranger?.wants === 'signature')
			this.#options.onStopped(strangerAt(formatAddress(this.#options.address)));
	}

	/** Tells what is wrong with a line that is no command. */
	refuse({problem, req, key}: ReadCommand & {readonly ok: false}): void {
		this.#tellError(new CommandError('BAD_INPUT', problem), {req, key});
	}

	/** Does what a command says; what comes of it is told. */
	take(command: JsonCommand): void {
		const {type, req} = command;
		const key = type === 'send' ? command.key : undefined;
		try {
			if (type === 'send') this.#send(command);
			else if (type === 'trust' || type === 'distrust') this.#judge(command);
			else if (type === 'typing') this.#commands.typing(command.to, command.state);
			else if (type === 'state') this.#commands.setState(command.state, command.note);
			else void this.#ask(command);
		} catch (error) {
			this.#tellError(error, {req, key});
		}
	}

	#send({to, text, key, action}: JsonCommand & {readonly type: 'send'}): void {
		const names = checkDestinations(to);
		const said = checkText(text);
		const waiting = key === undefined ? undefined : this.#posts.byKey(key);
		if (waiting !== undefined) {
			// It is the same message once more, and there will be one answer.
			if (waiting.text === said && waiting.to.join() === names.join()) return;
			throw new CommandError('KEY_REUSED', 'Another message with this key is on its way: use another key.');
		}
		const isLong = said.includes('\n') ? true : undefined;
		const isFull = this.#stranger !== undefined && this.#posts.isFull;
		const post = isFull
			? undefined
			: this.#session.send(names, said, {key, isLong, isAction: action === true ? true : undefined});
		if (post === undefined)
			throw new CommandError('OUTBOX_FULL', 'Too many messages wait to be sent: send it again later.');
		this.#posts.add(post);
	}

	async #ask(command: JsonCommand): Promise<void> {
		const {type, req} = command;
		this.#requests++;
		try {
			this.#needHost();
			this.#options.tell({type, req, ...(await answer(this.#commands, command))});
		} catch (error) {
			this.#tellError(error, {req});
		}
		this.#requests--;
		this.#options.onProgress();
	}

	#judge(command: JsonCommand & {readonly type: 'trust' | 'distrust'}): void {
		const stranger = this.#stranger;
		if (stranger === undefined || (command.type === 'trust' && command.srv !== stranger.srv))
			throw new CommandError(
				'NO_STRANGER',
				'There is no such host to trust: answer "stranger" with its "srv".',
			);
		this.#stranger = undefined;
		if (command.type === 'trust') this.#session.trust(stranger.srv);
		else if (stranger.wants === 'lines') this.#session.distrust();
		else this.#options.onStopped(strangerAt(formatAddress(this.#options.address)));
	}

	#needHost(): void {
		if (this.#dialect === undefined)
			throw new SessionError('LOST', 'There is no connection: ask again once there is one.');
		if (this.#dialect === 'plain')
			throw new SessionError('NOT_EXTENDED', 'This host knows no more than names and texts.');
	}

	#tellError(error: unknown, known: {readonly req?: unknown; readonly key?: unknown}): void {
		const {code, hostCode, message} = error as Partial<SessionError> & Error;
		const isKnown =
			error instanceof SessionError || error instanceof InputError || error instanceof CommandError;
		if (!isKnown) throw error;
		this.#options.tell({type: 'error', code: hostCode ?? code, text: message, ...known});
	}

	#listen(): void {
		const {tell, onProgress, address, onStopped, onOpen} = this.#options;
		const session = this.#session;
		tellWhatComes(session, tell);
		session.on('welcome', welcome => {
			this.#opened('a-chat/1', capabilities(welcome));
			tell({type: 'earlier'});
		});
		session.on('status', status => {
			if (status.phase === 'open' && this.#dialect === undefined) this.#opened('plain', {});
			if (status.phase !== 'stopped' || status.reason === undefined) return;
			this.#closed(status.reason);
			// It is asked about, and a command answers.
			if (status.reason.code !== 'STRANGER' || this.#stranger === undefined) onStopped(status.reason);
		});
		session.on('lost', (reason, retryMs) => {
			this.#closed(reason, new Date(Date.now() + retryMs));
			this.#reason = reason;
			// What is to be sent is taken and kept also before there is a host.
			onOpen();
		});
		session.on('heard', line => {
			if (this.#commands.hear(line)) return;
			// What ends a connection before we are in is told as its end.
			if (line.type === 'fail' && this.#dialect !== undefined)
				tell({type: 'error', code: line.code, text: line.text, command: line.verb});
			const news = newsOf(line);
			if (news) tell(news);
		});
		session.on('accepted', (post, {id, n, ts, to, stored, dup}) => {
			const duplicate = dup ? true : undefined;
			tell({type: 'accepted', key: post.key, id, n, at: dateOf(ts), to, stored, duplicate});
			this.#posts.finish(post.id);
			onProgress();
		});
		session.on('stale', () => session.settleStale(false));
		session.on('refused', ({id, key, to, text: said}, {code, text}) => {
			// What an earlier run was told to send is in no other place.
			tell({type: 'refused', key, to, code, text, said: code === 'TOO_OLD' ? said : undefined});
			this.#posts.finish(id);
			onProgress();
		});
		session.on('posts', (ids, state) => {
			if (state !== 'written' && state !== 'unsure') return;
			for (const id of ids) {
				const post = state === 'written' ? this.#posts.write(id) : this.#posts.written(id);
				if (post) tell({type: state, key: post.key, to: post.to});
			}
			onProgress();
		});
		session.on('stranger', stranger => {
			this.#stranger = stranger;
			tell({type: 'stranger', host: formatAddress(address), ...stranger});
			onOpen();
			onProgress();
		});
	}

	#opened(dialect: 'a-chat/1' | 'plain', can: object): void {
		const {tell, address, login, onOpen} = this.#options;
		this.#dialect = dialect;
		tell({type: 'connected', at: new Date(), host: formatAddress(address), login, dialect, ...can});
		onOpen();
		this.#wasIn = true;
	}

	#closed({code, message: text}: SessionError, retryAt?: Date): void {
		this.#dialect = undefined;
		this.#commands.stop();
		// What it would be asked about is asked again when it is back.
		if (this.#stranger?.wants === 'lines') this.#stranger = undefined;
		this.#options.tell({type: 'disconnected', at: new Date(), code, text, retryAt});
	}
}
