import {setTimeout as sleep} from 'node:timers/promises';
import {keyOf} from '../chat/names.ts';
import type {Address} from '../session/address.ts';
import type {Post} from '../session/outbox.ts';
import type {Session} from '../session/session.ts';
import {SessionError} from '../session/session-error.ts';
import type {ExtendedOptions} from '../session/session-types.ts';
import type {SessionStore} from '../session/store/session-store.ts';
import {takeOver} from '../session/take-over.ts';
import type {ScreenAction, ScreenState} from '../ui/screen/screen-state.ts';
import type {Store} from '../ui/screen/store.ts';
import {openExtended, openIdentity, passingOptions} from './extended-options.ts';
import {postedOf} from './held-lines.ts';
import {rememberLogin} from './login-name.ts';
import {nextLogin} from './next-login.ts';
import {notice, showStatus, startScreenSession} from './screen-session.ts';

export type ScreenLoginOptions = {
	readonly address: Address;
	/** See `SessionOptions`. */
	readonly rescue: (() => Promise<boolean>) | undefined;
	/** The `srv` of the host that this screen was started with. */
	readonly ownHost: string | undefined;
	/** Whether the address is found again at the next start, so that something can be kept for then. */
	readonly isLasting: boolean;
	/** There is something kept of what was said before; it is gone on when that is shown. */
	readonly onOpened: (kept: SessionStore, session: Session) => Promise<void>;
	/** What is kept is about to be free for others; it is when this settles. */
	readonly onReleased: () => Promise<void>;
	/** A session begins. */
	readonly onBegun: (session: Session, login: string) => void;
	/** There will be no session, and nothing can be done about it here. */
	readonly onFailed: (reason: SessionError) => void;
};

/** How long another terminal may take to let go of what is kept, in ms, and how often it is looked. */
const letGoMs = 10_000;
const lookMs = 100;

/** Which session a screen has, and under which name: another one if that is taken, or went on elsewhere. */
export class ScreenLogin {
	readonly #store: Store<ScreenState, ScreenAction>;
	readonly #options: ScreenLoginOptions;
	#session: Session | undefined;
	#kept: SessionStore | undefined;
	/** Lines that a session held when its login was refused: the next one sends them. */
	#held: readonly Post[] = [];

	constructor(store: Store<ScreenState, ScreenAction>, options: ScreenLoginOptions) {
		this.#store = store;
		this.#options = options;
	}

	get session(): Session | undefined {
		return this.#session;
	}

	/** @param isTakingOver whether another terminal of this person has to let go of the name */
	join(login: string, isTakingOver = false): void {
		const {address, rescue, onFailed} = this.#options;
		const store = this.#store;
		// They stand there anew, by the numbers that the next session gives them.
		for (const {id} of this.#held)
			store.dispatchSoon({type: 'chat', action: {type: 'post-taken-back', post: id}});
		store.dispatch({type: 'named', login});
		showStatus(store, {phase: 'connecting'});
		const session = startScreenSession(store, {
			...{address, login, rescue},
			open: () => this.#open(login, isTakingOver),
			onIn: () => rememberLogin(login, process.env),
			onStopped: reason => {
				if (reason.code === 'NAME_TAKEN') void this.#turnedAway(login);
				else if (reason.code === 'TAKEN_OVER') void this.#takenOver(login);
				// Another host is asked about; else what waits stays where it is kept, for the next start.
				else if (reason.code !== 'STRANGER') onFailed(reason);
			},
		});
		this.#session = session;
		this.#options.onBegun(session, login);
		for (const {to, text, isLong, isAction} of this.#held) {
			const post = session.send(to, text, {isLong, isAction})?.id;
			if (post === undefined) continue;
			store.dispatchSoon({type: 'chat', action: postedOf({id: post, to, text, isAction})});
		}
		this.#held = [];
	}

	/** The same name again, which went on elsewhere: all that is kept of it is shown anew. */
	takeBack(login: string): void {
		this.#store.dispatch({type: 'chat', action: {type: 'cleared'}});
		this.#store.dispatch({type: 'scrolled-to-end'});
		this.join(login, true);
	}

	askName(reason: string, login: string): void {
		const suggestion = login === '' ? '' : nextLogin(login);
		this.#store.dispatch({type: 'asked', question: {kind: 'name', reason, suggestion}});
	}

	/** Settles when what is kept is free for others. */
	async stop(): Promise<void> {
		const [session, kept] = [this.#session, this.#kept];
		this.#session = undefined;
		this.#kept = undefined;
		await session?.stop();
		if (kept !== undefined) await this.#options.onReleased();
		await kept?.close();
	}

	/** What is needed for a-chat/1; undefined if there is something to ask first. */
	async #open(login: string, isTakingOver: boolean): Promise<ExtendedOptions | undefined> {
		if (!this.#options.isLasting) return passingOptions();
		const store = this.#store;
		try {
			const extended = isTakingOver ? await this.#openAfterAnother(login) : await this.#openKept(login);
			const {ownHost} = this.#options;
			if (ownHost !== undefined) extended.knownHost?.remember(ownHost, text => notice(store, text));
			this.#kept = extended.store;
			if (this.#session !== undefined) await this.#options.onOpened(extended.store, this.#session);
			store.dispatchSoon({type: 'keeping', isKeeping: extended.identity !== undefined});
			return extended;
		} catch (error) {
			const {code, message} = error as Error & {code?: string};
			if (code === 'LOCKED' && !isTakingOver) {
				await this.#release();
				store.dispatch({type: 'asked', question: {kind: 'open-here', login}});
				return undefined;
			}
			if (code === 'LOCKED' || error instanceof SessionError) {
				const why = code === 'LOCKED' ? 'it does not let go: end it there' : message.replace(/\.$/, '');
				await this.#release();
				this.askName(`"${login}" is not taken over, ${why}, or choose another name`, login);
				return undefined;
			}
			notice(store, message, 'so what waits to be sent is lost when this screen ends');
			return passingOptions();
		}
	}

	#openKept(login: string): Promise<ExtendedOptions> {
		return openExtended(this.#options.address, login, process.env);
	}

	/** The host ends the other session, and then that lets go of what is kept here. */
	async #openAfterAnother(login: string): Promise<ExtendedOptions> {
		const {address} = this.#options;
		await takeOver({address, login, ...openIdentity(address, process.env)});
		const deadline = performance.now() + letGoMs;
		for (;;) {
			try {
				return await this.#openKept(login);
			} catch (error) {
				if ((error as {code?: string}).code !== 'LOCKED' || performance.now() > deadline) throw error;
			}
			await sleep(lookMs);
		}
	}

	async #turnedAway(login: string): Promise<void> {
		await this.#release();
		this.#dropOwn(login);
		const count = this.#held.length;
		const lines = count === 1 ? 'the line that waits goes' : `the ${count} lines that wait go`;
		this.askName(
			`"${login}" is taken: choose another name${count === 0 ? '' : `, under which ${lines} out`}`,
			login,
		);
	}

	/** What was said to ourselves would go to whoever has the name now. */
	#dropOwn(login: string): void {
		const isToUs = ({to}: Post) => to.some(name => keyOf(name) === keyOf(login));
		const dropped = this.#held.filter(isToUs);
		if (dropped.length === 0) return;
		this.#held = this.#held.filter(post => !isToUs(post));
		const posts = dropped.map(({id}) => id);
		this.#store.dispatchSoon({type: 'chat', action: {type: 'post-changed', posts, delivery: 'refused'}});
		notice(this.#store, `not sent: what was for "${login}", as somebody else has that name now`);
	}

	/** Nothing is fought about: the other one may have all that is kept, what waits among it, and this one asks. */
	async #takenOver(login: string): Promise<void> {
		await this.stop();
		this.#store.dispatch({type: 'asked', question: {kind: 'taken-over', login}});
	}

	/** Gives the session up; what it has not handed to anybody the next one sends, under whichever name. */
	async #release(): Promise<void> {
		const posts: Post[] = [];
		for (let post = this.#session?.takeBack(); post; post = this.#session?.takeBack()) posts.unshift(post);
		this.#held = posts;
		// Until there is another name they are nowhere but here.
		if (posts.length > 0) this.#store.dispatchSoon({type: 'keeping', isKeeping: false});
		await this.stop();
	}
}
