import type {Socket} from 'node:net';
import {limits} from '../protocol/limits.ts';
import {LineReader} from '../protocol/line-reader.ts';
import {parseLogin} from '../protocol/login.ts';
import {deliveryPrefix} from '../protocol/plain-bytes.ts';
import {nameTaken} from '../protocol/refusals.ts';
import type {Context} from './context.ts';
import {Ending} from './ending.ts';
import {longestMs} from './options.ts';
import {Outbox} from './outbox.ts';
import type {Phase} from './phase.ts';
import {faultSentences} from './server-line.ts';

const readerOptions = {maxBytes: limits.plainLineBytes, overflow: 'refuse', isStrict: true} as const;
const noPrefix = Buffer.alloc(0);

/** One peer: the one reader of its socket. Its end is handled once, whoever notices it first. */
export class Connection {
	readonly outbox: Outbox;
	/** The name it has, or had; empty before. */
	login = '';

	readonly #socket: Socket;
	readonly #context: Context;
	readonly #reader = new LineReader(readerOptions);
	#phase: Phase = 'login';
	#key = '';
	#prefix: Buffer = noPrefix;
	/** Why it is refused. */
	#farewell = '';
	#ending: Ending | undefined;
	/** What it waits for; it never waits for two things. */
	#timer: NodeJS.Timeout | undefined;
	/** Whether lines are taken; otherwise they are held, and the socket is paused. */
	#isReading = true;
	#isHurried = false;
	#hasEnded = false;
	/** Bytes put in outboxes that fill up since the last rest; see `Router.deliver`. */
	#landedBytes = 0;
	/** When it connected. */
	readonly #since: number;

	constructor(socket: Socket, context: Context) {
		this.#socket = socket;
		this.#context = context;
		this.#since = context.clock.now;
		this.outbox = new Outbox(socket, context.tray, this.#onOverflow);
		socket.on('data', this.#onData);
		socket.on('end', this.#onEnd);
		socket.on('close', this.#onClose);
		// 'close' follows, and is all there is to know.
		socket.on('error', () => {});
	}

	/** Ends what took too long. */
	checkDeadlines(): void {
		const {clock, settings} = this.#context;
		if (this.#phase === 'login' && clock.now - this.#since > settings.loginTimeoutMs) {
			this.#context.log('info', 'LOGIN_TIMEOUT', 'A connection was closed because no login came');
			this.#leave(`no login came within ${settings.loginTimeoutMs / 1000} s`);
		} else if (this.outbox.stalledMs(clock.now) > settings.writeStallMs) {
			this.#cut('SLOW_READER', `took nothing of what was sent to it for ${settings.writeStallMs / 1000} s`);
		}
	}

	/** Ends a peer that is gone without a word; called when somebody asks for its name. */
	async cutIfSilent(): Promise<void> {
		const {localPort = 0, remotePort = 0} = this.#socket;
		if (await this.#context.silentPeers.has(localPort, remotePort))
			this.#cut('SILENT_PEER', 'did not answer any more');
	}

	/** Reads nothing more, rests no more, and cuts nobody any more; all connections do so before one delivers the rest. */
	hurry(): void {
		this.#isHurried = true;
		if (this.#phase === 'here') this.#socket.pause();
	}

	/** Delivers what was read and is held back; all connections do so before one of them is told to go. */
	deliverHeld(): void {
		if (this.#phase !== 'here') return;
		this.#goOn();
		// What the socket holds comes through 'data'.
		this.#socket.read();
	}

	/** Tells the peer that the broker stops, and ends with FIN. */
	shutDown(): void {
		this.#leave('this server is shutting down');
		this.#ending?.hurry();
	}

	/** Ends at once. */
	destroy(): void {
		this.#socket.destroy();
	}

	readonly #onData = (chunk: Buffer): void => {
		if (this.#ending !== undefined) {
			this.#ending.discard(chunk);
			return;
		}
		this.#reader.push(chunk);
		this.#read();
	};

	/** A peer may end its side and still read: what it sent counts, and what waits for it is written. */
	readonly #onEnd = (): void => {
		this.#hasEnded = true;
		this.#read();
	};

	get #name(): string {
		return this.login || 'A connection';
	}

	/** Takes lines until there are none left, or until they have to be held. */
	#read(): void {
		while (this.#isReading && this.#reader.next()) this.#onLine();
		if (this.#isReading && this.#hasEnded && this.#reader.finish()) this.#onLine();
		if (!this.#isReading) return;
		const {fault} = this.#reader;
		if (fault !== undefined) {
			const why = faultSentences[fault];
			this.#context.log('info', fault, `${this.#name} was closed: ${why}`);
			this.#leave(this.#farewell || why);
		} else if (this.#hasEnded) {
			this.#leave(this.#farewell);
		}
	}

	#onLine(): void {
		if (this.#phase === 'here') {
			const {settings, router} = this.#context;
			this.#landedBytes += router.deliver(this.#prefix, this.#reader);
			if (this.#landedBytes <= settings.restBytes || this.#isHurried) return;
			const rests = Math.min(this.#landedBytes / settings.restBytes, settings.maxRests);
			this.#landedBytes = 0;
			this.#hold(Math.min(rests * settings.restMs, longestMs), this.#goOn);
		} else if (this.#phase === 'login') {
			this.#claim();
		} else {
			this.#leave(this.#farewell);
		}
	}

	#claim(): void {
		const {bytes, start, end} = this.#reader;
		const parsed = parseLogin(bytes.toString('utf8', start, end));
		if (!parsed.ok) {
			this.#refuse('BAD_NAME', parsed.problem);
			return;
		}
		this.login = parsed.login;
		this.#key = parsed.key;
		const {roster, settings} = this.#context;
		if (roster.claim(this.#key, this)) {
			this.#enter();
			return;
		}
		// A quick reconnect is often here before the end of the old connection is.
		this.#phase = 'waiting';
		roster.wait(this.#key, this, () => setImmediate(this.#onFree));
		void roster.get(this.#key)?.cutIfSilent();
		this.#hold(settings.nameRetryMs, this.#onTaken);
	}

	#enter(): void {
		this.#phase = 'here';
		this.#prefix = deliveryPrefix(this.login);
		this.#context.onJoin(this.login);
	}

	readonly #onFree = (): void => {
		if (this.#phase !== 'waiting') return;
		this.#enter();
		this.#goOn();
	};

	readonly #onTaken = (): void => {
		const {roster} = this.#context;
		// It became free, and #onFree is about to come.
		if (roster.get(this.#key) === this) return;
		roster.stopWaiting(this.#key, this);
		this.#refuse('NAME_TAKEN', nameTaken(this.login));
		this.#goOn();
	};

	/** Says no after the next line: it may ask for an answer of another form than a plain line. */
	#refuse(code: 'BAD_NAME' | 'NAME_TAKEN', why: string): void {
		const {log, settings} = this.#context;
		log('info', code, `A connection was refused: ${why}`);
		this.#phase = 'refusing';
		this.#farewell = why;
		this.#timer = setTimeout(() => this.#leave(why), settings.refusalWaitMs);
	}

	/** Takes no more lines until `then`, which comes after `ms` unless something else happens before. */
	#hold(ms: number, then: () => void): void {
		// A line to oneself may have been the one too many.
		if (!this.#isReading) return;
		this.#isReading = false;
		this.#socket.pause();
		this.#timer = setTimeout(then, ms);
	}

	readonly #goOn = (): void => {
		if (this.#phase !== 'refusing') clearTimeout(this.#timer);
		this.#isReading = true;
		this.#read();
		if (this.#isReading && !this.#isHurried) this.#socket.resume();
	};

	/** Ends in good order, with a sentence if there is a reason. */
	#leave(why: string): void {
		if (this.#phase === 'closing' || this.#phase === 'closed') return;
		this.#stop('closing');
		this.#ending = new Ending(this.#socket, this.outbox, why, this.#context.settings);
	}

	readonly #onOverflow = (): void => {
		// While the broker closes, all that was held back comes at once, for which no reader is quick enough.
		if (this.#isHurried) {
			this.outbox.stopTaking();
			return;
		}
		const {outboxCutBytes} = this.#context.settings;
		this.#cut('SLOW_READER', `was too slow: more than ${outboxCutBytes} bytes waited for it`);
	};

	/** Ends at once. A RST tells the peer that what it has last may be half a line; a FIN would make it a whole one. */
	#cut(code: 'SLOW_READER' | 'SILENT_PEER', why: string): void {
		if (this.#phase === 'closed') return;
		this.#context.log('warning', code, `${this.#name} ${why}`);
		this.#stop('closed');
		this.outbox.close();
		this.#socket.resetAndDestroy();
	}

	readonly #onClose = (): void => {
		this.#stop('closed');
		this.#ending?.stop();
		this.outbox.close();
		this.#context.onClose(this);
	};

	/** Gives back what it holds: its timer, its place in line, its name. */
	#stop(phase: 'closing' | 'closed'): void {
		const {roster, onLeave} = this.#context;
		const wasHere = this.#phase === 'here';
		clearTimeout(this.#timer);
		this.#phase = phase;
		this.#isReading = false;
		roster.stopWaiting(this.#key, this);
		if (!roster.release(this.#key, this)) return;
		if (wasHere) onLeave(this.login);
		roster.pass(this.#key);
	}
}
