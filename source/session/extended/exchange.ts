import type {ClientLine} from '../../protocol/extended/client-lines.ts';
import type {Post} from '../outbox.ts';
import {SessionError} from '../session-error.ts';
import {heldOf} from '../store/held.ts';
import {allCaps, Dialogue, olderAreMissing} from './dialogue.ts';
import type {DialogueEvent, LineOf} from './dialogue-types.ts';
import type {ExchangeOptions, Refusal, Welcome} from './exchange-types.ts';
import {Inbox} from './inbox.ts';
import {isTooOld, OwnPosts} from './own-posts.ts';
import type {Answer, Request} from './requests.ts';

/**
 * What is said with one host in a-chat/1, over however many connections: own messages are sent until they are
 * acknowledged, what comes is stored before it is confirmed, and what is there already is dropped.
 */
export class Exchange {
	readonly #options: ExchangeOptions;
	readonly #posts: OwnPosts;
	readonly #inbox: Inbox;
	#dialogue: Dialogue | undefined;
	/** The host that what is kept here belongs to. */
	#srv: string | undefined;
	/** Another host than before, of which we do not know whether it may have what waits. */
	#stranger: string | undefined;
	/** How far back the host knows keys, in seconds, and where it keeps messages. */
	#host: Pick<Welcome, 'keys' | 'stored'> = {keys: 0, stored: 'memory'};

	constructor(options: ExchangeOptions) {
		this.#options = options;
		this.#posts = new OwnPosts(options.login, options.identity?.pub);
		const {store, gatherMs, onMessages, onNotice, onCrowded} = options;
		const onStored = (n: number) => this.#dialogue?.confirm(n);
		this.#inbox = new Inbox({store, gatherMs, onMessages, onNotice, onCrowded, onStored});
		this.#srv = store.held.cursor?.srv;
		if (this.#srv !== undefined && !options.knownHost.isKnown)
			options.knownHost.remember(this.#srv, onNotice);
	}

	/** Whether a host at this address has ever welcomed us: then it is never spoken to in the plain dialect. */
	get isKnown(): boolean {
		return this.#srv !== undefined || this.#options.knownHost.isKnown;
	}

	/** Begins anew over another connection. */
	begin(write: (line: string) => void): Dialogue {
		this.end();
		this.#inbox.begin();
		const {login, agent, identity} = this.#options;
		const srv = this.#srv;
		const dialogue = new Dialogue({
			...{login, agent, identity, caps: allCaps},
			trusts: srv => this.#options.knownHost.trusts(srv),
			cursor: srv === undefined ? undefined : {srv, seen: this.#inbox.seen},
			write,
			onEvent: event => {
				if (this.#dialogue === dialogue) this.#onEvent(event);
			},
		});
		this.#dialogue = dialogue;
		return dialogue;
	}

	/** Settles when what came is kept here, or cannot be. */
	stored(): Promise<void> {
		return this.#inbox.stored();
	}

	/** The connection is gone. */
	end(): void {
		this.#stranger = undefined;
		this.#inbox.srv = this.#srv;
		this.#dialogue?.stop();
		this.#dialogue = undefined;
	}

	/**
	 * Sends a message, and again with each connection, until it is acknowledged or refused.
	 *
	 * @param isLeft whether an earlier session has left it behind: it may have been sent at any time since it was written
	 */
	post(post: Post, isLeft = false): void {
		this.#posts.add(post);
		if (this.#stranger !== undefined) return;
		if (isLeft && isTooOld(post, this.#host.keys * 1000, Date.now())) this.#posts.putAside(post);
		else this.#dialogue?.post(post);
	}

	/** Sends what is not sent again by itself, or never will. */
	settleStale(isWanted: boolean): void {
		const stale = this.#posts.takeStale();
		if (!isWanted) this.#drop(stale, {code: 'TOO_OLD', text: 'it may have been sent long ago'});
		// Whoever has it knows it by its id, which its key makes.
		else for (const post of stale) this.post({...post, at: Date.now()});
	}

	/**
	 * Asks the host.
	 *
	 * @throws {SessionError} `LOST` if there is none now, or it goes before it has answered; `REFUSED_REQUEST`
	 */
	async ask(request: Request): Promise<Answer> {
		if (!this.#dialogue?.isWelcome)
			throw new SessionError('LOST', 'There is no connection: ask again once there is one.');
		return this.#dialogue.ask(request);
	}

	/** Tells the host something that is not kept; nothing without a connection. */
	say(line: ClientLine): void {
		if (this.#dialogue?.isWelcome) this.#dialogue.say(line);
	}

	/** The other host is as good as the one before: it gets what waits. */
	trust(srv: string): void {
		this.#options.knownHost.remember(srv, this.#options.onNotice);
		// It may be gone meanwhile, and another one be there.
		if (this.#stranger !== srv) return;
		this.#stranger = undefined;
		this.#settleOn(srv);
		this.#postAll();
	}

	/** It is not: what waited for the one before is not sent. */
	distrust(): void {
		if (this.#stranger === undefined) return;
		this.#drop(this.#posts.pending, {code: 'STRANGER', text: 'it waited for another host'});
		this.#settleOn(this.#stranger);
		this.#stranger = undefined;
	}

	#onEvent(event: DialogueEvent): void {
		const {onWelcome, onLive, onNotice, onGiveUp, onTold, onStranger, onStale, onHeard} = this.#options;
		switch (event.type) {
			case 'welcomed':
				this.#host = event.welcome;
				this.#meet(event.welcome.srv);
				onWelcome(event.welcome);
				break;
			case 'live':
				void this.#inbox.stored().then(() => {
					onLive(this.#inbox.count);
					// Those that the host has kept are among what was missed.
					if (this.#posts.stale.length > 0) onStale(this.#posts.stale);
				});
				break;
			case 'stranger':
				onStranger({srv: event.srv, wants: 'signature', waiting: this.#waiting});
				break;
			case 'message':
				this.#receive(event.message);
				break;
			case 'accepted':
				this.#accept(event);
				break;
			case 'status':
				this.#inbox.tell(event.status);
				onTold(event.status, this.#posts.accepted(event.status.id));
				break;
			case 'refused':
				this.#refuse(event);
				break;
			case 'gap':
				if (event.gap.code === 'RETENTION') onNotice(olderAreMissing);
				break;
			case 'hole':
			case 'dead':
				onGiveUp('again');
				break;
			case 'bye':
				if (event.bye.code === 'TAKEN_OVER') onGiveUp('taken-over');
				if (event.bye.code === 'SHUTDOWN') this.#options.onShutdown(event.bye.in ?? 0);
				break;
			default:
				onHeard(event.line);
		}
	}

	get #waiting(): number {
		return this.#posts.count + this.#options.unposted();
	}

	#meet(srv: string): void {
		const {knownHost, onNotice, onStranger} = this.#options;
		const standing = knownHost.standingOf(srv, this.#srv);
		// What the person said, or did not say, of an earlier connection counts no more.
		this.#posts.bringBack();
		if (standing === 'other' && this.#waiting > 0) {
			this.#stranger = srv;
			// What waits for the host before must not become this one's by the way.
			this.#inbox.srv = undefined;
			onStranger({srv, wants: 'lines', waiting: this.#waiting});
			return;
		}
		if (standing === 'other') onNotice('another host answers here now');
		this.#stranger = undefined;
		if (!knownHost.isKnown) knownHost.remember(srv, onNotice);
		this.#settleOn(srv);
		this.#posts.putOldAside(this.#host.keys * 1000, Date.now());
		this.#postAll();
	}

	#postAll(): void {
		for (const post of this.#posts.pending) this.#dialogue?.post(post);
	}

	/** These are sent no more. */
	#drop(posts: readonly Post[], why: Refusal): void {
		const {store, onRefused} = this.#options;
		for (const post of posts) this.#posts.forget(post);
		void store.remove(posts.map(({key}) => key)).catch(() => {});
		for (const post of posts) onRefused(post, why);
	}

	/** From now on what is kept here belongs to this host. */
	#settleOn(srv: string): void {
		if (this.#srv !== srv) this.#inbox.seen = 0;
		this.#srv = srv;
		this.#inbox.srv = srv;
		void this.#options.store.keep([], {srv, seen: this.#inbox.seen}, []).catch(() => {});
	}

	#receive(message: LineOf<'msg'>): void {
		const {id, n, ts, to} = message;
		const stale = this.#posts.takeStaleBy(id);
		this.#inbox.add(heldOf(message, stale !== undefined || this.#posts.hasId(id)), stale?.key);
		if (stale === undefined) return;
		this.#posts.accept(stale, id);
		const {key} = stale;
		this.#options.onAccepted(stale, {type: 'ack', key, id, n, ts, to, stored: this.#host.stored, dup: true});
	}

	#accept({key, ack}: DialogueEvent & {type: 'accepted'}): void {
		const post = this.#posts.get(key);
		if (post === undefined) return;
		const {id, n, ts, to} = ack;
		this.#posts.accept(post, id);
		const {login} = this.#options;
		const {text, isLong = false, isAction = false} = post;
		this.#inbox.add({id, n, ts, from: login, to, text, isLong, isAction, isOwn: true}, key);
		this.#options.onAccepted(post, ack);
	}

	/** What is refused for now stays, and is sent again by the dialogue. */
	#refuse({key, fail, isFinal}: DialogueEvent & {type: 'refused'}): void {
		const post = this.#posts.get(key);
		if (post !== undefined && isFinal) this.#drop([post], fail);
	}
}
