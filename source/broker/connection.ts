import type {Socket} from 'node:net';
import {limits} from '../protocol/limits.ts';
import {type LineFault, LineReader} from '../protocol/line-reader.ts';
import {parseLogin} from '../protocol/login.ts';
import {deliveryPrefix} from '../protocol/plain-bytes.ts';
import type {Context} from './context.ts';
import {Outbox} from './outbox.ts';
import {serverLine} from './server-line.ts';

const readerOptions = {maxBytes: limits.plainLineBytes, overflow: 'refuse', isStrict: true} as const;

const nothing = Buffer.alloc(0);

const faults: Readonly<Record<LineFault, string>> = {
	LINE_TOO_LONG: `a line may have at most ${limits.plainLineBytes} bytes`,
	BAD_UTF8: 'a line has to be UTF-8',
};

/**
 * - `login`: its first line has not come
 * - `waiting`: its login is taken, which may change any moment
 * - `refusing`: it will be told why it has to go, after its next line
 * - `here`: it has its login
 * - `closing`: what it sends does not count any more; what waits for it is written, then FIN
 * - `closed`: the socket is gone
 */
type Phase = 'login' | 'waiting' | 'refusing' | 'here' | 'closing' | 'closed';

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
	#prefix: Buffer = nothing;
	/** Why it is refused. */
	#farewell = '';
	#lingerMs: number;
	/** What it waits for; it never waits for two things. */
	#timer: NodeJS.Timeout | undefined;
	/** Whether lines are taken; otherwise they are held, and the socket is paused. */
	#isReading = true;
	#isHurried = false;
	#hasEnded = false;
	/** Bytes put in outboxes that fill up since the last rest; see `Router.deliver`. */
	#landedBytes = 0;
	#discardedBytes = 0;
	/** When it connected, or when its outbox was last seen making progress. */
	#since: number;
	#seenWrittenBytes = 0;

	constructor(socket: Socket, context: Context) {
		this.#socket = socket;
		this.#context = context;
		this.#since = context.clock.now;
		this.#lingerMs = context.settings.lingerMs;
		this.outbox = new Outbox(socket, context.tray, this.#onOverflow);
		socket.on('data', this.#onData);
		socket.on('end', this.#onEnd);
		socket.on('close', this.#onClose);
		// 'close' follows, and is all there is to know.
		socket.on('error', () => {});
	}

	/** Ends what took too long; called by the housekeeper. */
	checkDeadlines(): void {
		const {clock, settings} = this.#context;
		const {pendingBytes, writtenBytes} = this.outbox;
		if (this.#phase === 'login') {
			if (clock.now - this.#since <= settings.loginTimeoutMs) return;
			this.#context.log('info', 'LOGIN_TIMEOUT', 'A connection was closed because no login came');
			this.#leave(`no login came within ${settings.loginTimeoutMs / 1000} s`);
		} else if (pendingBytes === 0 || writtenBytes !== this.#seenWrittenBytes) {
			this.#seenWrittenBytes = writtenBytes;
			this.#since = clock.now;
		} else if (clock.now - this.#since > settings.writeStallMs) {
			this.#cut(`took nothing of what was sent to it for ${settings.writeStallMs / 1000} s`);
		}
	}

	/** Delivers what was read and is held back; all connections do so before one of them is told to go. */
	deliverHeld(): void {
		if (this.#phase !== 'here') return;
		this.#isHurried = true;
		this.#socket.pause();
		this.#goOn();
		// What the socket holds comes through 'data'.
		this.#socket.read();
	}

	/** Tells the peer that the broker stops, and ends with FIN. */
	shutDown(): void {
		this.#lingerMs = this.#context.settings.shutdownLingerMs;
		if (this.#phase !== 'closing') this.#leave('this server is shutting down');
		else if (this.#socket.writableFinished) this.#linger();
	}

	/** Ends at once. */
	destroy(): void {
		this.#socket.destroy();
	}

	readonly #onData = (chunk: Buffer): void => {
		if (this.#phase === 'closing') {
			// Unread input would turn our FIN into a RST, which may cost the peer the sentence in front of it.
			this.#discardedBytes += chunk.length;
			if (this.#discardedBytes > this.#context.settings.lingerBytes) this.#socket.pause();
			return;
		}
		this.#reader.push(chunk);
		this.#read();
	};

	/** A peer may end its side and still read: what it sent counts, and what waits for it is written. */
	readonly #onEnd = (): void => {
		this.#hasEnded = true;
		if (this.#isReading && this.#reader.finish()) this.#onLine();
		this.#read();
	};

	/** Takes lines until there are none left, or until they have to be held. */
	#read(): void {
		while (this.#isReading && this.#reader.next()) this.#onLine();
		if (!this.#isReading) return;
		const {fault} = this.#reader;
		if (fault !== undefined) {
			this.#context.log('info', fault, `${this.login || 'A connection'} was closed: ${faults[fault]}`);
			this.#leave(faults[fault]);
		} else if (this.#hasEnded) {
			this.#leave(this.#farewell);
		}
	}

	#onLine(): void {
		if (this.#phase === 'here') {
			const {settings, router} = this.#context;
			this.#landedBytes += router.deliver(this.#prefix, this.#reader);
			if (this.#landedBytes < settings.restBytes || this.#isHurried) return;
			const rests = Math.min(this.#landedBytes / settings.restBytes, settings.maxRests);
			this.#landedBytes = 0;
			this.#hold(rests * settings.restMs, this.#goOn);
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
		this.#refuse('NAME_TAKEN', `the name "${this.login}" is taken`);
		this.#goOn();
	};

	/** Says no after the next line: it may ask for an answer of another form than a plain line. */
	#refuse(code: 'BAD_NAME' | 'NAME_TAKEN', why: string): void {
		this.#context.log('info', code, `A connection was refused: ${why}`);
		this.#phase = 'refusing';
		this.#farewell = why;
		this.#timer = setTimeout(() => this.#leave(why), this.#context.settings.refusalWaitMs);
	}

	/** Takes no more lines until `then`, which comes after `ms` unless something else happens before. */
	#hold(ms: number, then: () => void): void {
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

	/** Ends in good order: says why, if there is a reason, writes what waits, then FIN. */
	#leave(why: string): void {
		if (this.#phase === 'closing' || this.#phase === 'closed') return;
		this.#stop('closing');
		if (why !== '') {
			const line = serverLine(why);
			this.outbox.append(line, line.length);
		}
		this.#socket.once('finish', this.#linger);
		this.outbox.finish();
		this.#socket.resume();
	}

	/** Gives the peer time to read what it was told last; closing before it has done so may cost it the sentence. */
	readonly #linger = (): void => {
		clearTimeout(this.#timer);
		if (this.#phase === 'closing') this.#timer = setTimeout(() => this.#socket.destroy(), this.#lingerMs);
	};

	readonly #onOverflow = (): void => {
		this.#cut(`was too slow: more than ${this.#context.settings.outboxCutBytes} bytes waited for it`);
	};

	/** Ends at once. A RST tells the peer that what it has last may be half a line; a FIN would make it a whole one. */
	#cut(why: string): void {
		if (this.#phase === 'closed') return;
		this.#context.log('warning', 'SLOW_READER', `${this.login || 'A connection'} ${why}`);
		this.#stop('closed');
		this.outbox.close();
		this.#socket.resetAndDestroy();
	}

	readonly #onClose = (): void => {
		this.#stop('closed');
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
