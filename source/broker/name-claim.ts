import type {LineReader} from '../protocol/line-reader.ts';
import {parseLogin} from '../protocol/login.ts';
import {nameTaken} from '../protocol/refusals.ts';
import type {Connection} from './connection.ts';
import type {Context} from './context.ts';
import type {Intake} from './intake.ts';

/** Why a name is not granted: a code for programs, a sentence for people. */
type Refusal = {readonly code: 'BAD_NAME' | 'NAME_TAKEN'; readonly why: string};

/**
 * - `none`: the login has not come
 * - `waiting`: somebody has the name, which may change any moment
 * - `bound`: the name is bound to a key, so only a hello can get it
 * - `refused`: the peer will be told so, after its next line
 * - `granted`: it has the name
 * - `over`: it has given it back, or does not want it any more
 */
type State = 'none' | 'waiting' | 'bound' | 'refused' | 'granted' | 'over';

/** What some programs write in front of all that they pipe. */
const byteOrderMark = /^\uFEFF/;

/** How one connection gets its name: at once, when whoever has it is gone, by the key that it is bound to, or not at all. */
export class NameClaim {
	/** What was asked for, and the same folded; empty before. */
	login = '';
	key = '';
	state: State = 'none';
	/** What to say if the name is not granted. */
	refusal: Refusal | undefined;
	readonly #context: Context;
	readonly #connection: Connection;
	readonly #intake: Intake;
	#timer: NodeJS.Timeout | undefined;

	/** @param intake the lines of the connection, held back while it waits */
	constructor(context: Context, connection: Connection, intake: Intake) {
		this.#intake = intake;
		this.#context = context;
		this.#connection = connection;
	}

	/** Takes the line with the login. */
	take({bytes, start, end}: LineReader): void {
		const parsed = parseLogin(bytes.toString('utf8', start, end).replace(byteOrderMark, ''));
		if (!parsed.ok) {
			this.#refuse({code: 'BAD_NAME', why: parsed.problem});
			return;
		}
		this.login = parsed.login;
		this.key = parsed.key;
		const {roster, settings} = this.#context;
		if (this.#isBound) this.#awaitHello();
		else if (roster.claim(this.key, this.#connection)) this.#grant();
		else {
			// A quick reconnect is often here before the end of the old connection is.
			this.state = 'waiting';
			roster.wait(this.key, this.#connection, () => setImmediate(this.#onFree));
			void roster.get(this.key)?.cutIfSilent();
			this.#intake.hold(settings.nameRetryMs, this.#onTaken);
		}
	}

	/** Takes a name that the peer has shown to be its own; false if somebody else has it. */
	takeBound(): boolean {
		if (this.state === 'granted') return true;
		if (this.state !== 'bound' || !this.#context.roster.claim(this.key, this.#connection)) return false;
		this.#grant();
		return true;
	}

	/** The peer has said something: what was only waited for does not come any more. */
	stopTimer(): void {
		clearTimeout(this.#timer);
	}

	/** Gives back what it has: the name, or its place in line for it. */
	giveBack(): void {
		clearTimeout(this.#timer);
		const wasGranted = this.state === 'granted';
		this.state = 'over';
		const {roster, onLeave} = this.#context;
		roster.stopWaiting(this.key, this.#connection);
		if (!roster.release(this.key, this.#connection)) return;
		if (wasGranted) onLeave(this.login, this.#connection);
		roster.pass(this.key);
	}

	get #isBound(): boolean {
		return this.#context.hall.accounts.isBound(this.key);
	}

	#grant(): void {
		this.state = 'granted';
		this.#connection.onName();
		this.#context.onJoin(this.login, this.#connection);
	}

	#awaitHello(): void {
		this.state = 'bound';
		this.refusal = {code: 'NAME_TAKEN', why: nameTaken(this.login)};
		this.#timer = setTimeout(this.#tell, this.#context.settings.helloWaitMs);
	}

	readonly #onFree = (): void => {
		if (this.state !== 'waiting') return;
		if (this.#isBound) {
			// Whoever has just left has bound it.
			this.giveBack();
			this.#awaitHello();
		} else this.#grant();
		this.#intake.goOn();
	};

	readonly #onTaken = (): void => {
		const {roster} = this.#context;
		// It became free, and #onFree is about to come.
		if (roster.get(this.key) === this.#connection) return;
		roster.stopWaiting(this.key, this.#connection);
		this.#refuse({code: 'NAME_TAKEN', why: nameTaken(this.login)});
		this.#intake.goOn();
	};

	/** Says no after the next line: it may ask for an answer of another form than a plain line. */
	#refuse(refusal: Refusal): void {
		const {log, settings} = this.#context;
		log('info', refusal.code, `A connection was refused: ${refusal.why}`, this.#connection);
		this.state = 'refused';
		this.refusal = refusal;
		this.#timer = setTimeout(this.#tell, settings.refusalWaitMs);
	}

	readonly #tell = (): void => this.#connection.leaveRefused();
}
